/// A configured value that is missing or can't be used: one sentence with the key, where it stands and what to do.
public struct ConfigError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
