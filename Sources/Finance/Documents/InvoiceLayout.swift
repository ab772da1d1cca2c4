import Contracts

/// A form in which an invoice is written: its head, its lines one by one, however many, and its foot.
protocol InvoiceLayout {
    func head(_ head: InvoiceHead) -> String
    func line(_ line: InvoiceDocumentLine, precision: Int) -> String
    func foot(_ foot: InvoiceFoot, _ head: InvoiceHead) -> String
}

/// The forms in which an invoice can be written.
public enum InvoiceForm: Sendable {
    /// For a terminal.
    case text
    /// A page for itself, to print or to send.
    case html

    var layout: any InvoiceLayout {
        switch self {
        case .text: InvoiceText()
        case .html: InvoiceHTML()
        }
    }
}

extension InvoiceDocumentLine {
    /// The cells of the line: number, date, quantity, unit price, sales tax and net amount.
    func cells(precision: Int) -> (
        number: String, date: String, quantity: String, price: String, tax: String, net: String
    ) {
        (
            String(number), date?.description ?? "", InvoiceFormat.number(quantity),
            unitPrice.map { InvoiceFormat.amount($0, precision: precision) } ?? "",
            salesTaxCodes.joined(separator: " "),
            netAmount.map { InvoiceFormat.amount($0, precision: precision) } ?? "no charge"
        )
    }
}
