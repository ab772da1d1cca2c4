import Contracts

extension Approval {
    /// What one organizational unit that works for another has besides (`domain.md` §6.9): its cost, *Not Available*, and
    /// what it sells to the contracting unit, *Chargeable* (§9.14).
    ///
    /// They are made when the unit or the company differs; Finance gets them where the company does
    /// (``ActualCompany/isWithinOneCompany``).
    ///
    /// - throws: ``ApprovalRefusal``.
    static func betweenUnits(_ facts: EntryFacts, _ ids: ApprovalIds) throws(ApprovalRefusal) -> [Actual] {
        let entry = facts.entry
        guard let cost = entry.resourcingUnitCostPrice ?? entry.costPrice,
            let price = entry.interOrganizationalPrice ?? entry.costPrice
        else { throw ApprovalRefusal("costPrice is missing") }
        guard
            let currency = entry.resourcingUnitCurrencyId ?? entry.costCurrencyId ?? entry.salesCurrencyId
                ?? facts.contract?.currencyId
        else { throw ApprovalRefusal("resourcingUnitCurrency is missing") }
        return [
            try facts.actual(
                .resourcingUnitCost, id: ids.actual(.resourcingUnitCost), billing: .notAvailable,
                entry.quantitySubmitted, cost, currency),
            try facts.actual(
                .interOrganizationalSales, id: ids.actual(.interOrganizationalSale), billing: .chargeable,
                entry.quantitySubmitted, price, currency),
        ]
    }
}
