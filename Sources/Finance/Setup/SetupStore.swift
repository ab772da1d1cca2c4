import Bus
import Contracts
import Database

/// Companies and their set-up: `companies`, `setup_version` and every table of a ``SetupRow``.
struct SetupStore {
    let connection: Connection

    /// The version of all companies' set-up, which rises with every change.
    func version() throws -> Int { try connection.value(Int.self, "SELECT version FROM setup_version") }

    /// The version, which does not rise until the transaction ends: whoever changes set-up waits.
    func holdVersion() throws -> Int { try connection.value(Int.self, "SELECT version FROM setup_version FOR SHARE") }

    /// A company's set-up, all of it at one moment.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/companyNotConfigured``; `DatabaseError`.
    func setup(of company: Company) throws -> FinanceSetup {
        while true {
            let version = try version()
            let setup = try read(company, version: version)
            // Whoever changes set-up raises the version in the same transaction.
            if try self.version() == version { return setup }
        }
    }

    private func read(_ id: Company, version: Int) throws -> FinanceSetup {
        let company = try row(of: id)
        var loader = Loader(connection: connection, company: id, readsCustomers: false)
        var rows = SetupRows()
        if company != nil { try rows.visit(&loader) }
        guard let company, let parameters = rows.parameters.first?.parameters else {
            throw SetupGap(
                .companyNotConfigured,
                "company \(id) is not configured; add it with \"ledgerbus finance configure\"")
        }
        var setup = FinanceSetup(company: company, parameters: parameters, rows: rows, version: version)
        for known in try connection.records(CompanyRow.self, "SELECT \(CompanyRow.columnList) FROM companies") {
            setup.accountingCurrencies[known.id] = known.accountingCurrency
        }
        return setup
    }

    private func row(of company: Company) throws -> CompanyRow? {
        try connection.record(
            CompanyRow.self, "SELECT \(CompanyRow.columnList) FROM companies WHERE data_area_id = $1", company)
    }

    /// Reads the rows of a company.
    private struct Loader: SetupRowVisitor {
        let connection: Connection
        let company: Company
        /// There may be many, and what computes has no need of them.
        let readsCustomers: Bool

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) throws {
            guard readsCustomers || Row.self != CustomerRow.self else { return }
            rows = try connection.records(
                Row.self, "SELECT \(Row.columnList) FROM \(Row.table) WHERE data_area_id = $1", company)
        }
    }
}

// What set-up files say of a company.
extension SetupStore {
    /// A company with all its rules; nil when there is none.
    func section(of company: Company) throws -> FinanceConfiguration.Section? {
        guard let row = try row(of: company) else { return nil }
        var section = FinanceConfiguration.Section(
            row: row,
            sequences: try NumberSequenceStore(connection: connection).rows(of: company)
                .map { NumberSequenceSetting($0) })
        var loader = Loader(connection: connection, company: company, readsCustomers: true)
        try section.rows.visit(&loader)
        return section
    }

    /// The companies that are not among these.
    func companies(except named: [Company] = []) throws -> [Company] {
        try connection.values(
            Company.self, "SELECT data_area_id FROM companies WHERE NOT data_area_id = ANY ($1) ORDER BY 1", named)
    }
}

// What applying a set-up file does.
extension SetupStore {
    /// Keeps others from changing set-up until the transaction ends: two files at once would mix.
    func lock() throws { try connection.executeScript("LOCK TABLE companies IN SHARE ROW EXCLUSIVE MODE") }

    /// What a company is held for until the transaction ends.
    enum Hold: String {
        /// Its accounting currency is computed with.
        case use = "FOR KEY SHARE"
        /// Its accounting currency is to change.
        case change = "FOR UPDATE"
    }

    /// Waits until no other transaction holds the company for the opposite. To be called before the company's set-up is
    /// read: what has been computed with the accounting currency is then written before that can change, or computed
    /// with the new one.
    func hold(_ company: Company, for hold: Hold) throws {
        try connection.execute("SELECT FROM companies WHERE data_area_id = $1 \(hold.rawValue)", company)
    }

    /// Whether there is something of a company that was computed with its accounting currency.
    func hasBooks(_ company: Company) throws -> Bool {
        try connection.value(
            Bool.self,
            """
            SELECT EXISTS (SELECT FROM integration_journals WHERE data_area_id = $1)
                OR EXISTS (SELECT FROM project_invoices WHERE data_area_id = $1)
            """, company)
    }

    /// Whether a company has posted beginning balances.
    func hasBeginningBalances(_ company: Company) throws -> Bool {
        try connection.value(
            Bool.self,
            """
            SELECT EXISTS (
                SELECT FROM integration_journals WHERE data_area_id = $1 AND kind = \(JournalKind.beginningBalance.sql)
                    AND status = \(JournalStatus.posted.sql))
            """, company)
    }

    /// Waits for those who hold the version, and keeps others from reading it under lock until the transaction ends.
    func lockVersion() throws { try connection.execute("SELECT FROM setup_version FOR NO KEY UPDATE") }

    /// Has everybody look again at what an older set-up blocked. The tables of rules do so by themselves.
    func raiseVersion() throws { try connection.execute("UPDATE setup_version SET version = version + 1") }

    func write(_ company: CompanyRow) throws {
        try connection.insert(
            company, into: "companies",
            """
            ON CONFLICT (data_area_id) DO UPDATE
                SET \(CompanyRow.assignments(from: "excluded", except: ["data_area_id"]))
            """)
    }

    /// Puts these rows in the place of all that a company has.
    func replace(_ rows: SetupRows, of company: Company) throws {
        var rows = rows
        var tables = Tables()
        try rows.visit(&tables)
        for table in tables.names.reversed() {
            try connection.execute("DELETE FROM \(table) WHERE data_area_id = $1", company)
        }
        var writer = Writer(connection: connection)
        try rows.visit(&writer)
    }

    private struct Tables: SetupRowVisitor {
        var names: [String] = []

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) { names.append(Row.table) }
    }

    private struct Writer: SetupRowVisitor {
        let connection: Connection

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) throws {
            var copy = CopyRows()
            try copy.append(contentsOf: rows)
            try connection.copy(copy, of: Row.self, into: Row.table)
        }
    }
}
