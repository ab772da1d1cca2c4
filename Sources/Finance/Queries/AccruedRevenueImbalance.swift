public import Contracts
import Database

/// WIP that an invoice did not take back just as it was accrued (`domain.md` §6.14).
///
/// Two views meet: what stands in the ledger of an invoice's unbilled sales and of the invoice, by project, and what the
/// subledger says of each sale. Where the first comes to nothing there is nothing to correct; else the second tells the
/// sales, and what they do not explain is the invoice's.
public struct AccruedRevenueImbalance: Hashable, Sendable, Encodable {
    public let company: Company
    public let projectNumber: String
    public let customerInvoiceNumber: String
    public let invoiceVoucher: String
    /// The day of the reversal.
    public let invoiceDate: CalendarDate
    /// The unbilled sale that accrued; nil for what of an invoice no sale explains.
    public let actualId: GUID?
    /// Where the reversal stands: of time and expenses the billed sale, of fees and material the unbilled sale itself.
    public let reversalId: GUID?
    public let transactionClass: TransactionClass?
    public let wipAccount: String
    public let accruedRevenueAccount: String
    public let balance: AccrualBalance
    /// In accounting currency.
    public let imbalance: AccrualSides
    public let correction: AccruedRevenueCorrection
    /// The journal in which its correction is proposed; nil when in none.
    public internal(set) var proposedIn: String?

    /// What tells it from others.
    struct Key: Hashable {
        var invoiceVoucher: String
        var projectNumber: String
        var actualId: GUID?
    }

    var key: Key { Key(invoiceVoucher: invoiceVoucher, projectNumber: projectNumber, actualId: actualId) }

    fileprivate init(_ row: ImbalancedAccrual, company: Company) {
        self.company = company
        projectNumber = row.projectNumber
        customerInvoiceNumber = row.customerInvoiceNumber
        invoiceVoucher = row.invoiceVoucher
        invoiceDate = row.invoiceDate
        actualId = row.sale?.actualId
        reversalId = row.sale?.reversalId
        transactionClass = row.sale?.transactionClass
        wipAccount = row.wipAccount
        accruedRevenueAccount = row.accruedRevenueAccount
        balance = row.balance
        imbalance = row.balance.imbalance
        correction = AccruedRevenueCorrection(of: row.balance.imbalance)
    }
}

/// What was accrued and taken back of an invoice's project, or of one sale that it billed.
private struct ImbalancedAccrual: Record {
    struct Sale: Record {
        var actualId: GUID
        var billedActualId: GUID
        var transactionClass: TransactionClass

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Sale(
                actualId: try column("actual_id", row?.actualId),
                billedActualId: try column("billed_actual_id", row?.billedActualId),
                transactionClass: try column("transaction_class", row?.transactionClass))
        }

        var reversalId: GUID {
            switch transactionClass {
            case .fee, .material: actualId
            default: billedActualId
            }
        }
    }

    var projectNumber: String
    var customerInvoiceNumber: String
    var invoiceVoucher: String
    var invoiceDate: CalendarDate
    var sale: Sale?
    var wipAccount: String
    var accruedRevenueAccount: String
    var balance: AccrualBalance

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ImbalancedAccrual(
            projectNumber: try column("project_number", row?.projectNumber),
            customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber),
            invoiceVoucher: try column("invoice_voucher", row?.invoiceVoucher),
            invoiceDate: try column("invoice_date", row?.invoiceDate),
            sale: try column.optionalRecord("sale_", presentIf: "actual_id", row?.sale),
            wipAccount: try column("wip_account", row?.wipAccount),
            accruedRevenueAccount: try column("accrued_revenue_account", row?.accruedRevenueAccount),
            balance: AccrualBalance(
                accrued: try column.record("accrued_", row?.balance.accrued),
                reversed: try column.record("reversed_", row?.balance.reversed),
                corrected: try column.record("corrected_", row?.balance.corrected)))
    }
}

/// Detects accruals that invoices of a time did not take back in full.
struct AccruedRevenueDetection {
    let company: Company
    let connection: Connection
    /// The dates of the invoices.
    var dates: ClosedRange<CalendarDate>
    /// The only project; nil for all.
    var project: String?
    /// The only invoices; nil for all.
    var vouchers: [String]?

    /// So many sales are told at most.
    static let mostSales = 100_000

