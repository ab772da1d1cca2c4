import Bus
import Contracts
import Database
import Service
import Testbed

@testable import Finance

/// A Finance database with a company, ready to post in.
///
/// Company `usmf` keeps its books in USD. Projects: `WIP` accrues revenue,
/// `PLAIN` does not, `FPPL` invoices fixed price to profit and loss, `FPBAL`
/// to the balance. A euro is 1.1055 USD.
final class PostingFixture {
    let database: TestDatabase
    let connection: Connection
    let choices: ChoiceTables
    private var actuals: UInt64 = 0

    init() throws {
        database = try TestDatabase(FinanceSchema.migrations)
        connection = try database.connect()
        choices = try ChoiceTables()
        try connection.executeScript(Self.setup)
    }

    /// A new actual's id.
    func actual() -> GUID {
        actuals += 1
        return GUID(high: 0xA000_0000_0000_0000, low: actuals)
    }

    func logger() -> Logger {
        var logger = Logger(label: "posting-tests")
        logger.logLevel = .critical
        return logger
    }

    func worker(
        chunk: Int = 10_000, shutdown: GracefulShutdown = GracefulShutdown(), lease: Duration = .seconds(30),
        atCheckpoint: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) -> PostingWorker {
        PostingWorker(
            claims: PostingClaims(worker: "test", lease: lease), active: ActivePostings(),
            databaseURL: database.url, setups: SetupCache(), choices: choices, chunk: chunk, shutdown: shutdown,
            logger: logger(),
            atCheckpoint: atCheckpoint)
    }

    /// Asks for a posting, as a command that came over the bus.
    @discardableResult
    func request(_ kind: PostingKind, _ number: String, invoiceDate: String? = nil) throws -> GUID {
        actuals += 1
        let command = GUID(high: 0xC000_0000_0000_0000, low: actuals)
        try connection.execute(
            """
            INSERT INTO posting_requests (command_id, data_area_id, kind, number, invoice_date, requested_by)
            VALUES ($1, 'usmf', $2, $3, $4::text::date, 'tests')
            """, command, kind.rawValue, number, invoiceDate)
        return command
    }

    struct Outcome: Equatable {
        var status: String
        var error: String?
        var note: String?
    }

    func outcome(of command: GUID) throws -> Outcome {
        let row = try connection.query(
            "SELECT status, error, note FROM posting_requests WHERE command_id = $1", command
        ).single()
        return Outcome(
            status: try row.string(0), error: try row.optionalString(1), note: try row.optionalString(2))
    }

    /// Asks for a posting, and carries it out.
    @discardableResult
    func post(
        _ kind: PostingKind, _ number: String, invoiceDate: String? = nil, chunk: Int = 10_000
    ) throws -> Outcome {
        let command = try request(kind, number, invoiceDate: invoiceDate)
        while try worker(chunk: chunk).workOnce(connection) {}
        return try outcome(of: command)
    }

    /// `type project amount accounting` of each entry of a voucher, amounts with two places.
    func entries(_ voucher: String) throws -> [String] {
        try connection.query(
            """
            SELECT posting_type || ' ' || coalesce(project_number, '-') || ' ' || amount::numeric(19, 2) || ' '
                || accounting_amount::numeric(19, 2)
            FROM ledger_entries WHERE data_area_id = 'usmf' AND voucher = $1 ORDER BY entry_number
            """, voucher
        ).map { try $0.string(0) }
    }

    /// The entries of the invoice that a proposal became.
    func invoiceEntries(_ proposal: String) throws -> [String] {
        try entries(try text("SELECT voucher FROM project_invoices WHERE proposal_number = '\(proposal)'"))
    }

    /// What stands on a posting type in all, in accounting currency.
    func balance(_ type: PostingType, project: String? = nil) throws -> String {
        try connection.query(
            """
            SELECT coalesce(sum(accounting_amount), 0)::numeric(19, 2)::text FROM ledger_entries
            WHERE posting_type = $1 AND ($2::text IS NULL OR project_number = $2)
            """, type.rawValue, project
        ).single().string(0)
    }

