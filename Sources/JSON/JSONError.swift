/// Why bytes were refused, and where.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// The bytes are not valid JSON; `reason` is a clause such as "a comma or } is missing".
        case notJSON(reason: String)
        /// The JSON is valid, but is no object where one must be.
        case notAnObject
        /// A member stands twice in one object.
        case duplicateMember(String)
        /// Objects and arrays nest deeper than 256 levels.
        case tooDeep
        /// The JSON is neither a page of the Dataverse Web API nor one of its rows.
        case notAPage(reason: String)
        /// The file cannot be read.
        case unreadable(reason: String)
    }

    public var kind: Kind
    /// The file, or the name that the bytes were given.
    public var source: String?
    /// The row of the page, from 1.
    public var row: Int?
    /// The byte, from 0.
    public var offset: Int?
    /// The line, from 1.
    public var line: Int?

    public init(_ kind: Kind, source: String? = nil, row: Int? = nil, offset: Int? = nil, line: Int? = nil) {
        self.kind = kind
        self.source = source
        self.row = row
        self.offset = offset
        self.line = line
    }
}

extension JSONError: CustomStringConvertible {
    /// One sentence, such as `invoices.json: row 3: line 1, byte 512: not JSON: a string is not closed`.
    public var description: String {
        var place: [String] = []
        if let source { place.append(source) }
        if let row { place.append("row \(row)") }
        if let line, let offset {
            place.append("line \(line), byte \(offset)")
        } else if let offset {
            place.append("byte \(offset)")
        }
        return (place + [kind.description]).joined(separator: ": ")
    }
}

extension JSONError.Kind: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notJSON(let reason): "not JSON: \(reason)"
        case .notAnObject: "not a JSON object"
        case .duplicateMember(let name): "member \(name) stands twice"
        case .tooDeep: "objects and arrays nest deeper than 256 levels"
        case .notAPage(let reason): "not a page of the Dataverse Web API: \(reason)"
        case .unreadable(let reason): "cannot be read: \(reason)"
        }
    }
}
