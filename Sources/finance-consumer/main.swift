import Processes
import Terminal

await FinanceConsumer.main()
