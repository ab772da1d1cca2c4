import Bus
import Contracts
public import Database

extension FinanceSetup {
    /// Reads a company's set-up, all of it at one moment.
    ///
    /// - throws: ``SetupGap`` with the code ``SetupGap/Code/companyNotConfigured``; `DatabaseError`.
    public static func load(_ connection: Connection, company: String) throws -> FinanceSetup {
        while true {
            let version = try currentVersion(connection)
            let setup = try read(connection, company: company, version: version)
            // Whoever changes set-up raises the version in the same transaction.
            if try currentVersion(connection) == version { return setup }
        }
    }

    /// The version of all companies' set-up, which rises with every change.
    public static func currentVersion(_ connection: Connection) throws -> Int {
        try connection.query("SELECT version FROM setup_version").single().int(0)
    }

    private static func read(_ connection: Connection, company: String, version: Int) throws -> FinanceSetup {
        let rows = try connection.query(
            """
            SELECT accounting_currency, accounting_currency_precision, journal_period_unit, journal_line_limit,
                set_accounting_date_to_open_period, exchange_rate_date, sales_tax_group_method,
                milestone_item_sales_tax_group
            FROM companies JOIN project_parameters USING (data_area_id) WHERE data_area_id = $1
            """, company)
        guard let row = rows.first else {
            throw SetupGap(
                .companyNotConfigured,
                "company \(company) is not configured; add it with \"ledgerbus finance configure\"")
        }
        var parameters = ProjectParameters()
        parameters.journalPeriodUnit = try row.label(2)
        parameters.journalLineLimit = try row.int(3)
        parameters.setsAccountingDateToOpenPeriod = try row.bool(4)
        parameters.exchangeRateDate = try row.label(5)
        parameters.salesTaxGroupMethod = try row.label(6)
        parameters.milestoneItemSalesTaxGroup = try row.optionalString(7)
        var setup = FinanceSetup(
            company: company, accountingCurrency: try row.string(0), accountingCurrencyPrecision: try row.int(1),
            version: version, parameters: parameters)
        try setup.readDates(connection)
        try setup.readSalesTax(connection)
        try setup.readCategories(connection)
        try setup.readAccounts(connection)
        return setup
    }

    private mutating func readDates(_ connection: Connection) throws {
        for row in try connection.query(
            "SELECT currency, valid_from, rate FROM exchange_rates WHERE data_area_id = $1 ORDER BY valid_from", company
        ) {
            exchangeRates[try row.string(0), default: []].append(
                DatedRate(validFrom: try row.date(1), rate: try row.exchangeRate(2)))
        }
        for row in try connection.query(
            "SELECT contract_number, currency, rate FROM fixed_rate_agreements WHERE data_area_id = $1", company)
        {
            fixedRates[ContractCurrency(contract: try row.string(0), currency: try row.string(1))] =
                try row.exchangeRate(2)
        }
        for row in try connection.query(
            "SELECT starts_on, ends_on, status = 'open' FROM fiscal_periods WHERE data_area_id = $1 ORDER BY starts_on",
            company)
        {
            fiscalPeriods.append(
                FiscalPeriod(startsOn: try row.date(0), endsOn: try row.date(1), isOpen: try row.bool(2)))
        }
        for row in try connection.query(
            "SELECT payment_terms, days FROM payment_terms WHERE data_area_id = $1", company)
        {
            paymentTermDays[try row.string(0)] = try row.int(1)
        }
    }

    private mutating func readSalesTax(_ connection: Connection) throws {
        for row in try connection.query(
            "SELECT sales_tax_code, name, percentage, included FROM sales_tax_codes WHERE data_area_id = $1", company)
        {
            let code = try row.string(0)
            salesTaxCodes[code] = SalesTaxCode(
                code: code, name: try row.string(1), percentage: try row.percentage(2), included: try row.bool(3))
        }
        for row in try connection.query(
            "SELECT sales_tax_group, sales_tax_code FROM sales_tax_groups WHERE data_area_id = $1", company)
        {
            salesTaxGroups[try row.string(0), default: []].append(try row.string(1))
        }
        salesTaxGroups = salesTaxGroups.mapValues { $0.sorted() }
        for row in try connection.query(
            "SELECT item_sales_tax_group, sales_tax_code FROM item_sales_tax_groups WHERE data_area_id = $1", company)
        {
            itemSalesTaxGroups[try row.string(0), default: []].insert(try row.string(1))
        }
        for row in try connection.query(
            "SELECT relation, number, sales_tax_group FROM sales_tax_group_defaults WHERE data_area_id = $1", company)
        {
            salesTaxGroupDefaults[try row.label(0), default: [:]][try row.string(1)] = try row.string(2)
        }
    }

    private mutating func readCategories(_ connection: Connection) throws {
        for row in try connection.query(
            """
            SELECT billing_type, line_property_id, name, chargeable, accrue_revenue
            FROM line_properties WHERE data_area_id = $1
            """, company)
        {
            let label = try row.string(0)
            lineProperties[label.isEmpty ? nil : try row.choice(0)] = LineProperty(
                id: try row.string(1), name: try row.string(2), chargeable: try row.bool(3),
                accruesRevenue: try row.bool(4))
        }
        for row in try connection.query(
            """
            SELECT category_id, transaction_class, item_sales_tax_group, is_default
            FROM project_categories WHERE data_area_id = $1
            """, company)
        {
            let category = ProjectCategory(
                id: try row.string(0), transactionClass: try row.choice(1), itemSalesTaxGroup: try row.optionalString(2)
            )
            categories[category.id] = category
            if try row.bool(3) { defaultCategories[category.transactionClass] = category.id }
        }
    }

    private mutating func readAccounts(_ connection: Connection) throws {
        for row in try connection.query(
            "SELECT relation, number, accrue_revenue, on_account FROM accounting_profiles WHERE data_area_id = $1",
            company)
        {
            accountingProfiles[try row.label(0), default: [:]][try row.string(1)] = AccountingProfile(
                accruesRevenue: try row.bool(2), onAccount: try row.label(3))
        }
        for row in try connection.query(
            "SELECT posting_type, relation, number, main_account FROM posting_accounts WHERE data_area_id = $1", company
        ) {
            postingAccounts[try row.label(0), default: [:]][try row.label(1), default: [:]][try row.string(2)] =
                try row.string(3)
        }
    }
}

extension BinaryRow {
    /// A value that is stored by its name.
    ///
    /// - throws: `DatabaseError` when this program has no such value.
    func label<Value: RawRepresentable<String>>(_ column: Int, as: Value.Type = Value.self) throws -> Value {
        let text = try string(column)
        guard let value = Value(rawValue: text) else {
            throw DatabaseError(
                message: "\"\(text)\" is no \(Value.self)", hint: "was it stored by a newer program?")
        }
        return value
    }
}
