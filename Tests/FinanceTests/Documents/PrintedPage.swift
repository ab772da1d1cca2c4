import Contracts
import Foundation
import FoundationXML

/// A page of HTML as who reads it sees it: the cells of its tables, and its text.
final class PrintedPage: NSObject, XMLParserDelegate {
    /// The rows of each table by its class, each with the text of its cells.
    private(set) var tables: [(name: String, rows: [[String]])] = []
    private(set) var text = ""
    private(set) var elements: Set<String> = []
    private var isCell = false

    /// - throws: what is not well-formed.
    init(_ html: String) throws {
        super.init()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.formatting) }
    }

    func rows(_ table: String) -> [[String]] { tables.filter { $0.name == table }.flatMap(\.rows) }

    /// The rows of the totals: first in the invoice's currency, then in the accounting currency.
    var totals: [[[String]]] { tables.filter { $0.name == "totals" }.map(\.rows) }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.insert(element)
        switch element {
        case "table": tables.append((attributes["class"] ?? "", []))
        case "tr": tables[tables.count - 1].rows.append([])
        case "td", "th":
            isCell = true
            append("")
        case "br", "div": add("\n")
        default: break
        }
    }

    func parser(
        _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
    ) {
        if element == "td" || element == "th" { isCell = false }
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { add(characters) }

    private func append(_ cell: String) {
        let table = tables.count - 1
        tables[table].rows[tables[table].rows.count - 1].append(cell)
    }

    private func add(_ characters: String) {
        text += characters
        guard isCell else { return }
        let table = tables.count - 1
        let row = tables[table].rows.count - 1
        tables[table].rows[row][tables[table].rows[row].count - 1] += characters
    }
}

/// An amount as it is printed.
func printed(_ amount: String) throws -> Money { try Money(amount.replacing(",", with: "")) }
