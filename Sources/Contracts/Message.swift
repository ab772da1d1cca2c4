public import JSON

/// A message of one topic (design §2).
public protocol Message: Sendable {
    /// The topic's name, without the environment's prefix.
    static var topic: TopicName { get }

    /// The members of the JSON object, in the order in which they are written.
    static var fields: [String] { get }

    /// Reads a message from its members.
    ///
    /// - throws: ``ContractError`` when a required field is missing, a field
    ///   is malformed, or a choice code is unknown.
    init(from fields: borrowing MessageFields, choices: ChoiceTables) throws(ContractError)

    /// Writes the message as one JSON object.
    ///
    /// - throws: ``ContractError/unconfiguredChoice(column:label:)``.
    func write(to json: inout JSONWriter, choices: ChoiceTables) throws(ContractError)

    /// The message's key.
    var key: String { get }
}

extension Message {
    /// The position of a field in ``fields``. For `static let`s, once a field.
    static func position(of field: String) -> Int {
        fields.firstIndex(of: field) ?? fields.endIndex
    }
}

/// Decodes the messages of one topic. An instance belongs to one thread at a time.
public final class MessageDecoder<Decoded: Message> {
    private let reader: FieldReader
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) {
        self.reader = FieldReader(fields: Decoded.fields)
        self.choices = choices
    }

    /// Decodes one message's value.
    ///
    /// - throws: ``ContractError`` when the bytes are no message of this topic.
    public func decode(_ value: UnsafeRawBufferPointer) throws(ContractError) -> Decoded {
        do { try reader.read(value) } catch { throw .notJSON(error.description) }
        return try Decoded(from: MessageFields(reader: reader, names: Decoded.fields), choices: choices)
    }
}
