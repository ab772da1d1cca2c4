/// A Dataverse choice: a closed set of meanings, each with a numeric code.
public protocol Choice: Hashable, Sendable, CaseIterable, RawRepresentable where RawValue == String {
    /// The logical name of the column, as configuration and errors name it.
    static var column: String { get }

    /// The code of each meaning, where it is published (`domain.md` §1.2, §2).
    static var publishedCodes: [Int: Self] { get }

    /// Its table among all choices'.
    static func table(in choices: ChoiceTables) -> ChoiceTable<Self>
}

/// `msdyn_transactiontypecode` (`domain.md` §1.2). The raw value is the label.
public enum TransactionType: String, Choice {
    case cost = "Cost"
    case projectContract = "Project Contract"
    case unbilledSales = "Unbilled Sales"
    case billedSales = "Billed Sales"
    case resourcingUnitCost = "Resourcing Unit Cost"
    case interOrganizationalSales = "Inter-Organizational Sales"

    public static var column: String { "msdyn_transactiontypecode" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<TransactionType> { choices.transactionType }
    public static let publishedCodes: [Int: TransactionType] = [
        192_350_000: .cost,
        192_350_004: .projectContract,
        192_350_005: .unbilledSales,
        192_350_006: .billedSales,
        192_350_007: .resourcingUnitCost,
        192_350_008: .interOrganizationalSales,
    ]
}

/// `msdyn_transactionclassification` (`domain.md` §1.2). The raw value is the label.
///
/// The code of *Retainer* is not published: it is configuration.
public enum TransactionClass: String, Choice {
    case time = "Time"
    case expense = "Expense"
    case material = "Material"
    case milestone = "Milestone"
    case fee = "Fee"
    case retainer = "Retainer"
    case commission = "Commission"
    case additional = "Additional"
    case tax = "Tax"

    public static var column: String { "msdyn_transactionclassification" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<TransactionClass> { choices.transactionClass }
    public static let publishedCodes: [Int: TransactionClass] = [
        192_350_000: .time,
        192_350_001: .expense,
        192_350_002: .material,
        192_350_003: .milestone,
        192_350_004: .fee,
        690_970_000: .commission,
        690_970_001: .additional,
        690_970_002: .tax,
    ]
}

/// `msdyn_billingtype` (`domain.md` §1.2). No value is *Not specified*. The raw value is the label.
public enum BillingType: String, Choice {
    case nonChargeable = "Non Chargeable"
    case chargeable = "Chargeable"
    case complimentary = "Complimentary"
    case notAvailable = "Not Available"

    public static var column: String { "msdyn_billingtype" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<BillingType> { choices.billingType }
    public static let publishedCodes: [Int: BillingType] = [
        192_350_000: .nonChargeable,
        192_350_001: .chargeable,
        192_350_002: .complimentary,
        192_350_003: .notAvailable,
    ]
}

/// `msdyn_billingstatus` (`domain.md` §1.2). The raw value is the label.
public enum BillingStatus: String, Choice {
    case unbilledSalesCreated = "Unbilled Sales Created"
    case customerInvoiceCreated = "Customer Invoice Created"
    case customerInvoicePosted = "Customer Invoice Posted"
    case canceled = "Canceled"
    case readyToInvoice = "Ready to Invoice"
    case workOrderClosedPosted = "Work order closed – posted"

    public static var column: String { "msdyn_billingstatus" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<BillingStatus> { choices.billingStatus }
    public static let publishedCodes: [Int: BillingStatus] = [
        192_350_000: .unbilledSalesCreated,
        192_350_001: .customerInvoiceCreated,
        192_350_002: .customerInvoicePosted,
        192_350_003: .canceled,
        192_350_004: .readyToInvoice,
        690_970_000: .workOrderClosedPosted,
    ]
}

/// `msdyn_adjustmentstatus` (`domain.md` §1.2). No value is a normal, live actual. The raw value is the label.
public enum AdjustmentStatus: String, Choice {
    case inProcess = "In Process"
    case adjusted = "Adjusted"
    case unadjustable = "Unadjustable"

    public static var column: String { "msdyn_adjustmentstatus" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<AdjustmentStatus> { choices.adjustmentStatus }
    public static let publishedCodes: [Int: AdjustmentStatus] = [
        192_350_000: .inProcess,
        192_350_001: .adjusted,
        192_350_002: .unadjustable,
    ]
}

/// `msdyn_billingmethod` of an invoice line or contract line (`domain.md` §2.2). The raw value is the label.
public enum BillingMethod: String, Choice {
    case timeAndMaterial = "Time and Material"
    case fixedPrice = "Fixed Price"

    public static var column: String { "msdyn_billingmethod" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<BillingMethod> { choices.billingMethod }
    public static let publishedCodes: [Int: BillingMethod] = [
        192_350_000: .timeAndMaterial,
        192_350_001: .fixedPrice,
    ]
}

/// `msdyn_projectinvoicestatus` (`domain.md` §2.1). The raw value is the label.
///
/// The code of *Posted* is not published: it is configuration.
public enum ProjectInvoiceStatus: String, Choice {
    case draft = "Draft"
    case inReview = "In Review"
    case confirmed = "Confirmed"
    case invoicePaid = "Invoice Paid"
    case posted = "Posted"

    public static var column: String { "msdyn_projectinvoicestatus" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<ProjectInvoiceStatus> {
        choices.projectInvoiceStatus
    }
    public static let publishedCodes: [Int: ProjectInvoiceStatus] = [
        192_350_000: .draft,
        192_350_001: .inReview,
        192_350_002: .confirmed,
        192_350_003: .invoicePaid,
    ]
}

/// `msdyn_invoicestatus` of a milestone (`domain.md` §1.4). The raw value is the label.
public enum MilestoneInvoiceStatus: String, Choice {
    case notReady = "Not ready"
    case ready = "Ready"
    case customerInvoiceCreated = "Customer invoice created"
    case customerInvoicePosted = "Customer invoice posted"

    public static var column: String { "msdyn_invoicestatus" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<MilestoneInvoiceStatus> {
        choices.milestoneInvoiceStatus
    }
    public static let publishedCodes: [Int: MilestoneInvoiceStatus] = [
        192_350_000: .notReady,
        192_350_001: .ready,
        192_350_002: .customerInvoiceCreated,
        192_350_003: .customerInvoicePosted,
    ]
}

/// *Not-to-exceed Status* of an unbilled sale (`domain.md` §1.3). The raw value is the label.
///
/// Neither the column's name nor its codes are published: both are configuration.
public enum NotToExceedStatus: String, Choice {
    case notEvaluated = "Not Evaluated"
    case committed = "Committed"
    case failed = "Failed"
    case notApplicable = "Not Applicable"

    public static var column: String { "msdyn_ntestatus" }
    public static func table(in choices: ChoiceTables) -> ChoiceTable<NotToExceedStatus> { choices.notToExceedStatus }
    public static let publishedCodes: [Int: NotToExceedStatus] = [:]
}
