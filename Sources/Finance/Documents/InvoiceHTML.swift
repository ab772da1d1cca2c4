import Text

/// An invoice as a page of HTML that is well-formed XML as well, and prints on paper.
struct InvoiceHTML: InvoiceLayout {
    func head(_ head: InvoiceHead) -> String {
        """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width"/>
        <title>\(Self.escaped(head.title))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <h1>\(Self.escaped(head.title))</h1>
        <div class="parties">
        \(party("Seller", head.seller))
        \(party("Customer", head.customer))
        </div>
        <table class="facts">
        <tbody>
        \(head.facts.map { "<tr><th scope=\"row\">\(Self.escaped($0.name))</th><td>\(Self.escaped($0.value))</td></tr>" }
            .joined(separator: "\n"))
        </tbody>
        </table>
        <table class="lines">
        <thead>
        <tr><th scope="col" class="number">#</th><th scope="col">Date</th><th scope="col">Description</th>\
        <th scope="col" class="number">Quantity</th><th scope="col" class="number">Unit price</th>\
        <th scope="col">Sales tax</th><th scope="col" class="number">Net amount</th></tr>
        </thead>
        <tbody>

        """
    }

    func line(_ line: InvoiceDocumentLine, precision: Int) -> String {
        let cells = line.cells(precision: precision)
        let notes = line.notes.map { "<div class=\"note\">\(Self.escaped($0))</div>" }.joined()
        return "<tr><td class=\"number\">\(cells.number)</td><td>\(cells.date)</td>"
            + "<td>\(Self.escaped(line.description))\(notes)</td><td class=\"number\">\(cells.quantity)</td>"
            + "<td class=\"number\">\(cells.price)</td><td>\(Self.escaped(cells.tax))</td>"
            + "<td class=\"number net\">\(cells.net)</td></tr>\n"
    }

    func foot(_ foot: InvoiceFoot, _ head: InvoiceHead) -> String {
        let payment =
            head.paymentDetails.isEmpty
            ? "" : "<div class=\"payment\">\n\(party("Payment", head.paymentDetails))\n</div>\n"
        return """
            </tbody>
            </table>
            \(foot.sections.map(section).joined(separator: "\n"))
            \(payment)</body>
            </html>

            """
    }

    private func party(_ title: String, _ lines: [String]) -> String {
        "<address><h2>\(title)</h2>\(lines.map(Self.escaped).joined(separator: "<br/>"))</address>"
    }

    private func section(_ section: InvoiceFoot.Section) -> String {
        let rows = section.rows.map { row in
            let base = row.base.isEmpty ? "" : "of \(row.base)"
            return "<tr\(row.isTotal ? " class=\"total\"" : "")><th scope=\"row\">\(Self.escaped(row.label))</th>"
                + "<td class=\"number\">\(base)</td><td class=\"number\">\(row.amount)</td></tr>"
        }
        return """
            <table class="totals">
            <caption>\(Self.escaped(section.title))</caption>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            """
    }

    /// The text as it may stand in a page: what marks it up is escaped, what misleads a reader is shown, lines are kept.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.escapedLines().unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n": escaped += "<br/>"
            // No characters of XML.
            case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static let style = """
        @page { size: A4; margin: 18mm 15mm; }
        body { font: 10pt/1.4 Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif; color: #111; max-width: 190mm;
          margin: 10mm auto; padding: 0 5mm; }
        h1 { font-size: 18pt; margin: 0 0 8mm; }
        h2 { font-size: 8pt; margin: 0 0 1mm; color: #555; text-transform: uppercase; letter-spacing: .05em; }
        address { font-style: normal; flex: 1; }
        .parties { display: flex; gap: 10mm; margin-bottom: 8mm; }
        .payment { margin-top: 8mm; break-inside: avoid; }
        table { border-collapse: collapse; }
        th { text-align: left; font-weight: normal; }
        td, th { vertical-align: top; padding: .7mm 2mm; overflow-wrap: anywhere; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .facts { margin-bottom: 8mm; }
        .facts th { color: #555; padding-left: 0; }
        .lines { width: 100%; margin-bottom: 6mm; }
        .lines thead th { border-bottom: 1px solid #111; font-weight: bold; }
        .lines td { border-bottom: 1px solid #ddd; }
        .lines tr, .totals { break-inside: avoid; }
        .lines thead { display: table-header-group; }
        .lines td:nth-child(2) { white-space: nowrap; }
        .note { color: #555; font-size: 8.5pt; }
        .totals { margin: 0 0 6mm auto; min-width: 60%; }
        .totals caption { text-align: left; color: #555; padding: 0 2mm 1mm; }
        .totals .total th, .totals .total td { font-weight: bold; border-top: 1px solid #111; }
        @media print { body { margin: 0; padding: 0; max-width: none; } }
        """
}
