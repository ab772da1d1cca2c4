import Bus
import Contracts
import Database

/// An integration journal: a row of `integration_journals` (`domain.md` §4.4).
struct IntegrationJournal: Record {
    var company: Company
    var number: String
    var description: String
    var kind = JournalKind.integration
    /// The first day of its period; nil when all go into one.
    var periodStart: CalendarDate?
    var lineCount: Int
    /// The oldest set-up by which its lines were made.
    var setupVersion: Int
    /// The journal that was posted without these lines, which could not be.
    var originalNumber: String?
    var status = JournalStatus.draft
    /// Why posting refused it.
    var postingError: String?
    var postingErrorCode: FailureCode?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        IntegrationJournal(
            company: try column("data_area_id", row?.company),
            number: try column("journal_number", row?.number),
            description: try column("description", row?.description),
            kind: try column("kind", row?.kind),
            periodStart: try column("period_start", row?.periodStart),
            lineCount: try column("line_count", row?.lineCount, as: Int32.self),
            setupVersion: try column("setup_version", row?.setupVersion),
            originalNumber: try column("original_journal_number", row?.originalNumber),
            status: try column("status", row?.status),
            postingError: try column("posting_error", row?.postingError),
            postingErrorCode: try column("posting_error_code", row?.postingErrorCode))
    }
}

/// A line of an integration journal: a row of `integration_journal_lines` (`domain.md` §4.4).
struct IntegrationJournalLine: Record {
    var company: Company
    var journalNumber: String
    var lineNumber: Int
    var voucher: String
    var draft: JournalLineDraft
    /// Why posting refused it.
    var error: String?
    var errorCode: FailureCode?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        IntegrationJournalLine(
            company: try column("data_area_id", row?.company),
            journalNumber: try column("journal_number", row?.journalNumber),
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            voucher: try column("voucher", row?.voucher),
            draft: try column.record("", row?.draft),
            error: try column("error", row?.error),
            errorCode: try column("error_code", row?.errorCode))
    }
}

extension JournalLineDraft: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        JournalLineDraft(
            actualId: try column("actual_id", row?.actualId),
            transactionType: try column("transaction_type", row?.transactionType),
            transactionClass: try column("transaction_class", row?.transactionClass),
            projectNumber: try column("project_number", row?.projectNumber),
            contractNumber: try column("contract_number", row?.contractNumber),
            transactionDate: try column("transaction_date", row?.transactionDate),
            accountingDate: try column("accounting_date", row?.accountingDate),
            categoryId: try column("category_id", row?.categoryId),
            linePropertyId: try column("line_property_id", row?.linePropertyId),
            currency: try column("currency", row?.currency),
            quantity: try column("quantity", row?.quantity),
            price: try column("price", row?.price),
            amount: try column("amount", row?.amount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            reportingRate: try column("reporting_exchange_rate", row?.reportingRate),
            reportingAmount: try column("reporting_amount", row?.reportingAmount),
            salesTaxGroup: try column("sales_tax_group", row?.salesTaxGroup),
            itemSalesTaxGroup: try column("item_sales_tax_group", row?.itemSalesTaxGroup),
            undeductedDiscount: try column("undeducted_discount", row?.undeductedDiscount),
            sourceActualId: try column("source_actual_id", row?.sourceActualId),
            intercompanyCustomer: try column("intercompany_customer", row?.intercompanyCustomer),
            reversedActualId: try column("reversed_actual_id", row?.reversedActualId),
            description: try column("description", row?.description),
            resource: try column("resource", row?.resource))
    }
}
