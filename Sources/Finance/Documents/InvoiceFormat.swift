import Contracts

/// How an invoice writes its numbers.
enum InvoiceFormat {
    /// An amount with the places of its currency: `1,234.50`.
    static func amount(_ amount: Money, precision: Int) -> String { grouped(amount.text(precision: precision)) }

    /// A number without zeros that say nothing: `7.5`.
    static func number(_ number: some ExactDecimal) -> String {
        var text = Substring(number.description)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return grouped(String(text))
    }

    static func rate(_ percentage: Percentage) -> String { "\(number(percentage)) %" }

    /// A decimal with commas between thousands.
    private static func grouped(_ decimal: String) -> String {
        let sign = decimal.prefix { $0 == "-" }
        let whole = decimal.dropFirst(sign.count).prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return sign + grouped + decimal.dropFirst(sign.count + whole.count)
    }

    /// The name of a sales tax with its rate, once. A name often says a rate already, and not always the one of its day.
    static func salesTax(_ name: String, _ percentage: Percentage) -> String {
        let rates = name.matches(of: /([0-9]+(?:[.,][0-9]+)?)\s*%/)
        let says = rates.contains { (try? Percentage(String($0.output.1).replacing(",", with: "."))) == percentage }
        if says { return name }
        guard rates.count == 1 else { return "\(name) \(rate(percentage))" }
        return name.replacing(rates[0].output.0, with: rate(percentage))
    }
}
