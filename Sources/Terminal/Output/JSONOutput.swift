import Foundation

/// The stable output for programs (`--json`): one document, keys sorted, instants in RFC 3339, a newline at the end.
///
/// Amounts, quantities and rates are strings in what is encoded, never floating-point numbers.
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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
