import Bus
public import Contracts
public import Database

/// Counts anew how many billed sales of each invoice have arrived, by the rows that are staged.
public enum ArrivalRecount {
    /// An invoice of which another number was counted.
    public struct Difference: Hashable, Sendable, Encodable {
        public let company: Company
        public let invoiceId: GUID
        public let counted: Int
        public let arrived: Int
    }

    /// Corrects what differs, and has the next import look at those invoices. Consumers may run; they wait meanwhile.
    ///
    /// - parameter isDry: only says what differs.
    /// - throws: `DatabaseError`.
    public static func run(isDry: Bool, on connection: Connection) throws -> [Difference] {
        try connection.transaction {
            let arrivals = InvoiceArrivalStore(connection: connection)
            if !isDry { try arrivals.lock() }
            let miscounts = try arrivals.miscounts()
            if !isDry, !miscounts.isEmpty {
                try arrivals.correct(miscounts)
                let invoices = Set(miscounts.map(\.invoice))
                try ProposalStore.forgetAgreement(of: invoices, on: connection)
                try InvoiceCheckStore(connection: connection).mark(invoices)
            }
            return miscounts.map {
                Difference(
                    company: $0.invoice.company, invoiceId: $0.invoice.invoiceId, counted: $0.counted,
                    arrived: $0.arrived)
            }
        }
    }
}
