import Contracts
public import Database
import Finance

/// The derived invariants of `domain.md` §7. Each gives what contradicts it: nothing, once all has come to rest.
public enum Invariant: String, CaseIterable, Sendable {
    case whatIsUnbilledIsOpen = "1: the unbilled sales of a transaction come to what is still open"
    case billedSalesAreTheInvoice = "2: the chargeable billed sales of an invoice come to its amount"
    case oneVoucherAnActual = "3: every actual that is synced has one voucher, and no other has one"
    case vouchersBalance = "4: every voucher balances in every currency"
    case workInProgressIsWhatIsOpen = "5: WIP and accrued revenue are what is accrued and not invoiced"
    case proposalsAreWhole = "6: a proposal has all of its lines, or none"
    case oneLineAnActual = "7: no actual has a second line"

    /// - throws: `DatabaseError`.
    public func contradictions(dataverse: Connection, finance: Connection) throws -> [String] {
        switch self {
        case .whatIsUnbilledIsOpen: try UnbilledChains(dataverse).contradictions()
        case .billedSalesAreTheInvoice:
            try dataverse.values(
                String.self,
                """
                SELECT 'invoice ' || i.invoice_number || ' is ' || i.line_amount || ', its billed sales '
                    || coalesce(sum(a.amount), 0)
                FROM invoices i LEFT JOIN actuals a ON a.invoice_id = i.invoice_id AND a.transaction_type = $1
                    AND a.billing_type = $2
                WHERE i.status = $3
                GROUP BY i.invoice_id HAVING coalesce(sum(a.amount), 0) <> i.line_amount
                """, TransactionType.billedSales, BillingType.chargeable, ProjectInvoiceStatus.confirmed)
        case .oneVoucherAnActual:
            try dataverse.values(
                String.self,
                """
                SELECT a.transaction_type || ' ' || a.actual_id || CASE WHEN a.skip_sync THEN ', which Finance never saw, has '
                    || d.voucher ELSE ' has no voucher' END
                FROM actuals a LEFT JOIN accounting_details d USING (actual_id)
                WHERE a.skip_sync = (d.actual_id IS NOT NULL)
                """)
                + finance.values(
                    String.self,
                    """
                    SELECT 'voucher ' || voucher || ' stands for ' || count(*) || ' journal lines'
                    FROM project_transactions GROUP BY data_area_id, voucher HAVING count(*) > 1
                    """)
        case .vouchersBalance:
            try finance.values(
                String.self,
                """
                SELECT concat_ws(
                    ' ', 'voucher', voucher, 'is off by', sum(amount), sum(accounting_amount), sum(reporting_amount))
                FROM ledger_entries GROUP BY data_area_id, voucher
                HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0 OR sum(reporting_amount) <> 0
                """)
        case .workInProgressIsWhatIsOpen: try WorkInProgress(dataverse: dataverse, finance: finance).contradictions()
        case .proposalsAreWhole:
            try finance.values(
                String.self,
                """
                SELECT 'proposal ' || p.proposal_number || ' has ' || count(l.actual_id) || ' of ' || p.total_count
                FROM invoice_proposals p LEFT JOIN invoice_proposal_lines l USING (data_area_id, proposal_number)
                GROUP BY p.data_area_id, p.proposal_number, p.total_count
                HAVING count(l.actual_id) NOT IN (0, p.total_count)
                """)
        case .oneLineAnActual:
            try finance.values(
                String.self,
                """
                SELECT 'actual ' || actual_id || ' has ' || count(*) || ' lines' FROM (
                    SELECT actual_id FROM integration_journal_lines UNION ALL SELECT actual_id FROM invoice_proposal_lines
                ) line GROUP BY actual_id HAVING count(*) > 1
                """)
        }
    }
}

