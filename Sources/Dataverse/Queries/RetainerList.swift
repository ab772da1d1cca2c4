import Bus
public import Contracts
public import Database

/// A retainer as an operator sees it (`domain.md` §6.7).
public struct RetainerSummary: Hashable, Sendable, Encodable {
    public let retainerId: GUID
    public let name: String
    /// The contract's and the customer's number in Finance.
    public let contract: String?
    public let customer: String?
    public let currency: CurrencyCode?
    public let amount: Money
    public let invoiceDate: CalendarDate
    public let invoiceStatus: RetainerInvoiceStatus
    /// The invoice that bills it.
    public let invoice: String?
    /// What confirmed invoices have deducted or refunded, and what drafts do.
    public let used: Money
    public let applied: Money
    /// What later invoices can have of it: nothing before it is invoiced.
    public let available: Money
    /// amount − used − applied.
    public let balance: Money
    /// That of its newest refund; nil when nothing of it is refunded.
    public let refundStatus: RetainerRefundStatus?
    public let applications: [Application]

    /// What an invoice deducts or refunds of it.
    public struct Application: Hashable, Sendable, Encodable {
        public let invoice: String
        public let amount: Money
        public let isConfirmed: Bool
        /// Nil when it is deducted, and not refunded.
        public let refundStatus: RetainerRefundStatus?
    }
}

/// The retainers of the database.
public struct RetainerList {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// All retainers, or those of a contract, by contract, and the oldest first, with what invoices deduct of them.
    ///
    /// - parameter contract: its number or id.
    /// - throws: `DatabaseError`.
    public func retainers(contract: String? = nil, limit: Int = 1_000) throws -> [RetainerSummary] {
        let rows = try connection.records(
            ListedRetainer.self,
            """
            SELECT \(Retainer.columnList(of: "r")), k.contract_number, a.account_number, y.iso_code, i.invoice_number
            FROM retainers r
            LEFT JOIN project_contracts k ON k.project_contract_id = r.project_contract_id
            LEFT JOIN accounts a ON a.account_id = r.customer_id
            LEFT JOIN currencies y ON y.currency_id = r.currency_id
            LEFT JOIN invoice_line_details d ON d.invoice_line_detail_id = r.invoice_line_detail_id
            LEFT JOIN invoices i ON i.invoice_id = d.invoice_id
            WHERE $1::text IS NULL OR k.contract_number = $1 OR r.project_contract_id::text = lower($1)
            ORDER BY k.contract_number, r.project_contract_id, r.invoice_date, r.name, r.retainer_id LIMIT $2
            """, contract, limit)
        let applications = Dictionary(
            grouping: try connection.records(
                ListedApplication.self,
                """
                SELECT \(RetainerApplication.columnList(of: "a")), i.invoice_number
                FROM retainer_applications a JOIN invoices i USING (invoice_id)
                WHERE a.retainer_id = ANY ($1) AND a.amount > 0
                ORDER BY a.is_confirmed DESC, i.confirmed_here_on, i.draft_number, i.invoice_number
                """, rows.map(\.retainer.retainerId)), by: \.application.retainerId)
        return rows.map { RetainerSummary($0, applications[$0.retainer.retainerId] ?? []) }
    }
}

extension RetainerSummary {
    fileprivate init(_ row: ListedRetainer, _ applications: [ListedApplication]) {
        let retainer = row.retainer
        self.init(
            retainerId: retainer.retainerId, name: retainer.name, contract: row.contract, customer: row.customer,
            currency: row.currency, amount: retainer.amount, invoiceDate: retainer.invoiceDate,
            invoiceStatus: retainer.invoiceStatus, invoice: row.invoice, used: retainer.used,
            applied: retainer.applied, available: retainer.balance.available, balance: retainer.balance.balance,
            refundStatus: applications.compactMap(\.application.refundStatus).last,
            applications: applications.map {
                Application(
                    invoice: $0.invoice, amount: $0.application.amount, isConfirmed: $0.application.isConfirmed,
                    refundStatus: $0.application.refundStatus)
            })
    }
}

private struct ListedRetainer: Record {
    var retainer: Retainer
    var contract: String?
    var customer: String?
    var currency: CurrencyCode?
    var invoice: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ListedRetainer(
            retainer: try column.record("", row?.retainer), contract: try column("contract_number", row?.contract),
            customer: try column("account_number", row?.customer), currency: try column("iso_code", row?.currency),
            invoice: try column("invoice_number", row?.invoice))
    }
}

private struct ListedApplication: Record {
    var application: RetainerApplication
    var invoice: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ListedApplication(
            application: try column.record("", row?.application), invoice: try column("invoice_number", row?.invoice))
    }
}
