public import Contracts
public import Database

/// How much of what is where in Dataverse, for an operator.
public struct DataverseCounts: Hashable, Sendable {
    /// Confirmed invoices that wait for actuals.
    public let waitingInvoices: Int
    /// Actuals and connections that wait for a row that they name.
    public let waitingRows: Int
    public let postedInvoices: Int

    /// - throws: `DatabaseError`.
    public static func load(_ connection: Connection) throws -> DataverseCounts {
        func waiting(_ list: WaitingRows.List) throws -> Int { try WaitingRows(list, connection: connection).count() }
        return DataverseCounts(
            waitingInvoices: try waiting(.invoices),
            waitingRows: try waiting(.actuals) + waiting(.connections),
            postedInvoices: try PostedInvoiceStore(connection: connection).count())
    }

    /// How many actuals have their accounting detail.
    ///
    /// - throws: `DatabaseError`.
    public static func accountingDetails(_ connection: Connection) throws -> Int {
        try AccountingDetailStore(connection: connection).count()
    }

    /// How many actuals of each invoice have their accounting detail.
    ///
    /// - throws: `DatabaseError`.
    public static func updatedActuals(_ connection: Connection) throws -> [GUID: Int] {
        try AccountingDetailStore(connection: connection).countsByInvoice()
    }
}
