import Bus
public import Database

/// Why Finance cannot take or post something, as it is stored beside the sentence that says so, logged and counted.
public enum ReasonCode: String, DatabaseLabel, Encodable {
    // What set-up lacks.
    case companyNotConfigured = "company-not-configured"
    case noExchangeRate = "no-exchange-rate"
    case noLineProperty = "no-line-property"
    case noOpenPeriod = "no-open-period"
    case noProjectCategory = "no-project-category"
    case noAccountingProfile = "no-accounting-profile"
    case noPostingAccount = "no-posting-account"
    case noPaymentTerms = "no-payment-terms"
    case noCustomer = "no-customer"
    case noNumberSequence = "no-number-sequence"
    case numberSequenceUsedUp = "number-sequence-used-up"

    // What import from staging waits for.
    case noJournalLine = "no-journal-line"
    case waitsForReversed = "waits-for-reversed"

    // What posting refuses.
    case notFound = "not-found"
    case noLines = "no-lines"
    case notAllowed = "not-allowed"
    case notReady = "not-ready"
    case customerOnHold = "customer-on-hold"
    case totalsDiffer = "totals-differ"
    case unbilledSaleNotPosted = "unbilled-sale-not-posted"
    case unbilledSaleInOtherCurrency = "unbilled-sale-in-other-currency"
    case alreadyInvoiced = "already-invoiced"
    case unbalanced
    case workersEnded = "workers-ended"
    case notEncodable = "not-encodable"
    case refusedByDatabase = "refused-by-database"
}
