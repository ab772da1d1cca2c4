import Processes
import Terminal

await DataverseConsumer.main()
