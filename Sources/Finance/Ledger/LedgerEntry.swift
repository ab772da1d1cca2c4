import Bus
public import Contracts
public import Database
import Service

/// A row of the general ledger: debit positive, credit negative.
public struct LedgerEntry: Record, Hashable, Encodable {
    public let company: Company
    public internal(set) var voucher: String
    /// Counted from 1 within the voucher.
    public let entryNumber: Int
    public let accountingDate: CalendarDate
    public let postingType: PostingType
    public let mainAccount: String
    public let projectNumber: String?
    public let currency: CurrencyCode
    public let amount: Money
    public let accountingAmount: Money
    /// Nil when the company has no reporting currency.
    public let reportingAmount: Money?

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LedgerEntry(
            company: try column("data_area_id", row?.company),
            voucher: try column("voucher", row?.voucher),
            entryNumber: try column("entry_number", row?.entryNumber, as: Int32.self),
            accountingDate: try column("accounting_date", row?.accountingDate),
            postingType: try column("posting_type", row?.postingType),
            mainAccount: try column("main_account", row?.mainAccount),
            projectNumber: try column("project_number", row?.projectNumber),
            currency: try column("currency", row?.currency),
            amount: try column("amount", row?.amount),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            reportingAmount: try column("reporting_amount", row?.reportingAmount))
    }
}

/// The general ledger: `ledger_entries`. A voucher is written whole, and never changed.
struct LedgerStore {
    let connection: Connection

    func write(_ entries: CopyRows) throws {
        try connection.copy(entries, of: LedgerEntry.self, into: "ledger_entries") {
            CrashPoint.pass(.entriesCopying)
        }
    }

    /// The entries of a voucher, in their order.
    func entries(voucher: String, company: String) throws -> [LedgerEntry] {
        try connection.records(
            LedgerEntry.self,
            """
            SELECT \(LedgerEntry.columnList) FROM ledger_entries
            WHERE data_area_id = $1 AND voucher = $2 ORDER BY entry_number
            """, company, voucher)
    }
}
