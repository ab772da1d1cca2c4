/// Reads YAML files: configuration and declarations.
///
/// One document of mappings, lists and scalars. Anchors, aliases, merge keys, tags and further documents are refused,
/// and so is a key that stands twice.
public enum YAML {
    /// Parses a file's bytes, which errors call `file`.
    ///
    /// - throws: ``YAMLError`` with file and line.
    public static func parse(_ bytes: [UInt8], file: String) throws(YAMLError) -> YAMLNode {
        var parser = YAMLParser(bytes: bytes, file: file)
        return try parser.document()
    }

    /// Parses a file's text, which errors call `file`.
    ///
    /// - throws: ``YAMLError`` with file and line.
    public static func parse(_ text: String, file: String) throws(YAMLError) -> YAMLNode {
        try parse(Array(text.utf8), file: file)
    }
}
