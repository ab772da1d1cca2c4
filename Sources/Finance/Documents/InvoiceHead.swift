import Bus
public import Contracts
public import Database

/// Who invoices, or who is invoiced.
public struct InvoiceParty: Record, Hashable, Encodable {
    public let name: String
    /// Its lines parted by line feeds.
    public let address: String?
    public let country: String?
    /// The number under which it is registered for sales tax.
    public let taxNumber: String?

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceParty(
            name: try column("name", row?.name),
            address: try column("address", row?.address),
            country: try column("country", row?.country),
            taxNumber: try column("tax_number", row?.taxNumber))
    }
}

extension InvoiceParty {
    /// What an invoice says of the party, line by line.
    var lines: [String] {
        var lines = [name] + (address?.lines ?? [])
        if let country { lines.append(country) }
        if let taxNumber { lines.append("Tax registration number: \(taxNumber)") }
        return lines
    }
}

extension String {
    /// The lines of a text that holds several, but for empty ones.
    var lines: [String] { split(whereSeparator: \.isNewline).map(String.init) }
}

/// What stands above the lines of an invoice.
struct InvoiceHead {
    var title: String
    var seller: [String]
    var customer: [String]
    /// What else is to be known of the invoice, each with its name.
    var facts: [(name: String, value: String)]
    var paymentDetails: [String]

    /// - parameter supplied: the first and the last day of what is invoiced; nil when there are no lines.
    init(_ invoice: CustomerInvoice, supplied: SupplyPeriod?) {
        title = "\(invoice.invoiceAmount < .zero ? "CREDIT NOTE" : "INVOICE") \(invoice.number)"
        seller = invoice.seller.lines
        customer = invoice.customer.lines
        facts = [("Invoice date", invoice.invoiceDate.description), ("Due date", invoice.dueDate.description)]
        if let terms = invoice.paymentTerms { facts.append(("Payment terms", terms)) }
        if let supplied { facts.append(("Period of supply", supplied.description)) }
        facts += [
            ("Customer account", invoice.customerAccount), ("Project contract", invoice.contractNumber),
            ("Proforma invoice", invoice.proposalNumber), ("Voucher", invoice.voucher),
            ("Currency", invoice.currency.rawValue),
        ]
        paymentDetails = invoice.paymentDetails?.lines ?? []
    }
}

/// The first and the last day of what an invoice is for.
public struct SupplyPeriod: Record, Hashable, Encodable, CustomStringConvertible {
    public let from: CalendarDate
    public let to: CalendarDate

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SupplyPeriod(from: try column("supplied_from", row?.from), to: try column("supplied_to", row?.to))
    }

    public var description: String { from == to ? "\(from)" : "\(from) to \(to)" }
}
