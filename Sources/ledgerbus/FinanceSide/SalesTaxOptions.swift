import Contracts
import Finance
import Foundation
import Terminal

/// The lines whose sales tax groups are set, and the groups: of one line, or of many in JSON.
struct SalesTaxOptions: ParsableArguments {
    @Option(help: "The line's number.") var line: Int?
    @Option(help: "The line's actual, in the place of its number.") var actual: String?
    @Option(help: "Its billing sales tax group.") var salesTaxGroup: String?
    @Option(help: "Its billing item sales tax group.") var itemSalesTaxGroup: String?
    @Flag(help: "It has no billing sales tax group, and no sales tax.") var withoutSalesTaxGroup = false
    @Flag(help: "It has no item sales tax group, and no sales tax.") var withoutItemSalesTaxGroup = false
    @Flag(help: "Forget what was set: the next import gives it the groups of set-up.") var reset = false
    @Option(
        help: """
            A file of many lines, - for standard input: [{"line": 3, "salesTaxGroup": "DOM", "itemSalesTaxGroup": null}].
            """)
    var file: String?

    init() {}

    func validate() throws {
        let isOne = line != nil || actual != nil
        guard isOne != (file != nil), line == nil || actual == nil else {
            throw ValidationError("Give one line, by --line or --actual, or many by --file.")
        }
        if let actual, GUID(actual) == nil { throw ValidationError("--actual must be an id.") }
        guard salesTaxGroup == nil || !withoutSalesTaxGroup, itemSalesTaxGroup == nil || !withoutItemSalesTaxGroup
        else {
            throw ValidationError("A line has a group, or is without: not both.")
        }
        let setsGroups =
            salesTaxGroup != nil || itemSalesTaxGroup != nil || withoutSalesTaxGroup || withoutItemSalesTaxGroup
        guard file != nil ? !setsGroups && !reset : setsGroups != reset else {
            throw ValidationError(
                file != nil ? "The groups are in the file." : "Give the groups to set, or --reset, and not both.")
        }
    }

    func changes() throws -> [SalesTaxChange] {
        if let file {
            let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
            guard let data = try handle?.readToEnd() else {
                throw CommandFailure("There is no file \(file), or it is empty.")
            }
            return try SalesTaxChange.list(parsing: Array(data), name: file == "-" ? "standard input" : file)
        }
        func setting(_ group: String?, _ isNone: Bool) -> SalesTaxChange.Setting {
            group.map { .group($0) } ?? (isNone ? .none : .kept)
        }
        guard
            let place = line.map({ SalesTaxChange.Line.number($0) })
                ?? actual.flatMap({ GUID($0) }).map({ .actual($0) })
        else { return [] }
        return [
            SalesTaxChange(
                line: place, salesTaxGroup: setting(salesTaxGroup, withoutSalesTaxGroup),
                itemSalesTaxGroup: setting(itemSalesTaxGroup, withoutItemSalesTaxGroup), isReset: reset)
        ]
    }

    /// What the audit keeps of what was set: how many lines, and the first of them.
    struct Kept: Encodable {
        let count: Int
        let lines: [SalesTaxEditing.Edited]

        init(_ edited: [SalesTaxEditing.Edited]) { (count, lines) = (edited.count, Array(edited.prefix(100))) }
    }

    /// Prints what was set.
    static func print(_ edited: [SalesTaxEditing.Edited], json: Bool) throws {
        if json { return try JSONOutput.print(edited) }
        func text(_ groups: SalesTaxGroups?) -> String {
            guard let groups else { return "of set-up, with the next import" }
            return "\(groups.salesTaxGroup ?? "none") / \(groups.itemSalesTaxGroup ?? "none")"
        }
        var table = Table(columns: [.number("line"), "actual", "groups before", "groups now"])
        for line in edited {
            table.append(
                line.lineNumber.map { "\($0)" } ?? "", line.actualId.description, text(line.before), text(line.after))
        }
        table.print()
    }
}
