public import Database

/// The kind of a failure, by which failures are counted: a few words that never change, such as `field-missing`.
///
/// Each module names its own in an extension.
public struct FailureCode: RawRepresentable, Hashable, Sendable, Encodable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }
}

extension FailureCode {
    /// The value is not one JSON object.
    public static let notJSON = FailureCode("not-json")
    /// The message has no value.
    public static let noValue = FailureCode("no-value")
    public static let fieldMissing = FailureCode("field-missing")
    public static let fieldMalformed = FailureCode("field-malformed")
    /// Two fields contradict each other.
    public static let contradiction = FailureCode("contradiction")
    /// A choice code or meaning that a line of configuration has to name.
    public static let choiceNotConfigured = FailureCode("choice-not-configured")
    /// A message that is valid in itself can never take effect on what is in the database.
    public static let noEffect = FailureCode("no-effect")
    /// The database refuses a value of the message.
    public static let refusedByDatabase = FailureCode("refused-by-database")
    /// The broker does not take the message.
    public static let refusedByBroker = FailureCode("refused-by-broker")
    /// The message is larger than what is taken in.
    public static let messageTooLarge = FailureCode("message-too-large")
    /// The value was too long to be kept whole.
    public static let valueTooLong = FailureCode("value-too-long")
}

extension FailureCode: DatabaseValue {
    public static let databaseType = DatabaseType.text
    public static let placeholder = FailureCode("")
    public func write(to bytes: inout WireBytes) { rawValue.write(to: &bytes) }
    public init(_ cell: Cell) throws { self.init(try String(cell)) }
}
