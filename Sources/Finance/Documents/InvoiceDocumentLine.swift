public import Contracts

/// A line of an invoice as the customer reads it.
///
/// A line that adds nothing (§9.9) is printed without a price and an amount, as work without charge: what an invoice
/// shows as an amount is asked for, and tax that it shows is owed.
public struct InvoiceDocumentLine: Hashable, Sendable, Encodable {
    /// The line's number; of lines that are summed their place among the sums.
    public var number: Int
    /// The day of the supply; nil of lines that are summed.
    public var date: CalendarDate?
    /// What was supplied.
    public var description: String
    /// What else is to be said of it, such as which invoice it corrects.
    public var notes: [String]
    public var quantity: Quantity
    /// Without tax; nil where there is no charge, or no one price.
    public var unitPrice: Money?
    /// Without tax; nil where there is no charge.
    public var netAmount: Money?
    /// The sales tax codes that apply to the amount; the totals say their rates.
    public var salesTaxCodes: [String]
}

extension InvoiceDocumentLine {
    init(_ line: CustomerInvoiceLine, precision: Int) throws(DecimalProblem) {
        let net = try line.netAmount(precision: precision)
        number = line.lineNumber
        date = line.transactionDate
        description = line.description ?? line.categoryId ?? line.transactionClass.rawValue
        notes = line.kindNotes + [line.placeNote]
        quantity = line.quantity
        netAmount = net
        // A price with tax in it is none without.
        unitPrice = try net.flatMap { (net) throws(DecimalProblem) in
            line.hasIncludedTax ? try net.unitPrice(of: line.quantity) : line.price
        }
        salesTaxCodes = net == nil ? [] : line.salesTaxCodes
    }
}

extension CustomerInvoiceLine {
    /// What the line adds to the invoice without tax, each line rounded to the currency (§9.23, §9.28); nil when it adds
    /// nothing.
    func netAmount(precision: Int) throws(DecimalProblem) -> Money? {
        guard isChargeable else { return nil }
        let contained = zip(included, salesTaxes).reduce(Money.zero) { $1.0 ? $0 + $1.1 : $0 }
        return try amount.rounded(to: precision) - contained
    }

    fileprivate var hasIncludedTax: Bool { included.contains(true) }

    /// Where the line differs from an ordinary one.
    var kindNotes: [String] {
        var notes: [String] = []
        switch origin {
        case .prepayment: notes.append("Retainer, to be deducted from later invoices")
        case .deduction: notes.append("Deduction of a retainer that was invoiced before")
        case .milestone, nil: break
        }
        if isCredit {
            let original = originalInvoiceNumber.map { number in
                " of invoice \(number)" + (originalInvoiceDate.map { " of \($0)" } ?? "")
            }
            notes.append("Correction" + (original ?? ""))
        }
        return notes
    }

    /// For what, and by whom.
    fileprivate var placeNote: String {
        let category = categoryId.flatMap { $0 == description ? nil : $0 }
        return ["Project \(projectNumber)", description == nil ? nil : category, resource].compactMap { $0 }
            .joined(separator: ", ")
    }
}

extension Money {
    /// The price of one, of an amount; nil when there is none.
    fileprivate func unitPrice(of quantity: Quantity) throws(DecimalProblem) -> Money? {
        guard quantity != .zero else { return nil }
        return try share(Money(1), of: Money(units: quantity.units), precision: Money.scale)
    }
}
