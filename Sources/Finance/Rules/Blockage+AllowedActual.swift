import Contracts

extension Blockage {
    /// - parameter billingMethod: nil when it is not said.
    /// - returns: why Finance does not take an actual of this kind (`domain.md` §6.4); nil when it does.
    static func ofKind(
        _ type: TransactionType, _ transactionClass: TransactionClass, _ billingMethod: BillingMethod?
    ) -> Blockage? {
        guard type != .projectContract else {
            return Blockage(
                .noJournalLine,
                "an actual of the type \(type.rawValue) has no line in an integration journal; correct its transaction "
                    + "type in Dataverse")
        }
        return AllowedActual.problem(of: type, transactionClass, billingMethod).map { Blockage(.notAllowed, $0) }
    }
}
