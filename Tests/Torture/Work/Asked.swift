import Contracts
import Synchronization

/// What was asked of the bus, and so has to come of it: the approved entries with their amounts.
final class Asked: Sendable {
    struct Entry: Sendable {
        let id: GUID
        let contract: Int
        let transactionClass: TransactionClass
        let quantity: Int
        let price: Money
        let costPrice: Money

        /// What is billed for it.
        var amount: Money { Money(units: price.units * Int128(quantity)) }
        /// What it costs us; a fee costs nothing.
        var cost: Money { transactionClass == .fee ? Money.zero : Money(units: costPrice.units * Int128(quantity)) }
    }

    private let known = Mutex<[Entry]>([])

    var entries: [Entry] { known.withLock { $0 } }

    /// Numbers the next entries; nobody else gets these numbers.
    func add(_ count: Int, _ make: (Int) -> Entry) -> [Entry] {
        known.withLock { known in
            let new = (known.count..<known.count + count).map(make)
            known += new
            return new
        }
    }
}
