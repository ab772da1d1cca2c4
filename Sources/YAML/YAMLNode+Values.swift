// A node's own value, of the type that the caller wants.
extension YAMLNode {
    /// A text, quoted or not.
    ///
    /// - throws: ``YAMLError`` when nothing is written, or a list or mapping is.
    public func asString() throws(YAMLError) -> String {
        guard case .scalar(let text, _) = content else { throw error("must be a text") }
        guard !isNull else { throw error("must not be empty") }
        return text
    }

    /// A whole number, not quoted.
    ///
    /// - throws: ``YAMLError`` when it is anything else, or larger than `Int`.
    public func asInt() throws(YAMLError) -> Int {
        guard case .scalar(let text, .plain) = content, let first = text.utf8.first, first != UInt8(ascii: "+"),
            let value = Int(text)
        else { throw error("must be a whole number") }
        return value
    }

    /// `true` or `false`, not quoted.
    ///
    /// - throws: ``YAMLError`` when it is anything else, `yes` and `on` included.
    public func asBool() throws(YAMLError) -> Bool {
        if case .scalar(let text, .plain) = content {
            if text == "true" { return true }
            if text == "false" { return false }
        }
        throw error("must be true or false")
    }

    /// The items of a list.
    ///
    /// - throws: ``YAMLError`` when this is no list.
    public func asSequence() throws(YAMLError) -> [YAMLNode] {
        guard case .sequence(let items) = content else { throw error("must be a list") }
        return items
    }

    /// A list of texts.
    ///
    /// - throws: ``YAMLError`` when this is no list, or one of its items is no text.
    public func asStrings() throws(YAMLError) -> [String] {
        var texts: [String] = []
        for item in try asSequence() { texts.append(try item.asString()) }
        return texts
    }

    /// This node, which is a mapping of keys to values.
    ///
    /// - throws: ``YAMLError`` when it is none.
    @discardableResult
    public func asMapping() throws(YAMLError) -> YAMLNode {
        guard case .mapping = content else { throw error("must be a mapping of keys to values") }
        return self
    }
}
