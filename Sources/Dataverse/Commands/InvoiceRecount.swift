public import Contracts
public import Database

/// Counts anew what is kept of each invoice beside its rows: its line details and billed sales, and the accounting details
/// that came back.
public enum InvoiceRecount {
    /// What is kept.
    public enum Count: String, Hashable, Sendable, Encodable {
        case lineDetails = "line details"
        case billedSales = "billed sales"
        case chargeableAmount = "chargeable amount"
        case accountingDetails = "accounting details"
        case accountingAmount = "accounting amount"
    }

    /// What was kept of an invoice, and what its rows come to.
    public struct Difference: Hashable, Sendable, Encodable {
        public let invoiceId: GUID
        public let count: Count
        public let counted: String
        public let found: String
    }

    /// Corrects what differs. Consumers may run, and pages be loaded; they wait meanwhile.
    ///
    /// - parameter isDry: only says what differs.
    /// - throws: `DatabaseError`.
    public static func run(isDry: Bool, on connection: Connection) throws -> [Difference] {
        try connection.transaction {
            let details = AccountingDetailStore(connection: connection)
            let progress = InvoiceProgressStore(connection: connection)
            if !isDry {
                try progress.lock()
                try details.lockCounts()
            }
            let wrongProgress = try progress.miscounts()
            let wrongDetails = try details.miscounts()
            if !isDry {
                try progress.correct(wrongProgress)
                try details.correct(wrongDetails)
            }
            return wrongProgress.flatMap(differences) + wrongDetails.flatMap(differences)
        }
    }

    private static func differences(_ wrong: InvoiceProgressStore.Miscount) -> [Difference] {
        [
            (Count.lineDetails, "\(wrong.counted.lineDetails)", "\(wrong.found.lineDetails)"),
            (.billedSales, "\(wrong.counted.billedSales)", "\(wrong.found.billedSales)"),
            (.chargeableAmount, "\(wrong.counted.chargeableAmount)", "\(wrong.found.chargeableAmount)"),
        ].filter { $0.1 != $0.2 }.map {
            Difference(invoiceId: wrong.invoiceId, count: $0.0, counted: $0.1, found: $0.2)
        }
    }

    private static func differences(_ wrong: AccountingDetailStore.Miscount) -> [Difference] {
        [
            (Count.accountingDetails, "\(wrong.counted)", "\(wrong.came)"),
            (.accountingAmount, "\(wrong.countedAmount)", "\(wrong.amount)"),
        ].filter { $0.1 != $0.2 }.map {
            Difference(invoiceId: wrong.invoiceId, count: $0.0, counted: $0.1, found: $0.2)
        }
    }
}
