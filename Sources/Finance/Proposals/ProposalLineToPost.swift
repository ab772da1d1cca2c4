import Bus
import Contracts
import Database

/// A line of an invoice proposal with what its unbilled sale accrued, as posting reads it (`domain.md` §4.6, §6.13).
struct ProposalLineToPost: Record {
    var lineNumber: Int
    var actualId: GUID
    var unbilledActualId: GUID?
    var reversedActualId: GUID?
    var transactionClass: TransactionClass
    var billingMethod: BillingMethod
    var billingType: BillingType?
    var projectNumber: String
    var transactionDate: CalendarDate
    var categoryId: String?
    var amount: Money
    var discountAmount: Money?
    var feeAmount: Money?
    var salesTaxGroup: String?
    var itemSalesTaxGroup: String?
    /// What the billed sale says of its invoice.
    var currency: CurrencyCode
    var contractNumber: String?
    var customerAccount: String?
    /// The posted unbilled sale that the line bills; nil when it bills none, or none that is posted.
    var unbilledSale: PostedUnbilledSale?
    /// The posted unbilled sale of the fee that is a part of the line; nil when it has none, or none that is posted.
    var fee: PostedFee?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProposalLineToPost(
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            actualId: try column("actual_id", row?.actualId),
            unbilledActualId: try column("unbilled_actual_id", row?.unbilledActualId),
            reversedActualId: try column("reversed_actual_id", row?.reversedActualId),
            transactionClass: try column("transaction_class", row?.transactionClass),
            billingMethod: try column("billing_method", row?.billingMethod),
            billingType: try column("billing_type", row?.billingType),
            projectNumber: try column("project_number", row?.projectNumber),
            transactionDate: try column("transaction_date", row?.transactionDate),
            categoryId: try column("category_id", row?.categoryId),
            amount: try column("amount", row?.amount),
            discountAmount: try column("discount_amount", row?.discountAmount),
            feeAmount: try column("fee_amount", row?.feeAmount),
            salesTaxGroup: try column("sales_tax_group", row?.salesTaxGroup),
            itemSalesTaxGroup: try column("item_sales_tax_group", row?.itemSalesTaxGroup),
            currency: try column("currency", row?.currency),
            contractNumber: try column("contract_number", row?.contractNumber),
            customerAccount: try column("customer_account", row?.customerAccount),
            unbilledSale: try column.optionalRecord("unbilled_", presentIf: "accrued", row?.unbilledSale),
            fee: try column.optionalRecord("posted_fee_", presentIf: "actual_id", row?.fee))
    }
}

/// The unbilled sale of a fee.
struct PostedFee: Record {
    var actualId: GUID
    var sale: PostedUnbilledSale

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PostedFee(actualId: try column("actual_id", row?.actualId), sale: try column.record("", row?.sale))
    }
}

/// An unbilled sale as it stands in the project subledger.
struct PostedUnbilledSale: Record {
    var projectNumber: String
    var currency: CurrencyCode
    var amount: Money
    var accountingAmount: Money
    var reportingAmount: Money?
    /// Whether its amount stands in WIP and accrued revenue.
    var accrued: Bool
    /// The main accounts on which it does.
    var wipAccount: String?
    var accruedRevenueAccount: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PostedUnbilledSale(
            projectNumber: try column("project_number", row?.projectNumber),
            currency: try column("currency", row?.currency),
            amount: try column("amount", row?.amount),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            reportingAmount: try column("reporting_amount", row?.reportingAmount),
            accrued: try column("accrued", row?.accrued),
            wipAccount: try column("wip_account", row?.wipAccount),
            accruedRevenueAccount: try column("accrued_revenue_account", row?.accruedRevenueAccount))
    }
}

extension ProposalLineToPost {
    var isCredit: Bool { Correction.isCredit(reversing: reversedActualId) }

    /// The unbilled sale that the line bills; nil when it bills none.
    var billedSaleId: GUID? { Correction.billedSale(unbilledActualId, reversing: reversedActualId) }

    /// The same, as it is posted.
    var billedSale: PostedUnbilledSale? { billedSaleId == nil ? nil : unbilledSale }

