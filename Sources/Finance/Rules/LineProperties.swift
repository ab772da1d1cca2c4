public import Contracts

/// How work is treated: ProjLineProperty (`domain.md` §4.8).
public struct LineProperty: Hashable, Sendable {
    public var id: String
    public var name: String
    /// *To be invoiced*.
    public var chargeable: Bool
    /// *To be accrued*: it stands in WIP until it is invoiced.
    public var accruesRevenue: Bool

    public init(id: String, name: String, chargeable: Bool, accruesRevenue: Bool) {
        self.id = id
        self.name = name
        self.chargeable = chargeable
        self.accruesRevenue = accruesRevenue
    }
}

extension FinanceSetup {
    /// The line property of a billing type; nil is *Not specified* (`domain.md` §6.10.7).
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noLineProperty``.
    public func lineProperty(for billingType: BillingType?) throws(SetupGap) -> LineProperty {
        guard let property = lineProperties[billingType] else {
            throw SetupGap(
                .noLineProperty,
                "no line property for the billing type \"\(billingType?.rawValue ?? Self.notSpecified)\"; "
                    + "add it to line-properties")
        }
        return property
    }

    /// A line property by its id, as journal lines carry it.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noLineProperty``.
    public func lineProperty(id: String) throws(SetupGap) -> LineProperty {
        guard let property = lineProperties.values.first(where: { $0.id == id }) else {
            throw SetupGap(.noLineProperty, "no line property \"\(id)\"; add it to line-properties")
        }
        return property
    }

    /// The label of the billing type that is none.
    static let notSpecified = "Not specified"
}
