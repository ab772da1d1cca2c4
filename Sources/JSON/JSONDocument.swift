import CSimdJSON

/// The indexed bytes of one document and their memory, reused from document to document.
///
/// Belongs to one thread at a time.
final class JSONDocument {
    let pointer: OpaquePointer = sj_document_make()

    deinit { sj_document_free(pointer) }

    /// The document's bytes.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: sj_document_bytes(pointer), count: sj_document_length(pointer))
    }

    /// Takes over a copy of `json` and indexes it.
    func load(_ json: UnsafeRawBufferPointer) throws(JSONError) {
        try reserve(json.count).copyMemory(from: json)
        try index(json.count)
    }

    /// The input buffer, with room for at least `count` bytes.
    func reserve(_ count: Int) throws(JSONError) -> UnsafeMutableRawBufferPointer {
        guard let start = sj_document_reserve(pointer, count) else {
            throw JSONError(.unreadable(reason: "no memory for \(count) bytes"))
        }
        return UnsafeMutableRawBufferPointer(start: start, count: count)
    }

    /// Indexes the first `count` bytes of the input buffer.
    func index(_ count: Int) throws(JSONError) {
        try check(sj_document_index(pointer, count))
    }

    /// Throws what `status` says, unless it says that all is well.
    func check(_ status: Int32, fields: [String] = []) throws(JSONError) {
        if status != SJ_OK.status { throw error(status, fields: fields) }
    }

    /// The error that `status` stands for.
    func error(_ status: Int32, fields: [String] = []) -> JSONError {
        let offset = sj_document_error_offset(pointer)
        let line = bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
        let kind: JSONError.Kind
        switch status {
        case SJ_NO_MEMORY.status: return JSONError(.unreadable(reason: "no memory"))
        case SJ_TOO_LARGE.status: return JSONError(.unreadable(reason: "larger than 4 GiB"))
        case SJ_NOT_OBJECT.status: kind = .notAnObject
        case SJ_TOO_DEEP.status: kind = .tooDeep
        case SJ_DUPLICATE.status: kind = .duplicateMember(fields[Int(sj_document_duplicate(pointer))])
        default: kind = .notJSON(reason: Self.reason(status))
        }
        return JSONError(kind, offset: offset, line: line)
    }

    private static func reason(_ status: Int32) -> String {
        switch status {
        case SJ_EMPTY.status: "there is nothing"
        case SJ_NOT_UTF8.status: "the text is not UTF-8"
        case SJ_CONTROL_CHARACTER.status: "a control character stands in a string"
        case SJ_UNCLOSED_STRING.status: "a string is not closed"
        case SJ_BAD_ESCAPE.status: "an escape in a string is malformed"
        case SJ_BAD_NUMBER.status: "a number is malformed"
        case SJ_BAD_LITERAL.status: "a word is none of true, false and null"
        case SJ_VALUE_EXPECTED.status: "a value is missing"
        case SJ_NAME_EXPECTED.status: "the name of a member is missing"
        case SJ_COLON_EXPECTED.status: "a colon is missing after the name of a member"
        case SJ_COMMA_OR_BRACE_EXPECTED.status: "a comma or } is missing"
        case SJ_COMMA_OR_BRACKET_EXPECTED.status: "a comma or ] is missing"
        default: "something follows the end"
        }
    }
}

extension sj_status {
    /// The value as the functions give it.
    var status: Int32 { Int32(rawValue) }
}

extension sj_slot {
    var slot: JSONSlot {
        JSONSlot(
            kind: JSONSlot.Kind(rawValue: UInt8(truncatingIfNeeded: kind)) ?? .missing,
            bytes: UnsafeRawBufferPointer(start: bytes, count: length))
    }
}