    /// Discount and fee, as Dataverse sent them.
    var parts: LineParts { LineParts(discount: discountAmount ?? .zero, fee: feeAmount ?? .zero) }

    /// The posted sale of the fee whose accrual the line takes back; a credit takes none back.
    var billedFee: PostedFee? { isCredit || parts.fee == .zero ? nil : fee }

    /// Whether the line says of its invoice what the invoice says of itself (design §4).
    ///
    /// - throws: ``LineRefusal``.
    func checkHeader(_ proposal: ProposalToPost, company: Company, number: String) throws(LineRefusal) {
        let contradiction = HeaderContradiction(
            InvoiceHeader(
                company: company, currency: currency, contractNumber: contractNumber,
                customerAccount: customerAccount),
            on: InvoiceHeader(
                company: company, currency: proposal.currency, contractNumber: proposal.contractNumber,
                customerAccount: proposal.customerAccount), invoiceNumber: number)
        if let contradiction { throw LineRefusal(.contradictsInvoice, contradiction.reason) }
    }

    /// Whether the sale that the line bills stands in the project subledger as it must.
    ///
    /// - throws: ``LineRefusal``.
    func checkBilledSale(currency: CurrencyCode) throws(LineRefusal) {
        guard let billedSaleId else { return }
        guard let billedSale else {
            throw LineRefusal(
                .unbilledSaleNotPosted,
                "its unbilled sale \(billedSaleId) is not posted; post the journal that it is in")
        }
        guard billedSale.currency == currency else {
            throw LineRefusal(
                .unbilledSaleInOtherCurrency,
                "its unbilled sale \(billedSaleId) was posted in \(billedSale.currency), and the proposal is in "
                    + currency.rawValue)
        }
        guard parts.fee != .zero, billedFee == nil else { return }
        throw LineRefusal(
            .feeNotPosted, "the fee of \(parts.fee) that is a part of it is not posted; post the journal that it is in")
    }
}

extension PostedUnbilledSale {
    /// What stands in WIP and accrued revenue, and where; nil when nothing does.
    var accrual: StandingAccrual? {
        guard accrued, let wipAccount, let accruedRevenueAccount else { return nil }
        func account(_ type: PostingType, _ mainAccount: String) -> LedgerAccount {
            LedgerAccount(postingType: type, mainAccount: mainAccount, projectNumber: projectNumber)
        }
        return StandingAccrual(
            amount: PostedAmount(amount: amount, accounting: accountingAmount, reporting: reportingAmount),
            wip: account(LedgerEffect.accrualInvoiced.credit, wipAccount),
            accruedRevenue: account(LedgerEffect.accrualInvoiced.debit, accruedRevenueAccount))
    }
}

extension ProposalStore {
    /// So many lines of a proposal, in their order, after the one that was read last.
    ///
    /// The limit within the join keeps it a lookup by the whole primary key: a join that was planned while the table
    /// was small would read the whole company once a line.
    func linesToPost(_ number: String, after last: Int, limit: Int) throws -> [ProposalLineToPost] {
        try connection.records(
            ProposalLineToPost.self,
            """
            SELECT \(ProposalLineToPost.columnList)
            FROM (
                SELECT line.*, \(PostedUnbilledSale.columnList(of: "unbilled", prefix: "unbilled_")),
                    \(PostedFee.columnList(of: "fee", prefix: "posted_fee_"))
                FROM invoice_proposal_lines line
                LEFT JOIN LATERAL (
                    SELECT * FROM project_transactions sale
                    WHERE sale.data_area_id = line.data_area_id AND sale.actual_id = line.unbilled_actual_id
                    LIMIT 1
                ) unbilled ON true
                LEFT JOIN LATERAL (
                    SELECT * FROM project_transactions sale
                    WHERE line.fee_amount <> 0 AND sale.data_area_id = line.data_area_id
                        AND sale.source_actual_id = line.unbilled_actual_id
                        AND sale.transaction_class = \(TransactionClass.fee.sql)
                    LIMIT 1
                ) fee ON true
                WHERE line.data_area_id = $1 AND line.proposal_number = $2 AND line.line_number > $3
                ORDER BY line.line_number
                LIMIT $4
            ) line
            ORDER BY line_number
            """, company, number, Int32(last), limit)
    }
}
