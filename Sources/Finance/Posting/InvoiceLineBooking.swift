import Contracts

/// How the lines of one kind of an invoice are posted: what they book, and where (`domain.md` §6.12, §9.8–9.11).
struct InvoiceLineBooking: Hashable, Sendable {
    var project: String
    /// Where the line's amount goes, for which the customer is debited.
    var revenue: LedgerAccount
    /// The on-account transaction that the line makes; nil when it makes none.
    var onAccount: OnAccountOrigin?
    /// Whether the line adds to the invoice (§9.9).
    var isChargeable: Bool
    /// Where the customer owes it.
    var customer: LedgerAccount
    var salesTaxCodes: [SalesTaxCode]
    /// Where the tax of every code goes; nil when there is none.
    var salesTax: LedgerAccount?
    /// Whether what is not deductible of the taxes goes where the line's amount goes, and not to the tax's account.
    var booksNonDeductibleWithLine = false
    /// Where the line's discount is debited; nil when its amount is posted net (`LineDiscount`).
    var discount: LedgerAccount?
    /// Where the fee goes that is a part of the line; nil when there is none.
    var fee: LedgerAccount?

    /// What decides how a line is posted that is no credit, whatever its amount.
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
        var isNegative: Bool
        var hasDiscount: Bool
        var hasFee: Bool
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
            isNegative = line.amount < .zero
            hasDiscount = line.parts.discount != .zero
            hasFee = line.parts.fee != .zero
        }
    }
}

extension InvoiceLineBooking {
    /// The parts of a line that have accounts of their own.
    func shown(_ parts: LineParts) -> LineParts {
        LineParts(discount: discount == nil ? .zero : parts.discount, fee: fee == nil ? .zero : parts.fee)
    }

    /// - throws: ``LineRefusal`` when set-up lacks something.
    init(_ kind: Kind, setup: FinanceSetup) throws(LineRefusal) {
        do throws(SetupGap) {
            project = kind.projectNumber
            isChargeable = try setup.lineProperty(for: kind.billingType).chargeable
            let profile = try setup.accountingProfile(
                kind.billingMethod, project: kind.projectNumber, contract: kind.contractNumber)
            let place = PostingPlace(
                project: kind.projectNumber, contract: kind.contractNumber, category: kind.categoryId,
                transactionClass: kind.transactionClass)
            let effect = LedgerEffect.ofInvoiceLine(kind.transactionClass, under: profile)
            revenue = try setup.ledgerAccount(effect.credit, at: place)
            customer = try setup.customerAccount(contract: kind.contractNumber)
            if isChargeable, kind.billingMethod == .timeAndMaterial {
                if kind.hasDiscount { discount = try setup.discountAccount(at: place) }
                if kind.hasFee {
                    fee = try setup.feeAccount(LedgerEffect.ofInvoiceLine(.fee, under: profile).credit, at: place)
                }
            }
            onAccount = OnAccountOrigin(kind.transactionClass, isNegative: kind.isNegative)
            salesTaxCodes =
                isChargeable
                ? try setup.salesTaxCodes(
                    group: kind.salesTaxGroup, itemGroup: kind.itemSalesTaxGroup, on: kind.invoiceDate) : []
            guard !salesTaxCodes.isEmpty else { return }
            salesTax = try setup.ledgerAccount(LedgerEffect.salesTax.credit, at: place)
            booksNonDeductibleWithLine =
                setup.parameters.nonDeductibleSalesTax == .lineAccount
                && salesTaxCodes.contains { $0.nonDeductible != .zero }
        } catch {
            throw LineRefusal(error)
        }
    }
}
