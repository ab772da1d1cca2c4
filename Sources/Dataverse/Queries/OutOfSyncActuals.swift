import Bus
public import Contracts
public import Database

/// An actual that never reached Finance, or whose journal or invoice is not posted (`domain.md` §6.14).
///
/// Not to be confused with what Finance has posted and Dataverse has otherwise by now, which `ledgerbus errors out-of-sync`
/// lists from Finance's side.
public struct OutOfSyncActual: Hashable, Sendable, Encodable {
    public let actualId: GUID
    public let company: Company?
    public let transactionType: TransactionType
    public let transactionClass: TransactionClass
    public let documentDate: CalendarDate
    public let amount: Money
    public let currency: CurrencyCode?
    public let invoiceId: GUID?
    public let invoiceNumber: String?
    /// When it came first.
    public let capturedAt: String
    /// Why it has no voucher, as far as Dataverse's side knows.
    public let reason: String
}

/// Which actuals are out of sync: those with Skip Sync = No and no voucher, of an age.
///
/// The product's own list reads "Skip Sync = Yes" and filters by No; rows that are skipped never get a voucher, so it is No
/// (`domain.md` §6.14). What was settled before a cut-over is not among them.
public struct OutOfSyncCriteria: Hashable, Sendable {
    /// So old at least; the default is that of the product.
    public var minimumAge: Duration = .seconds(3_600)
    /// So old at most; nil for any age. The default is the last month.
    public var maximumAge: Duration? = .seconds(31 * 86_400)
    public var company: Company?
    /// The only invoice, by its number or id.
    public var invoice: String?
    /// The only actuals.
    public var actuals: [GUID]?

    public init() {}
}

/// The actuals that are out of sync.
public struct OutOfSyncActuals {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// The oldest first.
    ///
    /// - throws: `DatabaseError`.
    public func list(_ criteria: OutOfSyncCriteria, limit: Int = 1_000) throws -> [OutOfSyncActual] {
        try connection.transaction {
            try candidates(criteria, limit: limit).map { row, company in
                OutOfSyncActual(
                    actualId: row.actual.actualId, company: company, transactionType: row.actual.transactionType,
                    transactionClass: row.actual.facts.transactionClass, documentDate: row.actual.facts.documentDate,
                    amount: row.actual.facts.amount, currency: row.currency, invoiceId: row.actual.invoiceId,
                    invoiceNumber: row.invoiceNumber, capturedAt: row.capturedAt.text(), reason: row.reason)
            }
        }
    }

    /// Their ids, the oldest first.
    ///
    /// - throws: `DatabaseError`.
    func ids(_ criteria: OutOfSyncCriteria) throws -> [GUID] {
        try candidates(criteria, limit: nil).map(\.row.actual.actualId)
    }

    private func candidates(
        _ criteria: OutOfSyncCriteria, limit: Int?
    ) throws -> [(row: OutOfSyncRow, company: Company?)] {
        let lookups = try Lookups(connection: connection)
        var found: [(row: OutOfSyncRow, company: Company?)] = []
        var chunk: [OutOfSyncRow] = []
        try connection.forEachRecord(
            OutOfSyncRow.self, chunk: 5_000,
            """
            SELECT \(Actual.columnList(of: "a")), a.captured_at, y.iso_code, i.invoice_number,
                o.id IS NOT NULL AS is_in_outbox, \(WaitingReason.columnList(of: "w"))
            FROM actuals a
            LEFT JOIN accounting_details d ON d.actual_id = a.actual_id
            LEFT JOIN currencies y ON y.currency_id = a.currency_id
            LEFT JOIN invoices i ON i.invoice_id = a.invoice_id
            LEFT JOIN actuals_waiting w ON w.id = a.actual_id
            LEFT JOIN (\(OutboxStore.pendingIds(of: .actualCreated))) o ON o.id = a.actual_id
            WHERE NOT a.skip_sync AND d.actual_id IS NULL AND NOT EXISTS (\(CutoverStore.settlement(of: "a.actual_id")))
                AND a.captured_at <= now() - $1 * interval '1 second'
                AND ($2::bigint IS NULL OR a.captured_at >= now() - $2 * interval '1 second')
                AND ($3::text IS NULL OR i.invoice_number = $3 OR i.invoice_id::text = lower($3))
                AND ($4::uuid[] IS NULL OR a.actual_id = ANY ($4))
            ORDER BY a.captured_at, a.actual_id
            """, criteria.minimumAge.components.seconds, criteria.maximumAge?.components.seconds, criteria.invoice,
            criteria.actuals
        ) {
            chunk.append($0)
        } afterChunk: {
            try lookups.read(for: chunk.map(\.actual.ownership))
            for row in chunk where limit.map({ found.count < $0 }) ?? true {
                let company = lookups.ownership(of: row.actual.ownership)
                guard !company.isWithinOneCompany, criteria.company == nil || criteria.company == company.company else {
                    continue
                }
                found.append((row, company.company))
            }
            chunk.removeAll(keepingCapacity: true)
        }
        return found
    }
}

private struct OutOfSyncRow: Record {
    var actual: Actual
    var capturedAt: Instant
    var currency: CurrencyCode?
    var invoiceNumber: String?
    var isInOutbox: Bool
    var waitingReason: WaitingReason?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OutOfSyncRow(
            actual: try column.record("", row?.actual), capturedAt: try column("captured_at", row?.capturedAt),
            currency: try column("iso_code", row?.currency),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber),
            isInOutbox: try column("is_in_outbox", row?.isInOutbox),
            waitingReason: try column.optionalRecord("", presentIf: "waiting_for", row?.waitingReason))
    }

    var reason: String {
        if let waitingReason { return waitingReason.sentence }
        if isInOutbox {
            return "in the outbox: dataverse-producer has not delivered it; ledgerbus outbox list says why"
        }
        let invoice = actual.transactionType == .billedSales ? invoiceNumber : nil
        return "published, and Finance has not posted it"
            + (invoice.map { "; ledgerbus why \($0)" } ?? "; ledgerbus finance journals list, ledgerbus errors list")
    }
}
