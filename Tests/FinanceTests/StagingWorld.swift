import Bus
import Contracts
import Database
import JSON
import Testbed
import Testing

@testable import Finance

/// A Finance database with a set-up, into which messages are staged as a consumer does it, without Kafka.
final class StagingWorld {
    let database: TestDatabase
    let connection: Connection
    let pool: ConnectionPool
    let choices: ChoiceTables
    private var offset: Int64 = 0

    /// - parameter setup: replaced in the set-up file, in pairs.
    init(configured: Bool = true, _ changes: (String, String)...) throws {
        database = try TestDatabase(FinanceSchema.migrations)
        connection = try database.connect()
        pool = ConnectionPool(url: database.url, size: 6, applicationName: "tests")
        choices = try ChoiceTables(additional: [TransactionClass.column: [192_350_009: "Retainer"]])
        if configured { try configure(changes) }
    }

    func configure(_ changes: [(String, String)] = []) throws {
        var text = Self.setup
        for (from, to) in changes { text = text.replacing(from, with: to) }
        _ = try FinanceConfiguration(parsing: Array(text.utf8), file: "finance.yaml").apply(to: connection)
    }

    /// Stages actuals in one batch.
    func stage(_ actuals: [ActualCreated], partition: Int32 = 0) throws {
        try write(
            actuals, to: try ActualCreatedHandler(choices: choices).makeCollector(), partition: { _ in partition })
    }

    func stage(_ actuals: [(ActualCreated, partition: Int32)]) throws {
        try write(
            actuals.map(\.0), to: try ActualCreatedHandler(choices: choices).makeCollector(),
            partition: { actuals[$0].partition })
    }

    func confirm(_ invoices: [InvoiceConfirmed]) throws {
        try write(invoices, to: try InvoiceConfirmedHandler(choices: choices).makeCollector(), partition: { _ in 0 })
    }

    func connect(_ connections: [TransactionConnected]) throws {
        try write(connections, to: try TransactionConnectedHandler(choices: choices).makeCollector()) { _ in 0 }
    }

    private func write<M: Message>(
        _ messages: [M], to collector: any MessageCollector, partition: (Int) -> Int32
    ) throws {
        try add(messages, to: collector, partition: partition)
        try connection.transaction { try collector.write(to: connection) }
    }

    func add<M: Message>(_ messages: [M], to collector: any MessageCollector, partition: (Int) -> Int32) throws {
        for (index, message) in messages.enumerated() {
            var json = JSONWriter()
            try message.write(to: &json, choices: choices)
            offset += 1
            let hash = try SHA256()
            try json.withBytes { bytes in
                try collector.add(
                    bytes,
                    from: MessageSource(
                        partition: partition(index), offset: offset, eventId: hash.digest(bytes).guid))
            }
        }
    }

    @discardableResult
    func importAll(invoice: GUID? = nil) throws -> ImportReport {
        try ImportFromStaging(pool: pool).run(invoice: invoice)
    }

    /// Pretends that posting posted these journals' lines, or all of them.
    func postJournals() throws {
        try connection.executeScript(
            """
            INSERT INTO project_transactions (data_area_id, actual_id, journal_number, voucher, transaction_type,
                transaction_class, project_number, contract_number, category_id, line_property_id, transaction_date,
                accounting_date, quantity, currency, amount, exchange_rate, accounting_amount, accrued)
            SELECT data_area_id, actual_id, journal_number, voucher, transaction_type, transaction_class, project_number,
                contract_number, category_id, line_property_id, transaction_date, accounting_date, quantity, currency,
                amount, exchange_rate, accounting_amount, true
            FROM integration_journal_lines JOIN integration_journals USING (data_area_id, journal_number)
            WHERE status = 'Draft';
            UPDATE integration_journals SET status = 'Posted' WHERE status = 'Draft';
            INSERT INTO invoices_to_check (data_area_id, invoice_id)
            SELECT data_area_id, invoice_id FROM invoice_proposals WHERE status = 'Open'
            """)
    }

    func count(_ table: String) throws -> Int { try connection.query("SELECT count(*) FROM \(table)").single().int(0) }

    func texts(_ query: String) throws -> [String] { try connection.query(query).map { try $0.string(0) } }

