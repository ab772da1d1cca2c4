/// Which actuals there are: the validation matrix (`domain.md` §6.4), as far as it is certain.
///
/// | billing method | Cost | Unbilled | Billed | resourcing unit cost, inter-organizational sales |
/// |---|---|---|---|---|
/// | Fixed price | Time, Expense, Material | Retainer | Retainer, Milestone, and what is typed on the line | Time, Expense |
/// | T&M | Time, Expense, Material | Time, Expense, Material, Fee, Retainer | the same, and Milestone | Time, Expense |
///
/// A billed line that is typed on a fixed-price contract line has the class that was typed (§6.3), and a milestone has
/// whatever method its line has: neither is refused.
public enum AllowedActual {
    /// Why there is no actual of a kind, in a sentence that says what to do; nil when there is.
    ///
    /// - parameter billingMethod: of its contract line; nil when it is not said.
    public static func problem(
        of type: TransactionType, _ transactionClass: TransactionClass, _ billingMethod: BillingMethod?
    ) -> String? {
        guard !isAllowed(type, transactionClass, billingMethod) else { return nil }
        let method = billingMethod.map { " on a \($0.rawValue) contract line" } ?? ""
        return "there is no actual of the type \(type.rawValue) and the class \(transactionClass.rawValue)\(method); "
            + "correct it in Dataverse"
    }

    private static func isAllowed(
        _ type: TransactionType, _ transactionClass: TransactionClass, _ billingMethod: BillingMethod?
    ) -> Bool {
        switch (type, transactionClass) {
        case (.cost, .time), (.cost, .expense), (.cost, .material): true
        case (.unbilledSales, .retainer): true
        case (.unbilledSales, .time), (.unbilledSales, .expense), (.unbilledSales, .material), (.unbilledSales, .fee):
            billingMethod != .fixedPrice
        case (.billedSales, .tax), (.billedSales, .commission), (.billedSales, .additional): false
        case (.billedSales, _): true
        case (.resourcingUnitCost, .time), (.resourcingUnitCost, .expense): true
        case (.interOrganizationalSales, .time), (.interOrganizationalSales, .expense): true
        default: false
        }
    }
}
