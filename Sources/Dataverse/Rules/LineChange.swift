import Contracts

/// How a line detail differs from the unbilled sale that it bills, or from the billed sale that it corrects
/// (`domain.md` §6.1 T8–T11, §9.2).
struct LineChange: Hashable, Sendable {
    /// Of the actual that is billed or corrected.
    let old: TransactionFacts
    /// Of the line detail: what shall be billed, or remain billed.
    let new: TransactionFacts
    /// The decimal places of the currency.
    let precision: Int

    /// Whether it is billed as it is.
    var isUnchanged: Bool {
        new.quantity == old.quantity && new.price == old.price && new.amount == old.amount
            && new.billingType == old.billingType
    }

    /// Whether nothing shall be billed, or remain so.
    var isToNothing: Bool { newQuantity == .zero }

    /// What no line detail may change; nil when it did not.
    var problem: String? {
        if new.currencyId != old.currencyId { return differs("currency", old.currencyId, new.currencyId) }
        if new.transactionClass != old.transactionClass {
            // Blocked by Dataverse since UR 55 (§6.3).
            return differs("transaction class", old.transactionClass.rawValue, new.transactionClass.rawValue)
        }
        if let billed = old.projectContractId, let own = new.projectContractId, own != billed {
            return differs("project contract", billed, own)
        }
        guard oldQuantity.units.signum() * newQuantity.units.signum() >= 0,
            old.amount.units.signum() * new.amount.units.signum() >= 0
        else {
            return "its quantity or amount changed its sign (\(oldQuantity) for \(old.amount) → \(newQuantity) for "
                + "\(new.amount)); set it to 0, and type a line for what is to be billed instead"
        }
        return nil
    }

    /// What was taken off the quantity, at the old price (§9.2); nil when the quantity did not fall.
    ///
    /// - throws: ``ConfirmationRefusal`` when it is out of range.
    func rest() throws(ConfirmationRefusal) -> TransactionFacts? {
        if isToNothing { return old }
        guard newQuantity.units.magnitude < oldQuantity.units.magnitude else { return nil }
        var rest = old
        let quantity = oldQuantity - newQuantity
        rest.quantity = quantity
        do throws(DecimalProblem) {
            rest.amount =
                if let price = old.price {
                    try Money(quantity, at: price, precision: precision)
                } else {
                    try old.amount.share(
                        Money(units: quantity.units), of: Money(units: oldQuantity.units), precision: precision)
                }
        } catch {
            throw ConfirmationRefusal(problem: "what was taken off it comes to more than an amount can be")
        }
        return rest
    }

    /// Without a quantity, something is billed once, and nothing by no amount.
    private var newQuantity: Quantity { new.quantity ?? (new.amount == .zero ? .zero : Quantity(1)) }
    private var oldQuantity: Quantity { old.quantity ?? Quantity(1) }

    private func differs(_ what: String, _ old: some CustomStringConvertible, _ new: some CustomStringConvertible)
        -> String
    {
        "its \(what) was edited (\(old) → \(new)); delete the line, and type another one"
    }
}
