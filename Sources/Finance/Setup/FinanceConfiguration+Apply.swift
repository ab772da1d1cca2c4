import Bus
public import Database

extension FinanceConfiguration {
    /// What applying a set-up file did.
    public struct Applied: Hashable, Sendable {
        /// The companies that the file configures.
        public let companies: [String]
        /// How many rules they have.
        public let rules: Int
        /// Companies that the file no longer names: they keep their numbers and lost their rules.
        public let unnamed: [String]
    }

    /// Makes the database's set-up what the file says, in one transaction: what the file no longer names is removed.
    /// Number sequences stay, and never go back.
    ///
    /// - throws: `YAMLError` when the file would change the accounting currency of a company that has journal lines;
    ///   `DatabaseError`.
    public func apply(to connection: Connection) throws -> Applied {
        try connection.transaction {
            // Two files at once would mix.
            try connection.executeScript("LOCK TABLE companies IN SHARE ROW EXCLUSIVE MODE")
            for company in companies { try write(company, to: connection) }
            var rules = 0
            for table in ConfiguredTables.Table.allCases.reversed() {
                try connection.execute("DELETE FROM \(table.rawValue)")
            }
            for table in ConfiguredTables.Table.allCases where !tables[table].isEmpty {
                let columns = table.columns.joined(separator: ", ")
                rules += try connection.copyIn("COPY \(table.rawValue) (\(columns)) FROM STDIN (FORMAT binary)") {
                    try $0.write(tables[table])
                }
            }
            let named = companies.map(\.id)
            let unnamed = try connection.query(
                "SELECT data_area_id FROM companies WHERE NOT data_area_id = ANY ($1) ORDER BY 1", named)
            return Applied(companies: named, rules: rules, unnamed: try unnamed.map { try $0.string(0) })
        }
    }

    private func write(_ company: Company, to connection: Connection) throws {
        let changed = try connection.query(
            """
            SELECT accounting_currency FROM companies
            WHERE data_area_id = $1 AND (accounting_currency <> $2 OR accounting_currency_precision <> $3)
                AND EXISTS (SELECT FROM integration_journals WHERE integration_journals.data_area_id = $1)
            """, company.id, company.accountingCurrency, Int32(company.accountingCurrencyPrecision))
        if let row = changed.first {
            throw company.place.error(
                "the accounting currency of company \(company.id) was \(try row.string(0)) when its journals were "
                    + "made, and cannot change any more")
        }
        try connection.execute(
            """
            INSERT INTO companies (data_area_id, name, accounting_currency, accounting_currency_precision)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (data_area_id) DO UPDATE SET name = excluded.name,
                accounting_currency = excluded.accounting_currency,
                accounting_currency_precision = excluded.accounting_currency_precision
            """, company.id, company.name, company.accountingCurrency, Int32(company.accountingCurrencyPrecision))
        for sequence in company.sequences {
            try connection.execute(
                """
                INSERT INTO number_sequences AS sequence (data_area_id, sequence, prefix, next, digits)
                VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (data_area_id, sequence) DO UPDATE SET prefix = excluded.prefix,
                    digits = excluded.digits, next = greatest(sequence.next, excluded.next)
                """, company.id, sequence.sequence.rawValue, sequence.prefix, Int64(sequence.next),
                Int32(sequence.digits))
        }
    }
}
