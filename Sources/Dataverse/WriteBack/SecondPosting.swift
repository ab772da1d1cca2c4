import Bus
import Contracts

// A second, different posting of one invoice or actual, as when Finance was restored from a backup and has posted again:
// an error until a person decides, and the first stands (`domain.md` §9.27). A posting version that is higher says that
// somebody has decided.
extension FailureCode {
    /// Finance has posted the same before, and differently.
    static let postedDifferently = FailureCode("posted-differently")
}

/// What is said of a second posting.
enum SecondPosting {
    /// - parameters:
    ///   - what: the invoice or the actual.
    ///   - first: what stands.
    ///   - second: what the message says.
    static func reason(_ what: String, _ first: String, _ second: String) -> String {
        "\(what) was posted as \(first), and this says \(second); the first stands. Was Finance restored from a backup? "
            + "Find out which is right, and settle this message: ledgerbus errors discard"
    }
}

extension AccountingDetail {
    var postingSentence: String {
        "voucher \(voucher) of \(source.rawValue) \(sourceNumber) on \(accountingDate), rate \(exchangeRate), "
            + "\(accountingAmount) \(accountingCurrency) and tax \(salesTaxAmount)"
    }
}

extension InvoicePosted {
    var postingSentence: String {
        "\(customerInvoiceNumber) on \(invoiceDate), due \(dueDate), voucher \(voucher), \(lineAmount) \(currency) and tax "
            + "\(salesTaxAmount), \(detailCount) lines for \(detailAccountingAmount) \(accountingCurrency)"
    }
}