    func count(_ table: String, _ condition: String = "true") throws -> Int {
        try connection.query("SELECT count(*) FROM \(table) WHERE \(condition)").single().int(0)
    }

    func text(_ sql: String) throws -> String {
        try connection.query(sql).single().string(0)
    }

    /// What posting wrote, of which a posting that failed leaves nothing.
    func rowsPosted() throws -> Int {
        try [
            "project_transactions", "ledger_entries", "project_invoice_lines", "project_invoices",
            "on_account_transactions", "sales_tax_transactions", "outbox", "outbox_pending",
        ].reduce(0) { try $0 + count($1) }
    }

    private static let setup = """
        INSERT INTO companies VALUES ('usmf', 'Contoso', 'USD', 2);
        INSERT INTO project_parameters (data_area_id) VALUES ('usmf');
        INSERT INTO exchange_rates VALUES ('usmf', 'EUR', '2026-01-01', 110.55), ('usmf', 'EUR', '2026-07-01', 120);
        INSERT INTO fixed_rate_agreements VALUES ('usmf', 'C-FIX', 'EUR', 200, NULL);
        INSERT INTO fiscal_periods VALUES
            ('usmf', '2025-01-01', '2025-12-31', 'closed'), ('usmf', '2026-01-01', '2026-12-31', 'open');
        INSERT INTO sales_tax_codes VALUES
            ('usmf', 'CITY', 'City tax', 2.125, false), ('usmf', 'INC', 'Contained', 19, true),
            ('usmf', 'INC2', 'Contained as well', 5, true), ('usmf', 'STATE', 'State tax', 7.5, false);
        INSERT INTO sales_tax_groups VALUES
            ('usmf', 'BOTH', 'CITY'), ('usmf', 'BOTH', 'STATE'), ('usmf', 'ONE', 'STATE'), ('usmf', 'INC', 'INC'),
            ('usmf', 'INCBOTH', 'INC'), ('usmf', 'INCBOTH', 'INC2');
        INSERT INTO item_sales_tax_groups VALUES
            ('usmf', 'ALL', 'CITY'), ('usmf', 'ALL', 'STATE'), ('usmf', 'ALL', 'INC'), ('usmf', 'ALL', 'INC2'),
            ('usmf', 'CITYONLY', 'CITY');
        INSERT INTO line_properties VALUES
            ('usmf', 'Chargeable', 'Charge', 'Chargeable', true, true),
            ('usmf', '', 'Charge', 'Chargeable', true, true),
            ('usmf', 'Non Chargeable', 'NonCharge', 'Non-chargeable', false, false),
            ('usmf', 'Complimentary', 'Free', 'Complimentary', false, false),
            ('usmf', 'Not Available', 'None', 'Not available', false, false);
        INSERT INTO project_categories VALUES ('usmf', 'Work', 'Time', NULL, true);
        INSERT INTO accounting_profiles VALUES
            ('usmf', 'company', '', true, 'balance'), ('usmf', 'project', 'PLAIN', false, 'balance'),
            ('usmf', 'project', 'FPPL', false, 'profit-and-loss');
        INSERT INTO posting_accounts
            SELECT 'usmf', type, 'company', '', 'A-' || type FROM unnest(ARRAY[
                'cost', 'payroll-allocation', 'expense-offset', 'item-offset', 'wip-sales-value',
                'accrued-revenue-sales-value', 'invoiced-revenue', 'invoiced-revenue-on-account',
                'wip-invoiced-on-account', 'customer-balance', 'sales-tax', 'penny-difference']) AS type;
        INSERT INTO payment_terms VALUES ('usmf', 'Net 30', 30), ('usmf', 'Net 60', 60);
        INSERT INTO customers VALUES
            ('usmf', 'US-001', 'Contoso Retail', 'Net 30', false), ('usmf', 'US-NOTERMS', 'Cash', NULL, false),
            ('usmf', 'US-HOLD', 'On hold', NULL, true);
        INSERT INTO number_sequences VALUES
            ('usmf', 'voucher', 'PSV-', 1, 6), ('usmf', 'customer-invoice', 'CIV-', 1, 6),
            ('usmf', 'integration-journal', 'USPM-', 1, 6);
        """
}
