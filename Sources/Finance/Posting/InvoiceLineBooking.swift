import Contracts

/// How the lines of one kind of an invoice are posted: what they book, and where (`domain.md` §6.12, §9.8–9.11).
struct InvoiceLineBooking {
    /// Where the line's amount goes, for which the customer is debited.
    var revenue: LedgerAccount
    /// The on-account transaction that the line makes; nil when it makes none.
    var onAccount: OnAccountOrigin?
    /// Whether the line adds to the invoice (§9.9).
    var isChargeable: Bool
    var salesTaxCodes: [SalesTaxCode]
    /// Where the tax of every code goes; nil when there is none.
    var salesTax: LedgerAccount?
    /// Where the accrual of the line's unbilled sale is taken back; nil when there is none.
    var accrual: (debit: LedgerAccount, credit: LedgerAccount)?

    /// What decides how a line is posted, whatever its amount.
    struct Kind: Hashable {
        var transactionClass: TransactionClass
        var billingMethod: BillingMethod
        var billingType: BillingType?
        var projectNumber: String
        /// The proposal's contract.
        var contractNumber: String
        var categoryId: String?
        var salesTaxGroup: String?
        var itemSalesTaxGroup: String?
        var isCredit: Bool
        var isNegative: Bool
        /// Where the unbilled sale was accrued; nil when it was not.
        var accruedAt: PostingPlace?
        /// The date of the invoice, which finds the rates of its taxes.
        var invoiceDate: CalendarDate

        init(_ line: ProposalLineToPost, contract: String, invoiceDate: CalendarDate) {
            self.invoiceDate = invoiceDate
            transactionClass = line.transactionClass
            billingMethod = line.billingMethod
            billingType = line.billingType
            projectNumber = line.projectNumber
            contractNumber = contract
            categoryId = line.categoryId
            salesTaxGroup = line.salesTaxGroup
            itemSalesTaxGroup = line.itemSalesTaxGroup
            isCredit = line.isCredit
            isNegative = line.amount < .zero
            if let sale = line.billedSale, sale.accrued {
                accruedAt = PostingPlace(
                    project: sale.projectNumber, contract: sale.contractNumber, category: sale.categoryId)
            }
        }
    }

    /// - throws: ``LineRefusal`` when set-up lacks something.
    init(_ kind: Kind, setup: FinanceSetup) throws(LineRefusal) {
        do throws(SetupGap) {
            isChargeable = try setup.lineProperty(for: kind.billingType).chargeable
            let profiles = try setup.accountingProfiles(project: kind.projectNumber, contract: kind.contractNumber)
            let place = PostingPlace(
                project: kind.projectNumber, contract: kind.contractNumber, category: kind.categoryId)
            let effect = LedgerEffect.ofInvoiceLine(kind.transactionClass, under: profiles[kind.billingMethod])
            revenue = try setup.ledgerAccount(effect.credit, at: place)
            onAccount = OnAccountOrigin(
                kind.transactionClass, isNegative: kind.isNegative, isCredit: kind.isCredit)
            salesTaxCodes =
                isChargeable
                ? try setup.salesTaxCodes(
                    group: kind.salesTaxGroup, itemGroup: kind.itemSalesTaxGroup, on: kind.invoiceDate) : []
            if !salesTaxCodes.isEmpty { salesTax = try setup.ledgerAccount(LedgerEffect.salesTax.credit, at: place) }
            if let accruedAt = kind.accruedAt {
                let effect = LedgerEffect.accrualInvoiced
                accrual = (
                    try setup.ledgerAccount(effect.debit, at: accruedAt),
                    try setup.ledgerAccount(effect.credit, at: accruedAt)
                )
            }
        } catch {
            throw LineRefusal(error)
        }
    }
}