    private static let wip = PostingType.wipSalesValue.sql
    private static let accruedRevenue = PostingType.accruedRevenueSalesValue.sql

    /// The invoices of the time. Parameters: company, first day, last day, vouchers.
    private static let invoices = """
        invoices AS (
            SELECT proposal_number, voucher, customer_invoice_number, invoice_date FROM project_invoices
            WHERE data_area_id = $1 AND invoice_date BETWEEN $2 AND $3 AND ($4::text[] IS NULL OR voucher = ANY ($4))
        )
        """

    /// The imbalances in the order of their invoices. Within a transaction: whatever the tables hold besides, what is not of
    /// the time's invoices is not read.
    ///
    /// - returns: in all their sides, and whether there are more than are told.
    func run() throws -> (imbalances: [AccruedRevenueImbalance], isCut: Bool) {
        try connection.plan(.lookUpByKey)
        let groups = try connection.records(
            ImbalancedAccrual.self, Self.groups, company, dates.lowerBound, dates.upperBound, vouchers, project)
        guard !groups.isEmpty else { return ([], false) }
        let wanted = Set(groups.map(\.invoiceVoucher)).sorted()
        let sales = try connection.records(
            ImbalancedAccrual.self, Self.sales, company, dates.lowerBound, dates.upperBound, wanted, project,
            Self.mostSales + 1)
        let isCut = sales.count > Self.mostSales
        var rows: [ImbalancedAccrual] = []
        let salesOf = Dictionary(grouping: sales.prefix(Self.mostSales)) { [$0.invoiceVoucher, $0.projectNumber] }
        for group in groups {
            let sales = salesOf[[group.invoiceVoucher, group.projectNumber]] ?? []
            rows += sales
            guard !isCut else { continue }
            var rest = group
            for sale in sales { rest.balance = rest.balance.without(sale.balance) }
            if rest.balance.imbalance.wip != .zero { rows.append(rest) }
        }
        return (rows.map { AccruedRevenueImbalance($0, company: company) }, isCut)
    }

    /// What the ledger has of the unbilled sales of each invoice and of the invoice itself, by project, where it does not
    /// come to nothing.
    private static let groups = """
        WITH \(invoices), entries AS (
            SELECT i.voucher AS invoice_voucher, sale.project_number, entry.posting_type, entry.main_account,
                entry.accounting_amount AS accrued, 0 AS reversed, 0 AS corrected
            FROM invoices i
            JOIN project_invoice_lines line ON line.data_area_id = $1 AND line.proposal_number = i.proposal_number
            \(billedSales)
            JOIN project_transactions sale ON sale.data_area_id = $1 AND sale.actual_id = billed.actual_id
            JOIN ledger_entries entry ON entry.data_area_id = $1 AND entry.voucher = sale.voucher
            WHERE entry.posting_type IN (\(wip), \(accruedRevenue))
            UNION ALL
            SELECT i.voucher, coalesce(entry.project_number, ''), entry.posting_type, entry.main_account, 0,
                entry.accounting_amount, 0
            FROM invoices i JOIN ledger_entries entry ON entry.data_area_id = $1 AND entry.voucher = i.voucher
            WHERE entry.posting_type IN (\(wip), \(accruedRevenue))
            UNION ALL
            SELECT i.voucher, line.project_number, side.posting_type, side.main_account, 0, 0, side.amount
            FROM invoices i \(corrections)
        )
        SELECT entries.project_number, i.customer_invoice_number, i.voucher AS invoice_voucher, i.invoice_date,
            NULL::uuid AS sale_actual_id, NULL::uuid AS sale_billed_actual_id, NULL::text AS sale_transaction_class,
            coalesce(max(main_account) FILTER (WHERE posting_type = \(wip)), '') AS wip_account,
            coalesce(max(main_account) FILTER (WHERE posting_type = \(accruedRevenue)), '') AS accrued_revenue_account,
            \(sides("accrued")), \(sides("reversed")), \(sides("corrected"))
        FROM entries JOIN invoices i ON i.voucher = entries.invoice_voucher
        WHERE $5::text IS NULL OR entries.project_number = $5
        GROUP BY entries.project_number, i.customer_invoice_number, i.voucher, i.invoice_date
        HAVING sum(accrued + reversed + corrected) FILTER (WHERE posting_type = \(wip)) <> 0
        ORDER BY i.invoice_date, i.voucher, entries.project_number
        """

