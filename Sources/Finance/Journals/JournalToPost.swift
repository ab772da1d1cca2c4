import Bus
import Contracts
import Database

/// A line of an integration journal, as posting reads it (`domain.md` §4.4).
struct JournalLineToPost: Record {
    var lineNumber: Int
    var actualId: GUID
    var voucher: String
    var transactionType: TransactionType
    var transactionClass: TransactionClass
    var projectNumber: String
    var contractNumber: String?
    var categoryId: String
    var linePropertyId: String
    var transactionDate: CalendarDate
    var accountingDate: CalendarDate
    var currency: CurrencyCode
    var quantity: Quantity
    var amount: Money
    var exchangeRate: ExchangeRate
    var accountingAmount: Money
    var reportingRate: ExchangeRate?
    var reportingAmount: Money?
    var undeductedDiscount: Money?
    var sourceActualId: GUID?
    var reversedActualId: GUID?
    /// Why the line cannot be posted, whatever set-up says; nil when it may be.
    var errorCode: FailureCode?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        JournalLineToPost(
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            actualId: try column("actual_id", row?.actualId),
            voucher: try column("voucher", row?.voucher),
            transactionType: try column("transaction_type", row?.transactionType),
            transactionClass: try column("transaction_class", row?.transactionClass),
            projectNumber: try column("project_number", row?.projectNumber),
            contractNumber: try column("contract_number", row?.contractNumber),
            categoryId: try column("category_id", row?.categoryId),
            linePropertyId: try column("line_property_id", row?.linePropertyId),
            transactionDate: try column("transaction_date", row?.transactionDate),
            accountingDate: try column("accounting_date", row?.accountingDate),
            currency: try column("currency", row?.currency),
            quantity: try column("quantity", row?.quantity),
            amount: try column("amount", row?.amount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            reportingRate: try column("reporting_exchange_rate", row?.reportingRate),
            reportingAmount: try column("reporting_amount", row?.reportingAmount),
            undeductedDiscount: try column("undeducted_discount", row?.undeductedDiscount),
            sourceActualId: try column("source_actual_id", row?.sourceActualId),
            reversedActualId: try column("reversed_actual_id", row?.reversedActualId),
            errorCode: try column("error_code", row?.errorCode))
    }
}

/// A journal that is to be posted.
struct JournalToPost: Record {
    var kind: JournalKind
    var periodStart: CalendarDate?
    var status: JournalStatus
    var lineCount: Int
    /// Why posting refused it.
    var postingError: String?
    /// The oldest set-up by which its lines were made.
    var linesSetupVersion: Int
    /// Of all set-up, at the moment at which the journal was locked.
    var setupVersion: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        JournalToPost(
            kind: try column("kind", row?.kind),
            periodStart: try column("period_start", row?.periodStart),
            status: try column("status", row?.status),
            lineCount: try column("line_count", row?.lineCount, as: Int32.self),
            postingError: try column("posting_error", row?.postingError),
            linesSetupVersion: try column("lines_setup_version", row?.linesSetupVersion),
            setupVersion: try column("setup_version", row?.setupVersion))
    }
}

extension JournalLineToPost {
    var posted: PostedAmount {
        PostedAmount(amount: amount, accounting: accountingAmount, reporting: reportingAmount)
    }
}

extension JournalStore {
    /// Locks the journal; nil when there is none of this number.
    func lockForPosting(_ number: String) throws -> JournalToPost? {
        try connection.record(
            JournalToPost.self,
            """
            SELECT kind, period_start, status, line_count, posting_error, setup_version AS lines_setup_version,
                (SELECT version FROM setup_version) AS setup_version
            FROM integration_journals WHERE data_area_id = $1 AND journal_number = $2
            FOR UPDATE
            """, company, number)
    }

    /// So many lines of a journal, in their order, after the one that was read last.
    func linesToPost(_ number: String, after last: Int, limit: Int) throws -> [JournalLineToPost] {
        try connection.records(
            JournalLineToPost.self,
            """
            SELECT \(JournalLineToPost.columnList) FROM integration_journal_lines
            WHERE data_area_id = $1 AND journal_number = $2 AND line_number > $3
            ORDER BY line_number
            LIMIT $4
            """, company, number, Int32(last), limit)
    }
}
