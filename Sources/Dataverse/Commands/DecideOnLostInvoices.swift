public import Bus
public import Database

/// A person's decisions on invoices that were confirmed before the database was restored from a backup.
public struct DecideOnLostInvoices {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// They are drafted again under their numbers, and confirmed as they were; what says otherwise is refused.
    ///
    /// - parameter numbers: nil for all that are lost, and were drafted here.
    /// - returns: the numbers of those that it concerned.
    /// - throws: ``LostInvoiceRefusal``; `DatabaseError`; `SHA256Unavailable`.
    public func `repeat`(_ numbers: [String]?) throws -> [String] {
        let ids = try DraftIds()
        let own =
            try numbers
            ?? LostConfirmationStore(connection).list().filter { $0.state == .lost && $0.canBeDrafted(ids) }
            .map(\.invoiceNumber)
        return try decide(own, .repeating) { lost in
            guard lost.canBeDrafted(ids) else {
                throw LostInvoiceRefusal(
                    "invoice \(lost.invoiceNumber) was not drafted here: load the export that has it")
            }
        }
    }

    /// They are not repeated: their numbers stay unused, and what is drafted of their contracts is billed whatever they billed.
    ///
    /// - returns: the numbers of those that it concerned.
    /// - throws: ``LostInvoiceRefusal``; `DatabaseError`.
    public func giveUp(_ numbers: [String]) throws -> [String] {
        try decide(numbers, .givenUp) { _ in }
    }

    private func decide(
        _ numbers: [String], _ state: LostConfirmationState,
        isAllowed: (LostConfirmation) throws -> Void
    ) throws -> [String] {
        let store = LostConfirmationStore(connection)
        let known = Set(try store.list().map(\.invoiceNumber))
        if let unknown = numbers.first(where: { !known.contains($0) }) {
            throw LostInvoiceRefusal("invoice \(unknown) is not lost; see ledgerbus dataverse lost-invoices list")
        }
        return try store.decide(numbers, state, isAllowed: isAllowed).map(\.invoiceNumber)
    }
}

extension AuditedRows {
    public static let lostConfirmations = AuditedRows("lost_confirmations", by: "invoice_number")
}

/// Why a decision on a lost invoice was not taken. Nothing was written.
public struct LostInvoiceRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
