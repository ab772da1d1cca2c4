import Contracts
import JSON

extension SalesTaxChange {
    /// Reads changes of many lines: a list of `{"line": 3, "salesTaxGroup": "DOM", "itemSalesTaxGroup": null}`, of which
    /// a line may be given as `actualId` as well. A group that is left out stays as it is, null is none, and
    /// `"reset": true` forgets what was set before.
    ///
    /// - parameter name: how errors call the text.
    /// - throws: ``SalesTaxEditRefusal`` at the first item that is wrong.
    public static func list(parsing bytes: [UInt8], name: String) throws(SalesTaxEditRefusal) -> [SalesTaxChange] {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw SalesTaxEditRefusal("\(name): \(error)")
        }
        guard let items = value.array, !items.isEmpty else {
            throw SalesTaxEditRefusal("\(name) must be a list of lines, each an object")
        }
        var changes: [SalesTaxChange] = []
        changes.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            changes.append(try SalesTaxChange(item, place: "\(name): item \(index + 1)"))
        }
        return changes
    }

    private static let keys = ["line", "actualId", "salesTaxGroup", "itemSalesTaxGroup", "reset"]

    private init(_ value: JSONValue, place: String) throws(SalesTaxEditRefusal) {
        guard let object = value.object else { throw SalesTaxEditRefusal("\(place) is no object") }
        for key in object.names where !Self.keys.contains(key) {
            throw SalesTaxEditRefusal(
                "\(place) has a key \"\(key)\": only the two sales tax groups of a line can be set, by the keys "
                    + Self.keys.joined(separator: ", "))
        }
        let line: Line
        switch (object["line"], object["actualId"]) {
        case (let number?, nil):
            guard let number = number.int, number > 0 else {
                throw SalesTaxEditRefusal("\(place): line must be a line number")
            }
            line = .number(number)
        case (nil, let id?):
            guard let id = id.string.flatMap({ GUID($0) }) else {
                throw SalesTaxEditRefusal("\(place): actualId must be an id")
            }
            line = .actual(id)
        default: throw SalesTaxEditRefusal("\(place) needs either line or actualId")
        }
        func setting(_ key: String) throws(SalesTaxEditRefusal) -> Setting {
            guard let value = object[key] else { return .kept }
            if value.isNull { return .none }
            guard let group = value.string, !group.isEmpty else {
                throw SalesTaxEditRefusal("\(place): \(key) must be a group's name, or null for none")
            }
            return .group(group)
        }
        var isReset = false
        if let reset = object["reset"] {
            guard let reset = reset.bool else { throw SalesTaxEditRefusal("\(place): reset must be true or false") }
            isReset = reset
        }
        self.init(
            line: line, salesTaxGroup: try setting("salesTaxGroup"),
            itemSalesTaxGroup: try setting("itemSalesTaxGroup"), isReset: isReset)
        guard isReset != (salesTaxGroup != .kept || itemSalesTaxGroup != .kept) else {
            throw SalesTaxEditRefusal("\(place) needs groups to set, or a reset, and not both")
        }
    }
}
