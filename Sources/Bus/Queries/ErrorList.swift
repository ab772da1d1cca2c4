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
    /// - parameter all: also dead letters that are settled.
    /// - parameter limit: at most so many.
    /// - throws: `DatabaseError`.
    public init(_ connection: Connection, prefix: String, all: Bool, limit: Int = 1_000) throws {
        let letters = try DeadLetterStore.summaries(all: all, limit: limit, on: connection).map {
            (message: $0.message, entry: Entry(letter: $0, prefix))
        }
        let waiting = try HeldMessageStore.summaries(limit: limit, on: connection).map {
            (message: $0, entry: Entry(waiting: $0, prefix))
        }
        entries = (letters + waiting).sorted {
            ($0.message.receivedAt.microsecondsSince2000, $0.message.id)
                < ($1.message.receivedAt.microsecondsSince2000, $1.message.id)
        }.suffix(limit).map(\.entry)
        let letterCount = try all ? DeadLetterStore.countAll(on: connection) : DeadLetterStore.count(on: connection)
        total = try letterCount + HeldMessageStore.count(on: connection)
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

    /// - returns: nil when there is no such message.
    /// - throws: `DatabaseError`.
    public static func load(_ connection: Connection, number: Int64, kind: ErrorList.Kind) throws -> ErrorDetail? {
        switch kind {
        case .deadLetter:
            guard let letter = try DeadLetterStore.find(number, on: connection) else { return nil }
            return ErrorDetail(letter.letter.message, size: letter.letter.payloadSize, letter)
        case .waiting:
            guard let message = try HeldMessageStore.find(number, on: connection) else { return nil }
            return ErrorDetail(message, size: Int64(message.payload?.count ?? 0), nil)
        }
    }

    private init(_ message: StoredMessage, size: Int64, _ tried: DeadLetterStore.Tried?) {
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
    }
}
