extension JSONWriter {
    public mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        element(value)
    }

    /// Writes nothing when the value is nil.
    public mutating func member(_ name: StaticString, _ value: String?) {
        if let value { member(name, value) }
    }

    /// A string whose bytes are valid UTF-8.
    public mutating func member(_ name: StaticString, utf8 value: UnsafeRawBufferPointer) {
        self.name(name)
        element(utf8: value)
    }

    /// A string of at most `most` bytes that need no escape: `fill` writes them and gives their number.
    public mutating func member(
        _ name: StaticString, quoted most: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int
    ) {
        self.name(name)
        element(quoted: most, fill)
    }

    public mutating func member(_ name: StaticString, _ value: Int) {
        self.name(name)
        element(value)
    }

    /// Writes nothing when the value is nil.
    public mutating func member(_ name: StaticString, _ value: Int?) {
        if let value { member(name, value) }
    }

    public mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        element(value)
    }

    /// JSON text that is already valid.
    public mutating func member(_ name: StaticString, raw json: UnsafeRawBufferPointer) {
        self.name(name)
        element(raw: json)
    }

    /// A tree, as an element of an array or the value after a name.
    public mutating func element(_ value: JSONValue) {
        switch value {
        case .null: elementNull()
        case .bool(let value): element(value)
        case .number(let text): Array(text.utf8).withUnsafeBytes { element(raw: $0) }
        case .string(let value): element(value)
        case .array(let elements):
            beginArray()
            for value in elements { element(value) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                name(dynamic: member.name)
                element(member.value)
            }
            endObject()
        }
    }
}
