import Contracts
import Database

/// An actual (`domain.md` §1.1). The accounting feedback is not among the columns (promise 9).
@dynamicMemberLookup
struct Actual: CapturedRow {
    static let entitySet = "msdyn_actuals"
    static let table = "actuals"

    var actualId: GUID
    var rowVersion = 1
    var transactionType: TransactionType
    var billingStatus: BillingStatus?
    var adjustmentStatus: AdjustmentStatus?
    var skipSync = false
    var accountingDate: CalendarDate?
    var invoiceId: GUID?
    /// The actual that a fee is for.
    var sourceActualId: GUID?
    var notToExceedStatus: NotToExceedStatus?
    var facts: TransactionFacts

    var id: GUID { actualId }

    subscript<Value>(dynamicMember fact: WritableKeyPath<TransactionFacts, Value>) -> Value {
        get { facts[keyPath: fact] }
        set { facts[keyPath: fact] = newValue }
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Actual(
            actualId: try column("actual_id", row?.actualId, .id("msdyn_actualid")),
            rowVersion: try column("row_version", row?.rowVersion),
            transactionType: try column(
                "transaction_type", row?.transactionType, .choice("msdyn_transactiontypecode") { $0.transactionType }),
            billingStatus: try column(
                "billing_status", row?.billingStatus, .choice("msdyn_billingstatus") { $0.billingStatus }.needed),
            adjustmentStatus: try column(
                "adjustment_status", row?.adjustmentStatus,
                .choice("msdyn_adjustmentstatus") { $0.adjustmentStatus }.needed),
            skipSync: try column("skip_sync", row?.skipSync, .boolean(.configured { $0.skipSync })),
            accountingDate: try column(
                "accounting_date", row?.accountingDate, .date(.configured { $0.accountingDate })),
            invoiceId: try column("invoice_id", row?.invoiceId, .lookup("msdyn_invoice").needed),
            sourceActualId: try column(
                "source_actual_id", row?.sourceActualId, .id(.configured { $0.sourceActual })),
            notToExceedStatus: try column(
                "not_to_exceed_status", row?.notToExceedStatus,
                .choice(.configured { $0.notToExceedStatus }) { $0.notToExceedStatus }),
            facts: try column.record("", row?.facts))
    }

    /// The column whose lack refuses a page: a missing flag read as No would
    /// publish what Finance must not post.
    static let skipSyncColumn = "skip_sync"
}
