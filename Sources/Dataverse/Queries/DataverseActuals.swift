import Bus
public import Contracts
public import Database

/// An actual as Dataverse's side has it, for a comparison with Finance's (`domain.md` §7).
public struct DataverseActual: Hashable, Sendable {
    /// What was published of it.
    public enum Publication: Hashable, Sendable {
        /// Finance must not see it: Skip Sync is set.
        case skipped
        /// It is no business of Finance's: between two units of one company (`domain.md` §6.9).
        case withheld
        /// Another system has posted or invoiced it before the cut-over.
        case settled
        /// It waits, for the reason.
        case waiting(String)
        case published
    }

    public let actualId: GUID
    /// The legal entity whose Finance takes it; nil when nothing says which.
    public let company: Company?
    public let transactionType: TransactionType
    public let currency: CurrencyCode?
    public let amount: Money
    public let documentDate: CalendarDate
    public let invoiceId: GUID?
    public let publication: Publication
    /// Whether a message about it is still in the outbox.
    public let isInOutbox: Bool
    /// What Finance gave back.
    public let detail: AccountingDetail?
}

/// The actuals of Dataverse's side in the order of their ids, however many there are.
///
/// Lives in a transaction, one at a time on a connection.
public struct DataverseActuals {
    private let connection: Connection
    private let lookups: Lookups
    private let cursor: RecordCursor<ActualRow>

    /// - parameter ids: only these; all when nil.
    /// - throws: `DatabaseError`.
    public init(_ connection: Connection, ids: [GUID]? = nil) throws {
        self.connection = connection
        lookups = try Lookups(connection: connection)
        cursor = try RecordCursor(
            ActualRow.self, on: connection,
            """
            SELECT \(ActualRow.columnList(of: "a", except: ActualRow.joined)), y.iso_code,
                s.actual_id IS NOT NULL AS is_settled, o.id IS NOT NULL AS is_in_outbox,
                \(WaitingReason.columnList(of: "w")),
                \(AccountingDetailRow.columnList(of: "d", prefix: "detail_"))
            FROM actuals a
            LEFT JOIN accounting_details d ON d.actual_id = a.actual_id
            LEFT JOIN currencies y ON y.currency_id = a.currency_id
            LEFT JOIN actuals_waiting w ON w.id = a.actual_id
            LEFT JOIN settled_actuals s ON s.actual_id = a.actual_id
            LEFT JOIN (\(OutboxStore.pendingIds(of: .actualCreated))) o ON o.id = a.actual_id
            WHERE $1::uuid[] IS NULL OR a.actual_id = ANY ($1)
            ORDER BY a.actual_id
            """, ids)
    }

    /// The next actuals; none at the end.
    ///
    /// - throws: `DatabaseError`.
    public func nextChunk() throws -> [DataverseActual] {
        let rows = try cursor.nextChunk()
        guard !rows.isEmpty else { return [] }
        try lookups.read(for: rows.map(\.ownership))
        return rows.map { row in row.actual(lookups.ownership(of: row.ownership)) }
    }

    /// The ids of an invoice's actuals, and of the unbilled sales that are stamped with it.
    ///
    /// - throws: `DatabaseError`.
    public static func ids(ofInvoice invoiceId: GUID, _ connection: Connection) throws -> [GUID] {
        try connection.values(GUID.self, "SELECT actual_id FROM actuals WHERE invoice_id = $1", invoiceId)
    }

    /// The details that Finance gave back of actuals which are not here, in the order of their ids.
    ///
    /// - throws: `DatabaseError`.
    public static func detailsWithoutActual(_ connection: Connection, limit: Int) throws -> [AccountingDetail] {
        try connection.records(
            AccountingDetailRow.self,
            """
            SELECT \(AccountingDetailRow.columnList(of: "d")) FROM accounting_details d
            WHERE NOT EXISTS (SELECT FROM actuals a WHERE a.actual_id = d.actual_id) ORDER BY d.actual_id LIMIT $1
            """, limit
        ).map(\.detail)
    }
}

private struct ActualRow: Record {
    var ownership: ActualOwnership
    var skipSync: Bool
    var amount: Money
    var documentDate: CalendarDate
    var currency: CurrencyCode?
    var isSettled: Bool
    var isInOutbox: Bool
    var waitingReason: WaitingReason?
    var detail: AccountingDetailRow?

    /// The columns that are not those of `actuals`.
    static let joined: Set<String> = Set(
        ["iso_code", "is_settled", "is_in_outbox"] + WaitingReason.columnNames
            + AccountingDetailRow.columnNames.map { "detail_\($0)" })

    static func columnList(of table: String, except: Set<String>) -> String {
        columnNames.filter { !except.contains($0) }.map { "\(table).\($0)" }.joined(separator: ", ")
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ActualRow(
            ownership: try column.record("", row?.ownership), skipSync: try column("skip_sync", row?.skipSync),
            amount: try column("amount", row?.amount), documentDate: try column("document_date", row?.documentDate),
            currency: try column("iso_code", row?.currency), isSettled: try column("is_settled", row?.isSettled),
            isInOutbox: try column("is_in_outbox", row?.isInOutbox),
            waitingReason: try column.optionalRecord("", presentIf: "waiting_for", row?.waitingReason),
            detail: try column.optionalRecord("detail_", presentIf: "actual_id", row?.detail))
    }

    func actual(_ company: ActualCompany) -> DataverseActual {
        let publication: DataverseActual.Publication =
            skipSync
            ? .skipped
            : company.isWithinOneCompany
                ? .withheld : isSettled ? .settled : waitingReason.map { .waiting($0.sentence) } ?? .published
        return DataverseActual(
            actualId: ownership.actualId, company: company.company, transactionType: ownership.transactionType,
            currency: currency, amount: amount, documentDate: documentDate, invoiceId: ownership.invoiceId,
            publication: publication, isInOutbox: isInOutbox, detail: detail?.detail)
    }
}