    /// Everything that staging and import have written, but for numbers that identify a run.
    func content() throws -> [String] {
        try texts(
            """
            SELECT t FROM (
                SELECT 'staged ' || (to_jsonb(s) - 'batch_id')::text AS t FROM actuals_staging s
                UNION ALL SELECT 'arrivals ' || data_area_id || invoice_id || sum(count)
                    FROM invoice_arrivals GROUP BY data_area_id, invoice_id
                UNION ALL SELECT 'journal ' || to_jsonb(j)::text FROM integration_journals j
                UNION ALL SELECT 'line ' || to_jsonb(l)::text FROM integration_journal_lines l
                UNION ALL SELECT 'proposal ' || to_jsonb(p)::text FROM invoice_proposals p
                UNION ALL SELECT 'proposal line ' || to_jsonb(l)::text FROM invoice_proposal_lines l
                UNION ALL SELECT 'blocked ' || (to_jsonb(b) - 'blocked_at' - 'setup_version')::text FROM blocked_actuals b
                UNION ALL SELECT 'log ' || message FROM execution_log
            ) all_rows ORDER BY 1
            """)
    }

    static let setup = """
        companies:
          usmf:
            name: Contoso USA
            accounting-currency: USD
            parameters:
              journal-period-unit: months
              journal-line-limit: 200
              milestone-item-sales-tax-group: FULL
            exchange-rates:
              EUR: {2026-01-01: 108, 2026-10-01: 110}
            fiscal-periods:
              - {from: 2026-01-01, to: 2026-08-31, status: closed}
              - {from: 2026-09-01, to: 2026-12-31, status: open}
            sales-tax-codes:
              STATE: {percentage: 6.5}
            sales-tax-groups:
              DOM: [STATE]
            item-sales-tax-groups:
              FULL: [STATE]
            sales-tax-group-defaults:
              customers: {US-001: DOM}
            line-properties:
              Chargeable: {id: Charge, chargeable: true, accrue-revenue: true}
              Non Chargeable: {id: NonCharge, chargeable: false, accrue-revenue: false}
              Not Available: {id: Cost, chargeable: false, accrue-revenue: false}
            project-categories:
              Consulting: {class: Time, item-sales-tax-group: FULL, default: true}
              Fee: {class: Fee, item-sales-tax-group: FULL, default: true}
            number-sequences:
              integration-journal: {prefix: USPM-}
              voucher: {prefix: V-, digits: 8}
          demf:
            name: Contoso Germany
            accounting-currency: EUR
            exchange-rates:
              USD: {2026-01-01: 92}
            fiscal-periods:
              - {from: 2026-01-01, to: 2026-12-31, status: open}
            line-properties:
              Chargeable: {id: Charge, chargeable: true, accrue-revenue: true}
              Non Chargeable: {id: NonCharge, chargeable: false, accrue-revenue: false}
              Not Available: {id: Cost, chargeable: false, accrue-revenue: false}
            project-categories:
              Consulting: {class: Time, default: true}
            number-sequences:
              integration-journal: {prefix: DEPM-}
              voucher: {prefix: DV-, digits: 8}
        """
}

/// An id that a number gives.
func id(_ number: Int, _ kind: UInt64 = 1) -> GUID { GUID(high: kind << 32, low: UInt64(bitPattern: Int64(number))) }

/// Eight hours on project P1, changed as a test needs it.
func actual(_ number: Int, _ type: TransactionType, _ change: (inout ActualCreated) -> Void = { _ in }) -> ActualCreated
{
    var actual = ActualCreated(
        actualId: id(number), rowVersion: 1, company: "usmf", projectNumber: "P1", contractNumber: "C1",
        customerAccount: "US-001", transactionType: type, transactionClass: .time,
        billingType: type == .cost ? .notAvailable : .chargeable, currency: "USD", currencyPrecision: 2,
        quantity: Quantity(8), price: Money(200), amount: Money(1600), documentDate: CalendarDate(day: 20_710),
        accountingDate: CalendarDate(day: 20_710), category: "Consulting")
    if type == .billedSales {
        actual.billingMethod = .timeAndMaterial
        actual.invoiceId = id(1, 9)
        actual.unbilledActualId = id(number - 1_000)
    }
    change(&actual)
    return actual
}

/// The confirmation of an invoice with these billed sales.
func confirmation(
    of billed: [ActualCreated], number: String = "PRO-1", invoice: GUID = id(1, 9), version: Int = 1
) throws -> InvoiceConfirmed {
    var totals = ControlTotals()
    let hash = try SHA256()
    for row in billed {
        totals += (
            row.amount,
            ControlDigest(actualId: row.actualId, amount: row.amount, currency: row.currency, hash: hash)
        )
    }
    return InvoiceConfirmed(
        invoiceId: invoice, invoiceNumber: number, company: billed.first?.company ?? "usmf", contractNumber: "C1",
        customerAccount: "US-001", currency: "USD", currencyPrecision: 2, accountingDate: CalendarDate(day: 20_720),
        hasCorrections: false, lineAmount: totals.amount, totalsVersion: version, totalCount: totals.count,
        totalAmount: totals.amount, totalDigest: totals.digest)
}