    /// What an invoice's line `line` bills: an unbilled sale, and that of a fee which is a part of it.
    private static let billedSales = """
        JOIN LATERAL (VALUES
            (line.unbilled_actual_id, line.accrual_reversed), (line.fee_actual_id, line.fee_accrual_reversed)
        ) AS billed (actual_id, reversed) ON billed.actual_id IS NOT NULL
        """

    private static func sides(_ amount: String) -> String {
        func sum(_ type: String, _ side: String) -> String {
            "coalesce(sum(\(amount)) FILTER (WHERE posting_type = \(type)), 0)::numeric(19, 4) AS \(amount)_\(side)"
        }
        return sum(wip, "wip") + ", " + sum(accruedRevenue, "accrued_revenue")
    }

    /// What posted corrections of an invoice `i` left on each side.
    private static let corrections = """
        JOIN accrued_revenue_journal_lines line ON line.data_area_id = $1 AND line.invoice_voucher = i.voucher
        JOIN accrued_revenue_journals journal USING (data_area_id, journal_number)
        CROSS JOIN LATERAL (VALUES
            (\(wip), line.wip_account, line.wip_correction),
            (\(accruedRevenue), line.accrued_revenue_account, line.accrued_revenue_correction)
        ) AS side (posting_type, main_account, amount)
        WHERE journal.status = \(AccruedRevenueJournalStatus.posted.sql)
        """

    /// The unbilled sales of invoices whose accrual in the ledger is not what the invoice's line took back.
    private static let sales = """
        WITH \(invoices)
        SELECT sale.project_number, i.customer_invoice_number, i.voucher AS invoice_voucher, i.invoice_date,
            sale.actual_id AS sale_actual_id, line.actual_id AS sale_billed_actual_id,
            sale.transaction_class AS sale_transaction_class,
            coalesce(sale.wip_account, accrual.wip_account, '') AS wip_account,
            coalesce(sale.accrued_revenue_account, accrual.accrued_revenue_account, '') AS accrued_revenue_account,
            coalesce(accrual.wip, 0)::numeric(19, 4) AS accrued_wip,
            coalesce(accrual.accrued_revenue, 0)::numeric(19, 4) AS accrued_accrued_revenue,
            (-billed.reversed)::numeric(19, 4) AS reversed_wip, billed.reversed AS reversed_accrued_revenue,
            coalesce(correction.wip, 0)::numeric(19, 4) AS corrected_wip,
            coalesce(correction.accrued_revenue, 0)::numeric(19, 4) AS corrected_accrued_revenue
        FROM invoices i
        JOIN project_invoice_lines line ON line.data_area_id = $1 AND line.proposal_number = i.proposal_number
        \(billedSales)
        JOIN project_transactions sale ON sale.data_area_id = $1 AND sale.actual_id = billed.actual_id
        LEFT JOIN LATERAL (
            SELECT sum(accounting_amount) FILTER (WHERE posting_type = \(wip)) AS wip,
                sum(accounting_amount) FILTER (WHERE posting_type = \(accruedRevenue)) AS accrued_revenue,
                max(main_account) FILTER (WHERE posting_type = \(wip)) AS wip_account,
                max(main_account) FILTER (WHERE posting_type = \(accruedRevenue)) AS accrued_revenue_account
            FROM ledger_entries entry WHERE entry.data_area_id = $1 AND entry.voucher = sale.voucher
        ) accrual ON true
        LEFT JOIN LATERAL (
            SELECT sum(side.amount) FILTER (WHERE side.posting_type = \(wip)) AS wip,
                sum(side.amount) FILTER (WHERE side.posting_type = \(accruedRevenue)) AS accrued_revenue
            FROM (SELECT i.voucher) i \(corrections) AND line.actual_id = sale.actual_id
        ) correction ON true
        WHERE ($5::text IS NULL OR sale.project_number = $5)
            AND coalesce(accrual.wip, 0) - billed.reversed + coalesce(correction.wip, 0) <> 0
        ORDER BY i.invoice_date, i.voucher, sale.project_number, sale.actual_id
        LIMIT $6
        """
}

extension AccrualBalance {
    /// The rest when a part is told by itself.
    fileprivate func without(_ part: AccrualBalance) -> AccrualBalance {
        AccrualBalance(
            accrued: accrued - part.accrued, reversed: reversed - part.reversed, corrected: corrected - part.corrected)
    }
}
