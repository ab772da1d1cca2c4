public import Dataverse
public import Foundation

/// A page, or the rows of a request, that no file holds.
public struct MemoryPage: PageSource {
    public let name: String
    /// Its JSON.
    public let content: String

    /// A page of the Web API; every row has a version.
    public init(_ table: String, _ rows: [[String: String]]) {
        name = table
        let context = "https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#\(table)(columns)"
        let versioned = rows.map { $0.merging(["versionnumber": "1"]) { own, _ in own } }
        content = "{\"@odata.context\": \"\(context)\", \"value\": \(Self.json(versioned))}"
    }

    /// The rows of a request, their members as raw JSON.
    public init(request rows: [[String: String]]) {
        name = "request"
        content = Self.json(rows)
    }

    public func forEachDocument(_ body: (Data) throws -> Void) throws { try body(Data(content.utf8)) }

    private static func json(_ rows: [[String: String]]) -> String {
        let objects = rows.map { row in
            "{" + row.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
        }
        return "[" + objects.joined(separator: ",\n") + "]"
    }
}
