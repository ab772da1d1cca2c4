import Processes
import Terminal

await DataverseProducer.main()
