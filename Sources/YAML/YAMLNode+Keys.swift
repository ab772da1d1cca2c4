import Text

// The values of a mapping's keys, of the type that the caller wants. A required key that is missing, and a value of
// another type, throw a ``YAMLError``; an optional key may be missing or empty.
extension YAMLNode {
    public func string(_ key: String) throws(YAMLError) -> String { try required(key).asString() }
    public func optionalString(_ key: String) throws(YAMLError) -> String? { try optional(key)?.asString() }

    public func int(_ key: String) throws(YAMLError) -> Int { try required(key).asInt() }
    public func optionalInt(_ key: String) throws(YAMLError) -> Int? { try optional(key)?.asInt() }

    public func bool(_ key: String) throws(YAMLError) -> Bool { try required(key).asBool() }
    public func optionalBool(_ key: String) throws(YAMLError) -> Bool? { try optional(key)?.asBool() }

    /// A list of texts.
    public func strings(_ key: String) throws(YAMLError) -> [String] { try required(key).asStrings() }

    public func sequence(_ key: String) throws(YAMLError) -> [YAMLNode] { try required(key).asSequence() }
    public func optionalSequence(_ key: String) throws(YAMLError) -> [YAMLNode]? { try optional(key)?.asSequence() }

    public func mapping(_ key: String) throws(YAMLError) -> YAMLNode { try required(key).asMapping() }
    public func optionalMapping(_ key: String) throws(YAMLError) -> YAMLNode? { try optional(key)?.asMapping() }

    /// The value of a key, whatever it is.
    public func required(_ key: String) throws(YAMLError) -> YAMLNode {
        guard let value = try asMapping()[key] else {
            throw YAMLError(file: file, line: line, message: "key \"\(path(of: key))\" is missing")
        }
        return value
    }

    /// The value of a key; nil when it is missing or nothing is written there.
    public func optional(_ key: String) throws(YAMLError) -> YAMLNode? {
        guard let value = try asMapping()[key], !value.isNull else { return nil }
        return value
    }

    /// Refuses keys other than `known`, and names the one that was probably meant.
    ///
    /// - throws: ``YAMLError`` at the first unknown key, or when this is no mapping.
    public func onlyKeys(_ known: [String]) throws(YAMLError) {
        for member in try asMapping().members where !known.contains(member.key) {
            var message = "key \"\(path(of: member.key))\" is unknown"
            if let closest = closestWord(to: member.key, among: known) {
                message += "; did you mean \"\(closest)\"?"
            } else {
                message += "; known are \(known.joined(separator: ", "))"
            }
            throw YAMLError(file: file, line: member.line, message: message)
        }
    }

    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
