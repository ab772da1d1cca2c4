/// What a client of an ``HTTPServer`` has to show: `Authorization: Bearer …`.
public struct BearerToken: Sendable {
    private let bytes: [UInt8]

    /// Fewer characters are guessed too easily.
    public static let shortest = 16

    /// - Returns: nil when it is too short, or has characters that no header can have.
    public init?(_ text: String) {
        guard text.utf8.count >= Self.shortest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        bytes = Array(text.utf8)
    }

    /// Whether a header's value has it. How long the answer takes does not tell how much of it was right.
    ///
    /// - Parameter header: the value of `Authorization`; nil when there is none.
    func matches(_ header: String?) -> Bool {
        guard let header else { return false }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
        let shown = Array(parts[1].utf8)
        var difference = shown.count ^ bytes.count
        for index in bytes.indices {
            difference |= Int(bytes[index] ^ (index < shown.count ? shown[index] : 0))
        }
        return difference == 0
    }
}
