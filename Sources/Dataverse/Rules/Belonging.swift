import Contracts

/// What rows that belong together have to agree in (design §4, `domain.md` §9.26).
///
/// What one of them does not say contradicts nothing.
struct Belonging: Hashable, Sendable {
    /// A row that is referred to, and what people call it.
    struct Reference: Hashable, Sendable, CustomStringConvertible {
        let id: GUID
        let name: String?

        init(_ id: GUID, _ name: String?) {
            self.id = id
            self.name = name
        }

        var description: String { name ?? id.description }
    }

    var currency: Reference
    var contract: Reference?
    var customer: Reference?
    var company: Company?

    /// The first thing in which it contradicts another row, with both values; nil when they agree.
    ///
    /// - parameter other: the other row, and what people call it.
    func contradiction(_ other: Belonging, of name: @autoclosure () -> String) -> String? {
        func says(_ what: String, _ own: some CustomStringConvertible, _ others: some CustomStringConvertible) -> String
        {
            "its \(what) is \(own), and that of \(name()) is \(others)"
        }
        func differs(_ own: Reference?, _ others: Reference?) -> (Reference, Reference)? {
            guard let own, let others, own.id != others.id else { return nil }
            return (own, others)
        }
        if let (own, others) = differs(currency, other.currency) { return says("currency", own, others) }
        if let (own, others) = differs(contract, other.contract) { return says("contract", own, others) }
        if let (own, others) = differs(customer, other.customer) { return says("customer", own, others) }
        if let own = company, let others = other.company, own != others { return says("company", own, others) }
        return nil
    }
}

/// What two amounts, or two quantities, that cancel or cover each other have to agree in.
enum Cover {
    /// Of the same sign: a billed sale and its unbilled sale.
    case sameSign
    /// Of opposite signs: a reversal and its original.
    case oppositeSign
    /// Of any sign: a retainer's billed sale and its unbilled sale (`domain.md` §6.3, §9.11).
    case anySign

    /// What is wrong with a value that must not be more than another's; nil when nothing is.
    ///
    /// - parameters:
    ///   - what: `amount` or `quantity`.
    ///   - name: what people call the other row.
    func problem<Value: ExactDecimal>(
        _ what: String, _ own: Value, of other: Value, _ name: @autoclosure () -> String
    ) -> String? {
        let signs = own.units.signum() * other.units.signum()
        let isWrongSign =
            switch self {
            case .sameSign: signs < 0
            case .oppositeSign: signs > 0
            case .anySign: false
            }
        if isWrongSign {
            let must = self == .sameSign ? "must have the same sign" : "must have opposite signs"
            return "its \(what) is \(own), and that of \(name()) is \(other): they \(must)"
        }
        guard own.units.magnitude > other.units.magnitude else { return nil }
        return "its \(what) is \(own), which is more than the \(other) of \(name())"
    }
}
