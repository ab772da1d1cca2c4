import CSimdJSON

/// Reads chosen members of JSON objects, one object after the other, without making strings of them.
///
/// ```swift
/// let reader = FieldReader(fields: ["actualId", "amount"])
/// try reader.read(message)
/// let amount = reader[1]      // .number, "1600.0000"
/// ```
///
/// A reader belongs to one thread at a time.
public final class FieldReader {
    private let document = JSONDocument()
    private let table: FieldTable

    /// A reader of the top-level members with these names, all different.
    public init(fields: [String]) {
        table = FieldTable(fields)
    }

    /// The names, in the order of the slots.
    public var fields: [String] { table.names }

    /// Reads one object from a copy of `json`. Other members are validated and passed over.
    ///
    /// - throws: ``JSONError`` when the bytes are not one JSON object in UTF-8, or one of the fields stands twice. The
    ///   slots mean nothing then.
    public func read(_ json: UnsafeRawBufferPointer) throws(JSONError) {
        let status = sj_read(
            document.pointer, table.pointer, json.baseAddress?.assumingMemoryBound(to: UInt8.self), json.count,
            table.slots)
        if status != SJ_OK.status { throw document.error(status, fields: table.names) }
    }

    /// The value of a field in the object that was read last; valid until the next read.
    public subscript(field: Int) -> JSONSlot { table[field] }
}
