import Text

/// An invoice as text of a fixed width. What a terminal would act on is escaped.
struct InvoiceText: InvoiceLayout {
    private static let descriptionWidth = 38
    private static let titles = row("#", "date", ["description"], "quantity", "unit price", "sales tax", "net amount")
    private static let rule = String(repeating: "─", count: titles.count)

    func head(_ head: InvoiceHead) -> String {
        var lines = [head.title, "", "Seller"] + head.seller.map { "  \($0.escaped)" }
        lines += ["", "Customer"] + head.customer.map { "  \($0.escaped)" } + [""]
        lines += head.facts.map { "\(Self.left($0.name, 18))\($0.value.escaped)" }
        return Self.text(lines + ["", Self.titles, Self.rule])
    }

    func line(_ line: InvoiceDocumentLine, precision: Int) -> String {
        let cells = line.cells(precision: precision)
        let words = ([line.description] + line.notes.map { "  \($0)" }).flatMap(\.lines)
        return Self.text([
            Self.row(
                cells.number, cells.date, words.flatMap { Self.wrapped($0, Self.descriptionWidth) }, cells.quantity,
                cells.price, cells.tax, cells.net)
        ])
    }

    func foot(_ foot: InvoiceFoot, _ head: InvoiceHead) -> String {
        var lines = [Self.rule]
        for section in foot.sections {
            lines += [section.title]
            for row in section.rows {
                let base = row.base.isEmpty ? "" : "of \(row.base)"
                let label = Self.left(row.label.escaped, 50)
                lines.append("  \(label)  \(Self.right(base, 24))  \(Self.right(row.amount, 22))")
            }
            lines.append("")
        }
        if !head.paymentDetails.isEmpty { lines += ["Payment"] + head.paymentDetails.map { "  \($0.escaped)" } }
        while lines.last == "" { lines.removeLast() }
        return Self.text(lines)
    }

    private static func text(_ lines: [String]) -> String { lines.map { $0.escapedLines() + "\n" }.joined() }

    /// A row, and as many more as its description takes.
    private static func row(
        _ number: String, _ date: String, _ description: [String], _ quantity: String, _ price: String, _ tax: String,
        _ net: String
    ) -> String {
        let first =
            "\(right(number, 4))  \(left(date, 10))  \(left(description.first ?? "", descriptionWidth))  "
            + "\(right(quantity, 10))  \(right(price, 12))  \(left(tax, 12))  \(right(net, 14))"
        let indentation = String(repeating: " ", count: 18)
        return ([first] + description.dropFirst().map { indentation + $0 }).joined(separator: "\n")
    }

    private static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// The text in lines of a width, broken between words; a word that is longer stands alone.
    private static func wrapped(_ text: String, _ width: Int) -> [String] {
        let indentation = text.prefix { $0 == " " }
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append("\(indentation)\(word)")
            }
        }
        return lines
    }
}
