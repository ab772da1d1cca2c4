import Bus
import Contracts
import Database

/// A draft from which retainers can be deducted.
struct DeductibleDraft: Record, Hashable {
    var invoiceId: GUID
    var invoiceNumber: String
    var projectContractId: GUID
    var customerId: GUID
    var currencyId: GUID
    /// Decimal places of the currency.
    var currencyPrecision: Int
    var lineAmount: Money
    /// What the retainers that it bills come to, less those that it deducts or refunds.
    var retainers: Money

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DeductibleDraft(
            invoiceId: try column("invoice_id", row?.invoiceId),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber),
            projectContractId: try column("project_contract_id", row?.projectContractId),
            customerId: try column("customer_id", row?.customerId),
            currencyId: try column("currency_id", row?.currencyId),
            currencyPrecision: try column("currency_precision", row?.currencyPrecision),
            lineAmount: try column("line_amount", row?.lineAmount),
            retainers: try column("retainers", row?.retainers))
    }

    /// Whether a retainer is of its contract, customer and currency.
    func takes(_ retainer: Retainer) -> Bool {
        retainer.projectContractId == projectContractId && retainer.customerId == customerId
            && retainer.currencyId == currencyId
    }

    /// What there is to deduct retainers from, besides what some of them deduct: no fractions of its currency.
    func room(besides applications: [RetainerApplication]) -> Money {
        let deducted = applications.filter { $0.refundStatus == nil }.reduce(Money.zero) { $0 + $1.amount }
        let room = RetainerApplications.chargeableAmount(of: lineAmount, retainers: retainers) - deducted
        let unit = Money.smallestUnit(precision: currencyPrecision).units
        return Money(units: room.units / unit * unit)
    }
}

/// The drafts from which retainers can be deducted: in the tables `invoices`, `retainers` and `retainer_applications`.
struct DeductibleDraftStore {
    let connection: Connection

    /// The drafts among some invoices that this database confirms and whose contracts have retainers, in the order in which
    /// they were made.
    ///
    /// - parameter invoices: a query of their ids.
    /// - throws: `DatabaseError`.
    func drafts(among invoices: String) throws -> [DeductibleDraft] {
        try connection.records(DeductibleDraft.self, Self.query(invoices))
    }

    /// The same, among the invoices with some numbers or ids.
    ///
    /// - throws: `DatabaseError`.
    func drafts(named names: [String]) throws -> [DeductibleDraft] {
        try connection.records(
            DeductibleDraft.self,
            Self.query("SELECT invoice_id FROM invoices WHERE invoice_number = ANY ($1) OR invoice_id = ANY ($2)"),
            names, names.compactMap { GUID($0) })
    }

    private static func query(_ invoices: String) -> String {
        """
        SELECT i.invoice_id, i.invoice_number, i.project_contract_id,
            coalesce(i.customer_id, k.customer_id) AS customer_id, i.currency_id,
            coalesce(y.precision, \(Money.scale))::bigint AS currency_precision, i.line_amount, (
                SELECT coalesce(sum(d.amount), 0) FROM (
                    SELECT invoice_line_detail_id FROM retainer_applications WHERE invoice_id = i.invoice_id
                    UNION SELECT r.invoice_line_detail_id FROM retainers r
                    WHERE r.project_contract_id = i.project_contract_id AND r.invoice_line_detail_id IS NOT NULL
                ) a JOIN invoice_line_details d USING (invoice_line_detail_id)
                WHERE d.invoice_id = i.invoice_id
            ) AS retainers
        FROM (SELECT DISTINCT invoice_id FROM (\(invoices)) q (invoice_id)) q JOIN invoices i USING (invoice_id)
        JOIN project_contracts k ON k.project_contract_id = i.project_contract_id
        LEFT JOIN currencies y ON y.currency_id = i.currency_id
        WHERE i.is_ours AND i.status IN (\([ProjectInvoiceStatus.draft, .inReview].sql))
            AND coalesce(i.customer_id, k.customer_id) IS NOT NULL
            AND EXISTS (SELECT FROM retainers r WHERE r.project_contract_id = i.project_contract_id)
        ORDER BY i.draft_number, i.invoice_number, i.invoice_id
        """
    }
}
