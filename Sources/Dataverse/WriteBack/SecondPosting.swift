import Bus
import Contracts

// A second, different posting of one invoice or actual, as when Finance was restored from a backup and has posted again:
// an error until a person decides, and the first stands (`domain.md` §9.27). A posting version that is higher says that
// somebody has decided.
extension FailureCode {
    /// Finance has posted the same before, and differently.
    static let postedDifferently = FailureCode("posted-differently")
}

/// What becomes of a second posting.
enum SecondPosting {
    /// Refuses the messages that contradict what stands.
    ///
    /// - parameters:
    ///   - topic: where they come from.
    ///   - places: where they are, by what they are about.
    ///   - posting: what a row is about, its name, and how it was posted, in words.
    /// - throws: `MessageRefusal` of all of them.
    static func refuse<Row>(
        _ contradictions: [VersionedContradiction<Row>], of topic: TopicName,
        at places: [GUID: MessageRefusal.Place], _ posting: (Row) -> (id: GUID, name: String, sentence: String)
    ) throws {
        var reasons: [MessageRefusal.Place: String] = [:]
        for contradiction in contradictions {
            let second = posting(contradiction.arriving)
            guard let place = places[second.id] else { continue }
            reasons[place] = reason(second.name, posting(contradiction.standing).sentence, second.sentence)
        }
        guard !reasons.isEmpty else { return }
        throw MessageRefusal(topic: topic, code: .postedDifferently, reasons: reasons)
    }

    /// - parameters:
    ///   - what: the invoice or the actual.
    ///   - first: what stands.
    ///   - second: what the message says.
    private static func reason(_ what: String, _ first: String, _ second: String) -> String {
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
