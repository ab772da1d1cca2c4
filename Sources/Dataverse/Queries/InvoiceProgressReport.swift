import Bus
public import Contracts
public import Database

/// How far an invoice has come on Dataverse's side, for an answer to why it is not posted.
public struct InvoiceProgressReport: Hashable, Sendable {
    /// What some of an invoice's actuals wait for.
    public struct Hold: Hashable, Sendable {
        public let reason: String
        public let actuals: Int
    }

    public let invoice: InvoiceSummary
    public let customerAccount: String?
    public let customerName: String?
    /// The header's accounting date; nil when it has none.
    public let accountingDate: CalendarDate?
    /// When it was published last; nil when it was not.
    public let publishedAt: String?
    public let daysSincePublication: Int?
    /// What its actuals wait for, and the unbilled sales that it bills.
    public let holds: [Hold]
    /// How many of its messages are still in the outbox.
    public let inOutbox: Int
    /// Why messages stay in the outbox; nil when nothing is in the way.
    public let outboxFailure: String?
    /// The ids of its actuals, and of the unbilled sales that are stamped with it: the first of them.
    public let actuals: [GUID]

    private struct Facts: Record {
        var customerAccount: String?
        var customerName: String?
        var accountingDate: CalendarDate?
        var publishedAt: Instant?
        var days: Int?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Facts(
                customerAccount: try column("account_number", row?.customerAccount),
                customerName: try column("name", row?.customerName),
                accountingDate: try column("accounting_date", row?.accountingDate),
                publishedAt: try column("published_at", row?.publishedAt), days: try column("days", row?.days))
        }
    }

    private struct HoldRow: Record {
        var reason: WaitingReason
        var count: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            HoldRow(reason: try column.record("", row?.reason), count: try column("count", row?.count))
        }
    }

    /// So many ids are given at most.
    private static let mostActuals = 10_000

    /// The invoices with a number, or the one with an id.
    ///
    /// - throws: `DatabaseError`.
    public static func list(_ connection: Connection, invoice: String) throws -> [InvoiceProgressReport] {
        try InvoiceList(connection: connection).invoices(number: invoice).map {
            try InvoiceProgressReport($0, connection)
        }
    }
}

extension InvoiceProgressReport {
    fileprivate init(_ invoice: InvoiceSummary, _ connection: Connection) throws {
        self.invoice = invoice
        let facts = try connection.record(
            Facts.self,
            """
            SELECT c.account_number, c.name, i.accounting_date, q.published_at,
                extract(day FROM now() - q.published_at)::bigint AS days
            FROM invoices i
            LEFT JOIN project_contracts k ON k.project_contract_id = i.project_contract_id
            LEFT JOIN accounts c ON c.account_id = coalesce(i.customer_id, k.customer_id)
            LEFT JOIN published_invoices q ON q.invoice_id = i.invoice_id
            WHERE i.invoice_id = $1
            """, invoice.invoiceId)
        customerAccount = facts?.customerAccount
        customerName = facts?.customerName
        accountingDate = facts?.accountingDate
        publishedAt = facts?.publishedAt.map { $0.text() }
        daysSincePublication = facts?.days
        holds = try connection.records(
            HoldRow.self,
            """
            SELECT \(WaitingReason.columnList(of: "w")), count(*) AS count
            FROM actuals a JOIN actuals_waiting w ON w.id = a.actual_id WHERE a.invoice_id = $1
            GROUP BY \(WaitingReason.columnList) ORDER BY count DESC, \(WaitingReason.columnList)
            """, invoice.invoiceId
        ).map { Hold(reason: $0.reason.sentence, actuals: $0.count) }
        inOutbox = try OutboxStore.countPending(trace: invoice.invoiceId, on: connection)
        outboxFailure = inOutbox == 0 ? nil : try OutboxReport(connection).lastFailure
        actuals = try connection.values(
            GUID.self, "SELECT actual_id FROM actuals WHERE invoice_id = $1 ORDER BY actual_id LIMIT $2",
            invoice.invoiceId, Self.mostActuals)
    }
}
