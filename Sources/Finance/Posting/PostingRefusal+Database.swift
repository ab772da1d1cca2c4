import Bus
import Contracts
import Database

extension PostingRefusal {
    /// A value of a posting that the database refused, as a person understands it.
    ///
    /// - parameter connection: on which the posting was rolled back, or another.
    /// - throws: `DatabaseError`.
    init(_ error: DatabaseError, of request: ClaimedRequest, on connection: Connection) throws {
        guard error.constraint == InvoiceStore.billedTwice else {
            self.init(.refusedByDatabase, "\(request.subject) was not posted: \(error)")
            return
        }
        let twice = try InvoiceStore(connection: connection).firstBilledTwice(
            company: request.company, proposal: request.number)
        guard let twice else {
            self.init(
                .alreadyInvoiced, "\(request.subject) was not posted: two of its lines bill the same unbilled sale")
            return
        }
        let invoice = twice.customerInvoiceNumber.map { " of customer invoice \($0)" } ?? ""
        let line = Reason(
            .alreadyInvoiced,
            "its unbilled sale \(twice.unbilledActualId) is already invoiced, by proposal "
                + "\(twice.proposalNumber)\(invoice)")
        self.init(
            line.code, "\(request.subject) was not posted: line \(twice.lineNumber): \(line)",
            lines: [twice.lineNumber: line])
    }
}
