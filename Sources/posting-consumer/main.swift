import Processes
import Terminal

await PostingConsumer.main()
