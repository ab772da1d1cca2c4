import Bus
public import Contracts
public import Service

/// What differs from one Dataverse environment to the next.
public struct DataverseConfiguration: Sendable {
    /// Web API names of columns that are known by their label only (`domain.md` §1.3).
    public struct Columns: Sendable, Hashable {
        /// *Skip Sync (internal use only)* of an actual.
        public var skipSync = "msdyn_skipsync"
        /// The accounting date of an actual.
        public var accountingDate = "msdyn_accountingdate"
        /// The accounting date in an invoice's header.
        public var invoiceAccountingDate = "msdyn_accountingdate"
        /// A project's number in Finance.
        public var projectNumber = "msdynce_projectnumber"
        /// The legal entity that owns a project contract, project or organizational unit.
        public var company = "_msdyn_company_value"
        /// The milestone that an invoice line detail bills.
        public var milestone = "_msdyn_contractlinescheduleofvalue_value"
        /// *Not-to-exceed Status* of an unbilled sale.
        public var notToExceedStatus = "msdyn_ntestatus"
        /// The customer to whom a milestone is billed, where its contract line has several (`domain.md` §6.6).
        public var milestoneCustomer = "_msdyn_accountcustomer_value"
        /// *Voucher Number* of an actual. Read only where there is a cut-over, and only of actuals that are new: what
        /// Finance gives back is never loaded (promise 9).
        public var voucher = "msdyn_vouchernumber"

        /// What a transaction comes to after its discount, without tax; of what is invoiced, with its fee. Where discounts and
        /// fees are used it is not *Amount*, which is quantity and price (`domain.md` §6.13).
        public var amount = "msdyn_amount"
        /// *Discount amount* and *Fee amount* of a transaction, and the actual that a fee is for. Their names are not
        /// published: these are guesses.
        public var discountAmount = "msdyn_discountamount"
        public var feeAmount = "msdyn_feeamount"
        public var sourceActual = "_msdyn_sourceactual_value"

        public init() {}
    }

    public var columns: Columns
    /// The legal entity of an organizational unit, by the unit's name, where
    /// Dataverse itself doesn't say (`domain.md` §5.2).
    public var unitCompanies: [String: Company]
    /// Whose days count: `DATAVERSE_TIME_ZONE`.
    public var zone: DayZone
    public var choices: ChoiceTables
    /// What the numbers of drafts that are made here begin with: `dataverse.invoices.prefix`.
    public var invoiceNumberPrefix = "PI-"

    public init(
        columns: Columns = Columns(), unitCompanies: [String: Company] = [:], zone: DayZone = .utc,
        choices: ChoiceTables
    ) {
        self.columns = columns
        self.unitCompanies = unitCompanies
        self.zone = zone
        self.choices = choices
    }
}

extension DataverseConfiguration {
    /// Reads `dataverse.columns.…`, `dataverse.companies.UNIT: CODE`, `dataverse.time.zone` and
    /// `dataverse.invoices.prefix`.
    ///
    /// - throws: `ConfigError` when a value is malformed.
    public init(reader: ConfigReader, choices: ChoiceTables) throws {
        var columns = Columns()
        for (key, path) in Columns.keys {
            columns[keyPath: path] = try reader.string(
                forKey: "dataverse.columns.\(key)", default: columns[keyPath: path])
        }
        var companies: [String: Company] = [:]
        for (unit, code) in try reader.properties(underKey: Self.companiesKey) {
            guard let company = Company(code) else {
                throw ConfigError("\(Self.companiesKey).\(unit): \"\(code)\" is not \(Company.expected)")
            }
            companies[unit] = company
        }
        self.init(
            columns: columns, unitCompanies: companies, zone: try reader.dayZone(side: .dataverse), choices: choices)
        invoiceNumberPrefix = try reader.string(forKey: Self.prefixKey, default: invoiceNumberPrefix)
        guard invoiceNumberPrefix.unicodeScalars.count <= 10 else {
            throw ConfigError("\(Self.prefixKey): \"\(invoiceNumberPrefix)\" is longer than 10 characters")
        }
    }
}

extension DataverseConfiguration {
    private static let companiesKey = "dataverse.companies"
    private static let prefixKey = "dataverse.invoices.prefix"
}

extension DataverseConfiguration.Columns {
    /// The configuration key of each column.
    static var keys: [(String, WritableKeyPath<Self, String>)] {
        [
            ("skip-sync", \.skipSync), ("accounting-date", \.accountingDate),
            ("invoice-accounting-date", \.invoiceAccountingDate), ("project-number", \.projectNumber),
            ("company", \.company), ("milestone", \.milestone), ("amount", \.amount),
            ("discount-amount", \.discountAmount), ("fee-amount", \.feeAmount), ("source-actual", \.sourceActual),
            ("milestone-customer", \.milestoneCustomer), ("not-to-exceed-status", \.notToExceedStatus),
            ("voucher", \.voucher),
        ]
    }
}
