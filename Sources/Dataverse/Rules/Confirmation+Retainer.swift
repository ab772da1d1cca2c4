import Contracts

extension Confirmation {
    /// A retainer (`domain.md` §6.3, §6.7).
    ///
    /// - throws: ``ConfirmationRefusal``.
    static func confirm(retainer line: DraftLine, _ confirmed: inout ConfirmedLine) throws(ConfirmationRefusal) {
        throw ConfirmationRefusal(
            problem: "not supported yet: the transaction class \(line.detail.transactionClass.rawValue)")
    }
}
