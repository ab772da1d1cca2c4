import Bus
import Contracts
import Database

/// Companies and their set-up: `companies`, `setup_version` and every table of a ``SetupRow``.
struct SetupStore {
    let connection: Connection

    /// A company as set-up has it.
    struct CompanyRow: Record {
        var id: Company
        var name: String
        var accountingCurrency: CurrencyCode
        var accountingCurrencyPrecision: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            CompanyRow(
                id: try column("data_area_id", row?.id),
                name: try column("name", row?.name),
                accountingCurrency: try column("accounting_currency", row?.accountingCurrency),
                accountingCurrencyPrecision: try column(
                    "accounting_currency_precision", row?.accountingCurrencyPrecision, as: Int32.self))
        }
    }

    /// The version of all companies' set-up, which rises with every change.
    func version() throws -> Int { try connection.value(Int.self, "SELECT version FROM setup_version") }

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
        var loader = Loader(connection: connection, company: id)
        let company = try connection.record(
            CompanyRow.self, "SELECT \(CompanyRow.columnList) FROM companies WHERE data_area_id = $1", id)
        var rows = SetupRows()
        if company != nil { try rows.visit(&loader) }
        guard let company, let parameters = rows.parameters.first?.parameters else {
            throw SetupGap(
                .companyNotConfigured,
                "company \(id) is not configured; add it with \"ledgerbus finance configure\"")
        }
        return FinanceSetup(company: company, parameters: parameters, rows: rows, version: version)
    }

    /// Reads the rows of a company; its customers stay in the database, since there may be many.
    private struct Loader: SetupRowVisitor {
        let connection: Connection
        let company: Company

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) throws {
            guard Row.self != CustomerRow.self else { return }
            rows = try connection.records(
                Row.self, "SELECT \(Row.columnList) FROM \(Row.table) WHERE data_area_id = $1", company)
        }
    }
}

// What applying a set-up file does.
extension SetupStore {
    /// Keeps others from changing set-up until the transaction ends: two files at once would mix.
    func lock() throws { try connection.executeScript("LOCK TABLE companies IN SHARE ROW EXCLUSIVE MODE") }

    /// The accounting currency of a company that has journals, if what it is to have is another.
    func currencyOfJournals(unlike company: CompanyRow) throws -> CurrencyCode? {
        try connection.optionalValue(
            CurrencyCode.self,
            """
            SELECT accounting_currency FROM companies
            WHERE data_area_id = $1 AND (accounting_currency <> $2 OR accounting_currency_precision <> $3)
                AND EXISTS (SELECT FROM integration_journals WHERE integration_journals.data_area_id = $1)
            """, company.id, company.accountingCurrency, company.accountingCurrencyPrecision)
    }

    func write(_ company: CompanyRow) throws {
        try connection.insert(
            company, into: "companies",
            """
            ON CONFLICT (data_area_id) DO UPDATE
                SET \(CompanyRow.assignments(from: "excluded", except: ["data_area_id"]))
            """)
    }

    /// Puts these rows in the place of all there are, of every company.
    ///
    /// - returns: how many there are now.
    func replaceAll(_ rows: SetupRows) throws -> Int {
        var rows = rows
        var tables = Tables()
        try rows.visit(&tables)
        for table in tables.names.reversed() { try connection.execute("DELETE FROM \(table)") }
        var writer = Writer(connection: connection)
        try rows.visit(&writer)
        return writer.count
    }

    /// The companies that are not among these.
    func companies(except named: [Company]) throws -> [Company] {
        try connection.values(
            Company.self, "SELECT data_area_id FROM companies WHERE NOT data_area_id = ANY ($1) ORDER BY 1", named)
    }

    private struct Tables: SetupRowVisitor {
        var names: [String] = []

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) { names.append(Row.table) }
    }

    private struct Writer: SetupRowVisitor {
        let connection: Connection
        var count = 0

        mutating func visit<Row: SetupRow>(_ rows: inout [Row]) throws {
            var copy = CopyRows()
            try copy.append(contentsOf: rows)
            count += try connection.copy(copy, of: Row.self, into: Row.table)
        }
    }
}
