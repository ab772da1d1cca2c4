import Bus

// Why Finance cannot take or post something: stored beside the sentence that says so, logged and counted.
extension FailureCode {
    // What set-up lacks.
    static let companyNotConfigured = FailureCode("company-not-configured")
    static let noExchangeRate = FailureCode("no-exchange-rate")
    static let noLineProperty = FailureCode("no-line-property")
    static let noOpenPeriod = FailureCode("no-open-period")
    static let noProjectCategory = FailureCode("no-project-category")
    static let noAccountingProfile = FailureCode("no-accounting-profile")
    static let noReleasedProduct = FailureCode("no-released-product")
    static let noSalesTaxRate = FailureCode("no-sales-tax-rate")
    static let noPostingAccount = FailureCode("no-posting-account")
    static let noPaymentTerms = FailureCode("no-payment-terms")
    static let noCustomer = FailureCode("no-customer")
    static let noIntercompanyRelation = FailureCode("no-intercompany-relation")
    /// The currency of a contracting unit is not its company's.
    static let contractingUnitCurrency = FailureCode("contracting-unit-currency")
    static let noNumberSequence = FailureCode("no-number-sequence")
    static let numberSequenceBehind = FailureCode("number-sequence-behind")
    static let numberSequenceUsedUp = FailureCode("number-sequence-used-up")

    // What import from staging waits for.
    /// No integration journal has a line of this transaction type (`domain.md` §6.9, §6.10).
    static let noJournalLine = FailureCode("no-journal-line")
    // Looked at again by each import, since what they wait for is another row (see ``Blockage``).
    /// The row that it reverses has no line yet.
    static let waitsForReversed = FailureCode("waits-for-reversed")
    /// Nothing says what it reverses.
    static let waitsForConnection = FailureCode("waits-for-connection")
    /// It is not what could take the row back that it reverses (`domain.md` §9.26).
    static let contradictsOriginal = FailureCode("contradicts-original")
    /// Another row reverses the same one.
    static let reversedTwice = FailureCode("reversed-twice")
    /// A billed sale is not what could bill its unbilled sale.
    static let contradictsUnbilledSale = FailureCode("contradicts-unbilled-sale")

    /// A billed sale is of another currency, contract, customer or company than its invoice.
    static let contradictsInvoice = FailureCode("contradicts-invoice")
    /// A computed amount has more digits than an amount may have.
    static let amountTooLarge = FailureCode("amount-too-large")

    // What posting refuses.
    /// Dataverse no longer has the actual (`domain.md` §6.14, *Actuals validation*).
    static let invalidActual = FailureCode("invalid-actual")
    /// A journal in error is posted once a person has reset it to draft (`domain.md` §6.11).
    static let inError = FailureCode("in-error")
    /// A proposal that is posted only when it is approved, and is not (`domain.md` §6.13).
    static let notApproved = FailureCode("not-approved")
    /// A person ended a request that nobody carried out.
    static let reset = FailureCode("reset")
    static let notFound = FailureCode("not-found")
    static let noLines = FailureCode("no-lines")
    static let notAllowed = FailureCode("not-allowed")
    static let notReady = FailureCode("not-ready")
    static let customerOnHold = FailureCode("customer-on-hold")
    static let totalsDiffer = FailureCode("totals-differ")
    static let unbilledSaleNotPosted = FailureCode("unbilled-sale-not-posted")
    /// A fee that is a part of a line.
    static let feeNotPosted = FailureCode("fee-not-posted")
    static let unbilledSaleInOtherCurrency = FailureCode("unbilled-sale-in-other-currency")
    static let creditedSaleNotPosted = FailureCode("credited-sale-not-posted")
    static let creditExceedsOriginal = FailureCode("credit-exceeds-original")
    /// The topics say that it was posted before this database was restored.
    static let lostPosting = FailureCode("lost-posting")
    /// It deducts a retainer of which nothing, or too little, is invoiced.
    static let retainerNotInvoiced = FailureCode("retainer-not-invoiced")
    static let alreadyInvoiced = FailureCode("already-invoiced")
    /// A defect of the product.
    static let unbalanced = FailureCode("unbalanced")
    static let workersEnded = FailureCode("workers-ended")
    static let notEncodable = FailureCode("not-encodable")
}
