import Contracts

/// A transaction, as far as another that stands on it has to know it.
struct LinkedTransaction: Hashable, Sendable {
    var actualId: GUID
    var company: Company
    var transactionType: TransactionType
    var transactionClass: TransactionClass
    var currency: CurrencyCode
    var currencyPrecision: Int
    /// Nil when it does not say.
    var contractNumber: String?
    var amount: Money
    /// What it takes back itself.
    var reversedActualId: GUID?
}

extension LinkedTransaction {
    init(_ actual: ActualCreated) {
        self.init(
            actualId: actual.actualId, company: actual.company, transactionType: actual.transactionType,
            transactionClass: actual.transactionClass, currency: actual.currency,
            currencyPrecision: actual.currencyPrecision, contractNumber: actual.contractNumber, amount: actual.amount,
            reversedActualId: actual.reversedActualId)
    }

    /// The amount as it is booked (§9.28).
    private var booked: Money { (try? amount.rounded(to: currencyPrecision)) ?? amount }

    /// What is not the same of two transactions that belong together, in words; nil when nothing is.
    ///
    /// - parameter type: what the other has to be.
    /// - parameter isOpposite: whether the other's sign has to be the opposite one; nil when any will do.
    fileprivate func difference(from other: LinkedTransaction, of type: TransactionType, isOpposite: Bool?) -> String? {
        func differ(_ what: String, _ own: String, _ others: String) -> String {
            "its \(what) is \(own), and that of \(other.actualId) \(others)"
        }
        if other.transactionType != type {
            return "\(other.actualId) is of the type \(other.transactionType.rawValue), and has to be \(type.rawValue)"
        }
        if company != other.company { return differ("company", company.rawValue, other.company.rawValue) }
        if currency != other.currency { return differ("currency", currency.rawValue, other.currency.rawValue) }
        if let contractNumber, let others = other.contractNumber, contractNumber != others {
            return differ("contract", contractNumber, others)
        }
        let (own, others) = (booked, other.booked)
        let isOwnNegative = own < .zero
        if let isOpposite, own != .zero, others != .zero, (isOwnNegative != (others < .zero)) != isOpposite {
            return differ("amount", "\(own.description)", "\(others), which is of the wrong sign")
        }
        if own.units.magnitude > others.units.magnitude {
            return differ(
                "amount", "\(own)",
                "\(others): no more than that can be \(isOpposite == true ? "taken back" : "billed")")
        }
        return nil
    }
}

/// What a reversal or a credit may take back (`domain.md` §9.26): once, at most its amount, in the same currency, contract
/// and company, with the opposite sign.
enum ReversalRule {
    /// Another transaction that takes the same one back already, and where it is.
    struct Other: Hashable, Sendable {
        enum Place: Hashable, Sendable {
            case staged
            case journal(String)
            case proposal(String)
            case invoice(String, proposal: String)
        }

        var actualId: GUID
        var place: Place
    }

    /// Whether a transaction takes another back, and does not say which.
    static func isOrphan(_ actual: ActualCreated) -> Bool {
        actual.adjustmentStatus == .unadjustable && actual.reversedActualId == nil
    }

    /// Why an orphan is not booked yet.
    static let orphan = Blockage(
        .waitsForConnection,
        "it takes another actual back, and the connection that says which has not arrived; it goes on when that comes")

    /// Why a reversal is not booked yet whose original has not come.
    static func missing(_ original: GUID) -> Blockage {
        Blockage(
            .waitsForReversed,
            "the actual that it takes back, \(original), is not here; it goes on when that has its line")
    }

    /// Why a reversal cannot be booked; nil when it can.
    ///
    /// - parameter original: what it takes back.
    /// - parameter other: what takes that back already.
    static func blockage(
        of reversal: LinkedTransaction, original: LinkedTransaction, other: Other? = nil
    ) -> Blockage? {
        if reversal.actualId == original.actualId {
            return contradiction("it takes itself back", of: original)
        }
        if let others = original.reversedActualId {
            return contradiction(
                "\(original.actualId) takes \(others) back, and cannot be taken back itself", of: original)
        }
        if let difference = reversal.difference(
            from: original, of: reversal.transactionType, isOpposite: true)
        {
            return contradiction(difference, of: original)
        }
        return other.map { Blockage(.reversedTwice, "\(original.actualId) is taken back by \($0) already; \(cure)") }
    }

    private static func contradiction(_ difference: String, of original: LinkedTransaction) -> Blockage {
        Blockage(
            .contradictsOriginal, "it cannot take actual \(original.actualId) back: \(difference); \(cure)")
    }

    private static let cure = "correct the actuals or their connection in Dataverse"
}

extension ReversalRule.Other: CustomStringConvertible {
    var description: String {
        switch place {
        case .staged: "actual \(actualId)"
        case .journal(let number): "actual \(actualId) in journal \(number)"
        case .proposal(let number): "actual \(actualId) in proposal \(number)"
        case .invoice(let number, let proposal):
            "actual \(actualId) in customer invoice \(number) (proposal \(proposal))"
        }
    }
}

/// What a billed sale may bill: an unbilled sale of the same currency, contract, company and sign, and no more than that.
enum BillingRule {
    /// Why a billed sale cannot bill an unbilled sale; nil when it can.
    ///
    /// The unbilled sale of a retainer has the opposite sign, and one that is applied uses up what it needs (§6.3, §9.11).
    static func blockage(of billed: LinkedTransaction, unbilled: LinkedTransaction) -> Blockage? {
        let difference = billed.difference(
            from: unbilled, of: .unbilledSales,
            isOpposite: billed.transactionClass == .retainer ? nil : false)
        return difference.map {
            Blockage(
                .contradictsUnbilledSale,
                "it cannot bill unbilled sale \(unbilled.actualId): \($0); correct the actuals or their connection in "
                    + "Dataverse")
        }
    }
}
