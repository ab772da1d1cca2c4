public import JSON

/// A message of one topic (design §2).
public protocol Message: Sendable {
    /// The topic's name, without the environment's prefix.
    static var topic: TopicName { get }

    /// Passes every field to the coder, in the order in which they are written, and makes a message of what it answers.
    ///
    /// - parameter message: the message that is to be written; nil when one is read, or the fields are only described.
    /// - throws: ``ContractError`` when a required field is missing, a field is malformed, a choice code is unknown, or
    ///   a meaning has no code.
    static func fields<Coder: FieldCoder>(_ field: inout Coder, of message: Self?) throws(ContractError) -> Self

    /// Checks what fields demand of each other. Nothing, unless a message says more.
    ///
    /// - throws: ``ContractError``.
    func validate() throws(ContractError)

    /// Reads a message. Leave it as it is: it stands here so that it is compiled for each message.
    static func read(_ fields: inout FieldDecoder) throws(ContractError) -> Self

    /// Writes the fields. Leave it as it is.
    func write(to fields: inout FieldWriter) throws(ContractError)

    /// The message's key.
    var key: String { get }
}

extension Message {
    /// The fields, in the order in which they are written.
    public static var fieldDescriptions: [FieldDescription] {
        var describer = FieldDescriber()
        // Describing throws nothing.
        _ = try? fields(&describer, of: nil)
        return describer.fields
    }

    public func validate() throws(ContractError) {}

    public static func read(_ fields: inout FieldDecoder) throws(ContractError) -> Self {
        let message = try Self.fields(&fields, of: nil)
        try message.validate()
        return message
    }

    public func write(to fields: inout FieldWriter) throws(ContractError) { _ = try Self.fields(&fields, of: self) }

    /// Writes the message as one JSON object.
    ///
    /// - throws: ``ContractError/unconfiguredChoice(column:label:)``.
    public func write(to json: inout JSONWriter, choices: ChoiceTables) throws(ContractError) {
        json.beginObject()
        try withUnsafeMutablePointer(to: &json) { json throws(ContractError) in
            var fields = FieldWriter(json, choices: choices)
            try write(to: &fields)
        }
        json.endObject()
    }
}

/// Decodes the messages of one topic. An instance belongs to one thread at a time.
public final class MessageDecoder<Decoded: Message> {
    private let reader: FieldReader
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) {
        self.reader = FieldReader(fields: Decoded.fieldDescriptions.map(\.name))
        self.choices = choices
    }

    /// Decodes one message's value.
    ///
    /// - throws: ``ContractError`` when the bytes are no message of this topic.
    public func decode(_ value: UnsafeRawBufferPointer) throws(ContractError) -> Decoded {
        do { try reader.read(value) } catch { throw .notJSON(error.description) }
        var fields = FieldDecoder(reader: reader, choices: choices)
        return try Decoded.read(&fields)
    }
}
