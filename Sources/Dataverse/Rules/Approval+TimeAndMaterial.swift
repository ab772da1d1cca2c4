import Contracts

extension Approval {
    /// The unbilled sales of a time-and-material entry, each connected to the cost (`domain.md` §3, §6.1).
    ///
    /// | # | approved | U |
    /// |---|---|---|
    /// | T2 | billable = submitted | U(q) |
    /// | T3 | billable < submitted | U(billable), and the rest non-chargeable |
    /// | T4 | billable > submitted | U(billable) |
    ///
    /// Where the contract line has several customers, each has its own by its percentage (§6.6).
    ///
    /// - throws: ``ApprovalRefusal``.
    static func timeAndMaterial(
        _ facts: EntryFacts, _ ids: ApprovalIds, _ rows: inout ApprovedRows
    ) throws(ApprovalRefusal) {
        let entry = facts.entry
        if entry.quantityBillable != .zero {
            rows.actuals += try unbilledSales(
                facts, ids, .unbilledSale, entry.billingType, quantity: entry.quantityBillable)
        }
        let rest = entry.quantitySubmitted - entry.quantityBillable
        // In the direction of what was submitted, which may be negative.
        if rest.units.signum() == entry.quantitySubmitted.units.signum(), rest != .zero {
            rows.actuals += try unbilledSales(facts, ids, .nonChargeableRest, .nonChargeable, quantity: rest)
        }
        guard let cost = rows.actuals.first(where: { $0.transactionType == .cost }) else { return }
        for unbilled in rows.actuals where unbilled.transactionType == .unbilledSales {
            rows.connections.append(TransactionConnection(unbilled, costs: cost, ids.hash))
        }
    }

    private static func unbilledSales(
        _ facts: EntryFacts, _ ids: ApprovalIds, _ part: ApprovalIds.Part, _ billing: BillingType, quantity: Quantity
    ) throws(ApprovalRefusal) -> [Actual] {
        let entry = facts.entry
        guard let price = entry.salesPrice else { throw ApprovalRefusal("salesPrice is missing") }
        guard let currency = entry.salesCurrencyId ?? facts.contract?.currencyId else {
            throw ApprovalRefusal("currency is missing, and its contract has none")
        }
        let amount = try facts.amount(quantity, price, currency)
        func unbilled(_ customer: GUID?, _ quantity: Quantity, _ amount: Money) throws(ApprovalRefusal) -> Actual {
            try facts.actual(
                .unbilledSales, id: ids.actual(part, customer: facts.customers.count > 1 ? customer : nil),
                billing: billing, quantity, price, currency, amount: amount, customer: customer)
        }
        if let customer = entry.customerId { return [try unbilled(customer, quantity, amount)] }
        guard !facts.customers.isEmpty else { return [try unbilled(nil, quantity, amount)] }
        let shares = facts.customers.map(\.percentage)
        let quantities = SplitBilling.parts(of: quantity, shares)
        let amounts = SplitBilling.parts(of: amount, shares, precision: facts.precisions[currency] ?? Money.scale)
        var unbilledSales: [Actual] = []
        for (index, customer) in facts.customers.enumerated() {
            unbilledSales.append(try unbilled(customer.customerId, quantities[index], amounts[index]))
        }
        return unbilledSales
    }
}

extension TransactionConnection {
    /// An approved unbilled sale and its cost (`domain.md` §3, *time approved*).
    fileprivate init(_ unbilled: Actual, costs cost: Actual, _ hash: SHA256) {
        self.init(
            connectionId: ApprovalIds.connection(from: unbilled.actualId, to: cost.actualId, hash),
            transaction1Id: unbilled.actualId, transaction1Role: ConnectionRole.unbilledSales.rawValue,
            transaction1Type: ConnectedTable.actual.rawValue, transaction2Id: cost.actualId,
            transaction2Role: ConnectionRole.cost.rawValue, transaction2Type: ConnectedTable.actual.rawValue)
    }
}
