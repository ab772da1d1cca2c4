/// What a transaction is in a connection (`domain.md` §3).
public enum ConnectionRole: String, Sendable, CaseIterable {
    case cost = "Cost"
    case unbilledSales = "Unbilled Sales"
    case billedSales = "Billed Sales"
    case original = "Original"
    case reversing = "Reversing"
    case replacing = "Replacing"
}

/// The table that a transaction of a connection is in: the logical name.
public enum ConnectedTable: String, Sendable, CaseIterable {
    case actual = "msdyn_actual"
    case invoiceLineDetail = "msdyn_invoicelinetransaction"
}

extension TransactionConnected {
    /// Whether it says that the first actual takes the second one back.
    public var isReversal: Bool {
        transaction1Role == ConnectionRole.reversing.rawValue && transaction2Role == ConnectionRole.original.rawValue
            && transaction1Type == ConnectedTable.actual.rawValue
            && transaction2Type == ConnectedTable.actual.rawValue
    }
}
