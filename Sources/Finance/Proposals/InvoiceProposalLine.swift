import Bus
import Contracts
import Database

/// A line of an invoice proposal: a row of `invoice_proposal_lines` (`domain.md` §4.6).
struct InvoiceProposalLine: Record {
    var company: Company
    var proposalNumber: String
    var lineNumber: Int
    var actualId: GUID
    var unbilledActualId: GUID?
    var reversedActualId: GUID?
    var transactionClass: TransactionClass
    var billingMethod: BillingMethod
    var billingType: BillingType?
    var projectNumber: String
    var transactionDate: CalendarDate
    /// Lines on account can do without.
    var categoryId: String?
    var quantity: Quantity
    var price: Money
    var amount: Money
    /// What the amount is reduced by, and what of it is a fee (`LineDiscount`).
    var discountAmount: Money?
    var feeAmount: Money?
    var salesTaxGroup: String?
    var itemSalesTaxGroup: String?
    /// What the billed sale says of its invoice, which it must not contradict.
    var currency: CurrencyCode
    var contractNumber: String?
    var customerAccount: String?
    var description: String?
    var resource: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceProposalLine(
            company: try column("data_area_id", row?.company),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
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
            quantity: try column("quantity", row?.quantity),
            price: try column("price", row?.price),
            amount: try column("amount", row?.amount),
            discountAmount: try column("discount_amount", row?.discountAmount),
            feeAmount: try column("fee_amount", row?.feeAmount),
            salesTaxGroup: try column("sales_tax_group", row?.salesTaxGroup),
            itemSalesTaxGroup: try column("item_sales_tax_group", row?.itemSalesTaxGroup),
            currency: try column("currency", row?.currency),
            contractNumber: try column("contract_number", row?.contractNumber),
            customerAccount: try column("customer_account", row?.customerAccount),
            description: try column("description", row?.description),
            resource: try column("resource", row?.resource))
    }
}

extension InvoiceProposalLine {
    /// What of a line is approved, as a list of columns: all but its place and what is only read.
    static let contentList = columnNames.filter {
        !["data_area_id", "proposal_number", "line_number", "actual_id", "description", "resource"].contains($0)
    }.joined(separator: ", ")

    /// The line that a billed sale makes (`domain.md` §6.10, §6.13).
    ///
    /// - parameter edited: the sales tax groups that a person gave it; nil for those of set-up.
    /// - throws: ``SetupGap``.
    init(
        _ actual: ActualCreated, of proposal: Proposal, lineNumber: Int, setup: FinanceSetup, edited: SalesTaxGroups?
    ) throws(SetupGap) {
        let category = try setup.proposalCategory(actual.category, of: actual.transactionClass)
        let groups =
            if let edited { edited } else {
                SalesTaxGroups(
                    salesTaxGroup: setup.billingSalesTaxGroup(
                        project: actual.projectNumber,
                        contract: actual.contractNumber ?? proposal.confirmed.contractNumber,
                        customer: actual.customerAccount ?? proposal.confirmed.customerAccount),
                    itemSalesTaxGroup: try setup.itemSalesTaxGroup(
                        of: actual.transactionClass, category: category, product: actual.productNumber))
            }
        self.init(
            company: proposal.company, proposalNumber: proposal.number, lineNumber: lineNumber,
            actualId: actual.actualId, unbilledActualId: actual.unbilledActualId,
            reversedActualId: actual.reversedActualId, transactionClass: actual.transactionClass,
            billingMethod: actual.billingMethod ?? .timeAndMaterial, billingType: actual.billingType,
            projectNumber: actual.projectNumber, transactionDate: actual.documentDate, categoryId: category?.id,
            quantity: actual.quantity, price: actual.price, amount: actual.amount,
            discountAmount: actual.discountAmount, feeAmount: actual.feeAmount,
            salesTaxGroup: groups.salesTaxGroup, itemSalesTaxGroup: groups.itemSalesTaxGroup,
            currency: actual.currency, contractNumber: actual.contractNumber, customerAccount: actual.customerAccount,
            description: actual.description, resource: actual.resource)
    }
}
