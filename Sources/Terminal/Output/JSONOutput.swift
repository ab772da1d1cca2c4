/// The stable output for programs (`--json`): one document, keys sorted, a key whose value is missing null, instants in
/// RFC 3339, a newline at the end.
///
/// Amounts, quantities and rates are strings in what is encoded, never floating-point numbers. What a terminal would act
/// on is escaped, so that it may be looked at; it reads back as it was.
public enum JSONOutput {
    /// Writes the value to standard output.
    ///
    /// - Throws: `EncodingError` when the value can't be encoded.
    public static func print(_ value: some Encodable) throws {
        StandardStream.output.write(try string(value))
    }

    /// The document, with its newline.
    ///
    /// - Throws: `EncodingError` when the value can't be encoded.
    public static func string(_ value: some Encodable) throws -> String {
        try JSONNodeEncoder.encode(value).text() + "\n"
    }
}
