import CSimdJSON

extension JSONValue {
    /// Parses one value.
    ///
    /// - throws: ``JSONError`` when the bytes are not JSON in UTF-8, or a member stands twice in an object.
    public init(parsing bytes: UnsafeRawBufferPointer) throws(JSONError) {
        let document = JSONDocument()
        try document.load(bytes)
        var root = sj_slot()
        try document.check(sj_root(document.pointer, &root))
        self = try document.tree(root)
    }

    /// Parses one value.
    ///
    /// - throws: ``JSONError`` when the bytes are not JSON in UTF-8, or a member stands twice in an object.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try JSONValue(parsing: UnsafeRawBufferPointer(buffer))
        }
    }

    /// Parses one value.
    ///
    /// - throws: ``JSONError`` when the text is not JSON, or a member stands twice in an object.
    public init(parsing text: String) throws(JSONError) {
        self = try JSONValue(parsing: Array(text.utf8))
    }
}

extension JSONDocument {
    /// The tree of a value of this document, which is valid.
    fileprivate func tree(_ value: sj_slot) throws(JSONError) -> JSONValue {
        let slot = value.slot
        switch slot.kind {
        case .missing, .null: return .null
        case .false: return .bool(false)
        case .true: return .bool(true)
        case .number: return .number(String(decoding: slot.bytes, as: UTF8.self))
        case .string: return .string(String(decoding: slot.bytes, as: UTF8.self))
        case .array: return .array(try elements(of: value))
        case .object: return .object(try members(of: value))
        }
    }

    private func elements(of array: sj_slot) throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        var next = array.start + 1
        var value = sj_slot()
        while sj_next_element(pointer, &next, &value) == SJ_OK.status {
            elements.append(try tree(value))
        }
        return elements
    }

    private func members(of object: sj_slot) throws(JSONError) -> JSONObject {
        var members: [JSONObject.Member] = []
        var names = Set<String>()
        var next = object.start + 1
        var name = sj_slot()
        var value = sj_slot()
        while sj_next_member(pointer, &next, &name, &value) == SJ_OK.status {
            let text = String(decoding: name.slot.bytes, as: UTF8.self)
            guard names.insert(text).inserted else { throw JSONError(.duplicateMember(text)) }
            members.append(JSONObject.Member(name: text, value: try tree(value)))
        }
        return JSONObject(distinct: members)
    }
}
