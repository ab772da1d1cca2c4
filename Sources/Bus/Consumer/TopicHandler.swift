public import Contracts
public import Database

/// One topic's part in a consumer.
///
/// A consumer decodes the next batch on one thread while the last one is
/// being written on another, so a handler makes a collector for each batch.
public protocol TopicHandler: Sendable {
    var topic: TopicName { get }

    /// An empty collector.
    func makeCollector() throws -> any MessageCollector
}

/// Collects the messages of one topic in one batch. Used by one thread at a time.
///
/// The consumer owns positions, dead letters, held messages, retries, and the
/// search for the message that a database refuses; the collector owns what
/// the messages mean, and that one that comes twice changes nothing.
public protocol MessageCollector: AnyObject {
    /// Decodes a message and keeps what is to be written for it.
    ///
    /// - throws: `ContractError`: an unknown choice is held until it is
    ///   configured, everything else is a dead letter; `DatabaseError` when a
    ///   value does not fit its column.
    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws

    /// Writes all that was added, in the batch's transaction. May be called
    /// again after the transaction was rolled back.
    ///
    /// - throws: `DatabaseError`; ``MessageRefusal`` when a message, valid in
    ///   itself, can never take effect on what is in the database.
    func write(to connection: Connection) throws

    /// What was written has committed.
    func committed()
}

extension MessageCollector {
    public func committed() {}
}

/// Where a message stands in Kafka.
public struct MessageSource {
    public let partition: Int32
    public let offset: Int64
    /// The event's id: its `ce_id`, or else derived from its bytes, as for a
    /// message typed by hand.
    public var eventId: GUID { identify() }

    private let identify: () -> GUID

    public init(partition: Int32, offset: Int64, eventId: @escaping @autoclosure () -> GUID) {
        self.partition = partition
        self.offset = offset
        self.identify = eventId
    }
}

/// Messages of a batch that can never take effect, each with the reason.
///
/// The consumer rolls the batch back, parks these messages as dead letters,
/// and writes the others.
public struct MessageRefusal: Error, Sendable {
    /// A message of the batch, by its place in Kafka.
    public struct Place: Hashable, Sendable {
        public let partition: Int32
        public let offset: Int64

        public init(partition: Int32, offset: Int64) {
            self.partition = partition
            self.offset = offset
        }
    }

    public let topic: TopicName
    public let code: FailureCode
    /// What is wrong with each.
    public let reasons: [Place: String]

    public init(topic: TopicName, code: FailureCode = .noEffect, reasons: [Place: String]) {
        self.topic = topic
        self.code = code
        self.reasons = reasons
    }
}