/// What belongs together in Dataverse: the transactions that connections lead from one to another.
private struct UnbilledChains {
    private struct Link: Record {
        let first: GUID
        let second: GUID

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Link(
                first: try column("transaction1_id", row?.first), second: try column("transaction2_id", row?.second))
        }
    }

    private struct Sale: Record {
        let actualId: GUID
        let amount: Money
        let isOpen: Bool?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Sale(
                actualId: try column("actual_id", row?.actualId), amount: try column("amount", row?.amount),
                isOpen: try column("is_open", row?.isOpen))
        }
    }

    private var parents: [GUID: GUID] = [:]
    private var amounts: [GUID: Money] = [:]
    private var open: [GUID: Money] = [:]

    init(_ dataverse: Connection) throws {
        for link in try dataverse.records(
            Link.self,
            "SELECT transaction1_id, transaction2_id FROM transaction_connections WHERE transaction1_type = $1",
            ConnectedTable.actual.rawValue)
        {
            let (first, second) = (root(of: link.first), root(of: link.second))
            if first != second { parents[first] = second }
        }
        for sale in try dataverse.records(
            Sale.self,
            """
            SELECT actual_id, amount, adjustment_status IS NULL AND billing_status = ANY ($2) AS is_open FROM actuals
            WHERE transaction_type = $1
            """, TransactionType.unbilledSales,
            [BillingStatus.unbilledSalesCreated, .readyToInvoice, .customerInvoiceCreated].map(\.rawValue))
        {
            let chain = root(of: sale.actualId)
            amounts[chain] = (amounts[chain] ?? .zero) + sale.amount
            if sale.isOpen ?? false { open[chain] = (open[chain] ?? .zero) + sale.amount }
        }
    }

    private mutating func root(of id: GUID) -> GUID {
        var root = id
        while let parent = parents[root] { root = parent }
        var node = id
        while let parent = parents[node], parent != root {
            parents[node] = root
            node = parent
        }
        return root
    }

    func contradictions() -> [String] {
        amounts.filter { $0.value != open[$0.key] ?? .zero }.map {
            "the transactions with \($0.key) come to \($0.value), of which \(open[$0.key] ?? .zero) is open"
        }
    }
}

/// What is accrued and not invoiced: what the ledger has, and what the actuals that are open in Dataverse were booked with.
private struct WorkInProgress {
    /// In accounting and in reporting currency.
    private struct Amounts: Hashable, CustomStringConvertible {
        var accounting = Money.zero
        var reporting = Money.zero

        static prefix func - (amounts: Self) -> Self {
            Amounts(accounting: -amounts.accounting, reporting: -amounts.reporting)
        }

        var description: String { "\(accounting) (\(reporting))" }
    }

    private let ledger: [String: Amounts]
    private let accruedRevenue: [String: Amounts]
    private let open: [String: Amounts]

    init(dataverse: Connection, finance: Connection) throws {
        func balances(_ type: PostingType) throws -> [String: Amounts] {
            try Self.amounts(
                finance.records(
                    Balance.self,
                    """
                    SELECT project_number, sum(accounting_amount)::numeric(19, 4) AS accounting_amount,
                        coalesce(sum(reporting_amount), 0)::numeric(19, 4) AS reporting_amount
                    FROM ledger_entries WHERE posting_type = $1 GROUP BY project_number
                    """, type))
        }
        ledger = try balances(.wipSalesValue)
        accruedRevenue = try balances(.accruedRevenueSalesValue)
        let openSales = try dataverse.values(
            GUID.self,
            """
            SELECT actual_id FROM actuals JOIN accounting_details USING (actual_id)
            WHERE transaction_type = $1 AND billing_type = $2 AND adjustment_status IS NULL
                AND billing_status = ANY ($3) AND transaction_class <> $4
            """, TransactionType.unbilledSales, BillingType.chargeable,
            [BillingStatus.unbilledSalesCreated, .readyToInvoice, .customerInvoiceCreated].map(\.rawValue),
            TransactionClass.retainer)
        open = try Self.amounts(
            finance.records(
                Balance.self,
                """
                SELECT project_number, sum(accounting_amount)::numeric(19, 4) AS accounting_amount,
                    coalesce(sum(reporting_amount), 0)::numeric(19, 4) AS reporting_amount
                FROM project_transactions WHERE actual_id = ANY ($1) GROUP BY project_number
                """, openSales))
    }

    private struct Balance: Record {
        let project: String
        let accounting: Money
        let reporting: Money

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Balance(
                project: try column("project_number", row?.project),
                accounting: try column("accounting_amount", row?.accounting),
                reporting: try column("reporting_amount", row?.reporting))
        }
    }

    private static func amounts(_ balances: [Balance]) throws -> [String: Amounts] {
        Dictionary(
            uniqueKeysWithValues: balances.map {
                ($0.project, Amounts(accounting: $0.accounting, reporting: $0.reporting))
            })
    }

    func contradictions() -> [String] {
        var found: [String] = []
        for project in Set(ledger.keys).union(open.keys).sorted() {
            // Projects of this name do not accrue.
            let expected = project.hasPrefix("PLAIN") ? Amounts() : open[project] ?? Amounts()
            let (wip, accrued) = (ledger[project] ?? Amounts(), accruedRevenue[project] ?? Amounts())
            if wip != expected || accrued != -expected {
                found.append("project \(project) has \(expected) open, WIP \(wip), accrued revenue \(accrued)")
            }
        }
        return found
    }
}
