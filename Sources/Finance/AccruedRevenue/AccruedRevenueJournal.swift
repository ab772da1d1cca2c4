public import Contracts
public import Database

/// What a reconciliation journal has become.
public enum AccruedRevenueJournalStatus: String, DatabaseLabel, Encodable {
    /// To be looked at, changed, posted or deleted.
    case proposed = "Proposed"
    /// Its voucher is in the ledger; nothing follows.
    case posted = "Posted"
}

/// A journal that corrects accruals which invoices did not take back in full: a row of `accrued_revenue_journals`
/// (`domain.md` §6.14).
public struct AccruedRevenueJournal: Record, Hashable {
    public var company: Company
    public var number: String
    public var description: String
    /// The date of its voucher, in an open period when it is posted.
    public var voucherDate: CalendarDate
    /// The main account that balances asymmetric corrections; nil for that of set-up.
    public var offsetAccount: String?
    public var status = AccruedRevenueJournalStatus.proposed
    public var lineCount: Int
    public var proposedBy: String
    public var proposedAt: Instant
    public var voucher: String?
    public var postedBy: String?
    public var postedAt: Instant?

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        AccruedRevenueJournal(
            company: try column("data_area_id", row?.company),
            number: try column("journal_number", row?.number),
            description: try column("description", row?.description),
            voucherDate: try column("voucher_date", row?.voucherDate),
            offsetAccount: try column("offset_account", row?.offsetAccount),
            status: try column("status", row?.status),
            lineCount: try column("line_count", row?.lineCount, as: Int32.self),
            proposedBy: try column("proposed_by", row?.proposedBy),
            proposedAt: try column("proposed_at", row?.proposedAt),
            voucher: try column("voucher", row?.voucher),
            postedBy: try column("posted_by", row?.postedBy),
            postedAt: try column("posted_at", row?.postedAt))
    }
}

/// A line of such a journal: a row of `accrued_revenue_journal_lines`.
public struct AccruedRevenueJournalLine: Record, Hashable, Encodable {
    public var company: Company
    public var journalNumber: String
    public var lineNumber: Int
    /// The invoice that took too little or too much back.
    public var invoiceVoucher: String
    public var invoiceDate: CalendarDate
    public var projectNumber: String
    /// The unbilled sale; nil for what of an invoice no sale explains.
    public var actualId: GUID?
    public var wipAccount: String
    public var accruedRevenueAccount: String
    /// What is corrected, in accounting currency.
    public var imbalance: AccrualSides
    /// What it books on the two sides.
    public var correction: AccrualSides

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        AccruedRevenueJournalLine(
            company: try column("data_area_id", row?.company),
            journalNumber: try column("journal_number", row?.journalNumber),
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            invoiceVoucher: try column("invoice_voucher", row?.invoiceVoucher),
            invoiceDate: try column("invoice_date", row?.invoiceDate),
            projectNumber: try column("project_number", row?.projectNumber),
            actualId: try column("actual_id", row?.actualId),
            wipAccount: try column("wip_account", row?.wipAccount),
            accruedRevenueAccount: try column("accrued_revenue_account", row?.accruedRevenueAccount),
            imbalance: AccrualSides(
                wip: try column("wip_imbalance", row?.imbalance.wip),
                accruedRevenue: try column("accrued_revenue_imbalance", row?.imbalance.accruedRevenue)),
            correction: AccrualSides(
                wip: try column("wip_correction", row?.correction.wip),
                accruedRevenue: try column("accrued_revenue_correction", row?.correction.accruedRevenue)))
    }

    /// - parameter imbalance: what it corrects.
    init(_ imbalance: AccruedRevenueImbalance, journal: String, lineNumber: Int) {
        self.init(
            company: imbalance.company, journalNumber: journal, lineNumber: lineNumber,
            invoiceVoucher: imbalance.invoiceVoucher, invoiceDate: imbalance.invoiceDate,
            projectNumber: imbalance.projectNumber, actualId: imbalance.actualId, wipAccount: imbalance.wipAccount,
            accruedRevenueAccount: imbalance.accruedRevenueAccount, imbalance: imbalance.imbalance,
            correction: imbalance.correction.corrected(imbalance.imbalance))
    }

    private init(
        company: Company, journalNumber: String, lineNumber: Int, invoiceVoucher: String, invoiceDate: CalendarDate,
        projectNumber: String, actualId: GUID?, wipAccount: String, accruedRevenueAccount: String,
        imbalance: AccrualSides, correction: AccrualSides
    ) {
        self.company = company
        self.journalNumber = journalNumber
        self.lineNumber = lineNumber
        self.invoiceVoucher = invoiceVoucher
        self.invoiceDate = invoiceDate
        self.projectNumber = projectNumber
        self.actualId = actualId
        self.wipAccount = wipAccount
        self.accruedRevenueAccount = accruedRevenueAccount
        self.imbalance = imbalance
        self.correction = correction
    }

    /// What it corrects.
    var key: AccruedRevenueImbalance.Key {
        AccruedRevenueImbalance.Key(
            invoiceVoucher: invoiceVoucher, projectNumber: projectNumber, actualId: actualId)
    }
}
