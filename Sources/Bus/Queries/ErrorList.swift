import Contracts
public import Database

/// Messages that did not take effect: dead letters, and those that wait.
public struct ErrorList: Sendable, Encodable {
    public enum Kind: String, Sendable, Encodable {
        case deadLetter = "dead-letter"
        case waiting
    }

    public struct Entry: Sendable, Encodable {
        /// `D12` or `W3`, as `errors show` and `errors retry` take it, behind the side's letter.
        public let id: String
        public let kind: Kind
        public let consumer: String
        public let topic: String
        public let partition: Int32
        public let offset: Int64
        public let key: String?
        /// Parked, requested, resolved or discarded for a dead letter.
        public let state: String
        /// What kind of failure it is.
        public let code: String
        public let reason: String
        public let receivedAt: String
    }

    /// The newest, in the order in which they came.
    public let entries: [Entry]
    /// How many there are, listed or not.
    public let total: Int

    /// - parameter prefix: the side's letter, `D` or `F`.
    /// - parameter filter: which messages are meant.
    /// - parameter all: also dead letters that are settled.
    /// - parameter limit: at most so many.
    /// - throws: `DatabaseError`.
    public init(
        _ connection: Connection, prefix: String, _ filter: DeadLetterFilter = DeadLetterFilter(), all: Bool,
        limit: Int = 1_000
    ) throws {
        let letters = try DeadLetterStore.summaries(filter, all: all, limit: limit, on: connection).map {
            (message: $0.message, entry: Entry(letter: $0, prefix))
        }
        let waiting = try HeldMessageStore.summaries(filter, limit: limit, on: connection).map {
            (message: $0, entry: Entry(waiting: $0, prefix))
        }
        entries = (letters + waiting).sorted {
            ($0.message.receivedAt.microsecondsSince2000, $0.message.id)
                < ($1.message.receivedAt.microsecondsSince2000, $1.message.id)
        }.suffix(limit).map(\.entry)
        total =
            try DeadLetterStore.count(filter, all: all, on: connection) + HeldMessageStore.count(filter, on: connection)
    }
}

extension ErrorList.Entry {
    /// One of the list.
    ///
    /// - returns: nil when there is no such message.
    /// - throws: `DatabaseError`.
    public static func load(
        _ connection: Connection, prefix: String, number: Int64, kind: ErrorList.Kind
    ) throws -> ErrorList.Entry? {
        switch kind {
        case .deadLetter: try DeadLetterStore.summary(number, on: connection).map { Self(letter: $0, prefix) }
        case .waiting: try HeldMessageStore.summary(number, on: connection).map { Self(waiting: $0, prefix) }
        }
    }

    fileprivate init(letter: DeadLetterStore.Summary, _ prefix: String) {
        self.init(letter.message, "\(prefix)\(letter.message.id)", .deadLetter, letter.state.rawValue)
    }

    fileprivate init(waiting message: StoredMessageSummary, _ prefix: String) {
        self.init(message, "\(prefix)W\(message.id)", .waiting, ErrorList.Kind.waiting.rawValue)
    }

    fileprivate init(_ message: StoredMessageSummary, _ id: String, _ kind: ErrorList.Kind, _ state: String) {
        self.init(
            id: id, kind: kind, consumer: message.consumer.rawValue, topic: message.topic,
            partition: message.partition, offset: message.offset,
            key: message.key.map { String(decoding: $0, as: UTF8.self) }, state: state, code: message.code.rawValue,
            reason: message.reason, receivedAt: message.receivedAt.text())
    }
}

/// One message that did not take effect, whole.
public struct ErrorDetail: Sendable, Encodable {
    public struct Header: Sendable, Encodable {
        public let name: String
        public let value: String
    }

    public let headers: [Header]
    public let payload: String?
    public let payloadSize: Int64
    public let attempts: Int32?
    /// Who settled it without effect, and why.
    public let discardedBy: String?
    public let discardReason: String?
    /// SHA-256 of the value as it came, in hexadecimal digits; nil for a message that waits.
    public let payloadDigest: String?
    /// What an operator has put in the place of the value; nil when nobody has.
    public let editedPayload: String?
    /// The trace that the message belongs to: an invoice's, as `ledgerbus trace` takes it; nil when it names none.
    public let trace: String?
    /// What happened to it since it was received.
    public let history: [Event]

    /// Something that happened to a dead letter.
    public struct Event: Sendable, Encodable {
        public let at: String
        public let event: DeadLetterEvent
        /// The operator, or the consumer that tried it.
        public let actor: String
        public let code: String?
        public let reason: String?
        /// Of an edit: what was put in the place of the value.
        public let payload: String?
        public let payloadDigest: String?

        init(_ entry: DeadLetterHistory.Entry) {
            at = entry.happenedAt.text()
            event = entry.event
            actor = entry.actor
            code = entry.code?.rawValue
            reason = entry.reason
            payload = entry.payload.map { String(decoding: $0, as: UTF8.self) }
            payloadDigest = entry.payloadDigest?.hexadecimal
        }
    }

    /// - returns: nil when there is no such message.
    /// - throws: `DatabaseError`.
    public static func load(_ connection: Connection, number: Int64, kind: ErrorList.Kind) throws -> ErrorDetail? {
        switch kind {
        case .deadLetter:
            guard let letter = try DeadLetterStore.find(number, on: connection) else { return nil }
            return ErrorDetail(
                letter.letter.message, size: letter.letter.payloadSize, letter,
                history: try DeadLetterHistory.entries(of: number, on: connection).map(Event.init))
        case .waiting:
            guard let message = try HeldMessageStore.find(number, on: connection) else { return nil }
            return ErrorDetail(message, size: Int64(message.payload?.count ?? 0), nil, history: [])
        }
    }

    private init(_ message: StoredMessage, size: Int64, _ tried: DeadLetterStore.Tried?, history: [Event]) {
        let list = message.headers ?? []
        headers = stride(from: 0, to: list.count - 1, by: 2).map {
            Header(
                name: String(decoding: list[$0], as: UTF8.self), value: String(decoding: list[$0 + 1], as: UTF8.self))
        }
        payload = message.payload.map { String(decoding: $0, as: UTF8.self) }
        payloadSize = size
        attempts = tried?.attempts
        discardedBy = tried?.discardedBy
        discardReason = tried?.discardReason
        payloadDigest = tried?.letter.payloadDigest.hexadecimal
        editedPayload = tried?.editedPayload.map { String(decoding: $0, as: UTF8.self) }
        trace = message.header(EventHeader.traceParent).flatMap { Self.trace(String(decoding: $0, as: UTF8.self)) }
        self.history = history
    }

    /// The trace of a `traceparent`, `00-TRACE-SPAN-01`, as the id that it is.
    private static func trace(_ parent: String) -> String? {
        let parts = parent.split(separator: "-")
        guard parts.count == 4, parts[1].utf8.count == 32 else { return nil }
        let digits = Array(String(parts[1]))
        let id = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
        return GUID(id)?.description
    }
}

extension [UInt8] {
    /// Two digits a byte.
    fileprivate var hexadecimal: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 2 ? digits : "0" + digits
        }.joined()
    }
}
