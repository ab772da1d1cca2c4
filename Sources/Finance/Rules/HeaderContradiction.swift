import Contracts

/// What a billed sale has in common with the invoice that it is on (design §4).
struct InvoiceHeader: Hashable, Sendable {
    var company: Company
    var currency: CurrencyCode
    /// The project contract's number; nil on a billed sale that does not say.
    var contractNumber: String?
    /// The customer's account; nil on a billed sale that does not say.
    var customerAccount: String?
}

/// How a billed sale contradicts the invoice that it is on: a line never does (design §4), whatever its class, and
/// whatever it stands on.
struct HeaderContradiction: Error, Hashable, Sendable {
    /// What of the two is not the same.
    enum Field: String, Sendable, CaseIterable {
        case company
        case currency
        case contract
        case customer
    }

    /// What differs, with the value of the billed sale and that of the invoice.
    let differences: [Difference]
    /// The invoice, as a person knows it.
    let invoiceNumber: String

    struct Difference: Hashable, Sendable {
        var field: Field
        var line: String
        var header: String
    }

    /// - returns: nil when the billed sale says nothing that the invoice does not.
    init?(_ line: InvoiceHeader, on header: InvoiceHeader, invoiceNumber: String) {
        let values: [(Field, String?, String?)] = [
            (.company, line.company.rawValue, header.company.rawValue),
            (.currency, line.currency.rawValue, header.currency.rawValue),
            (.contract, line.contractNumber, header.contractNumber),
            (.customer, line.customerAccount, header.customerAccount),
        ]
        differences = values.compactMap { field, line, header in
            guard let line, let header, line != header else { return nil }
            return Difference(field: field, line: line, header: header)
        }
        guard !differences.isEmpty else { return nil }
        self.invoiceNumber = invoiceNumber
    }

    /// Both values, and the cure, in a sentence.
    var reason: String {
        let parts = differences.map { "its \($0.field.rawValue) is \($0.line), and that of the invoice \($0.header)" }
        return
            "it contradicts invoice \(invoiceNumber): \(parts.joined(separator: "; ")); correct the billed sale or the "
            + "invoice in Dataverse"
    }

    /// The same, for a list of blocked rows.
    var blockage: Blockage { Blockage(.contradictsInvoice, reason) }
}
