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

    public let entries: [Entry]

    /// - parameter prefix: the side's letter, `D` or `F`.
    /// - parameter all: also dead letters that are settled.
    /// - throws: `DatabaseError`.
    public init(_ connection: Connection, prefix: String, all: Bool) throws {
        let letters = try DeadLetterStore.summaries(all: all, on: connection).map {
            (message: $0.message, entry: Entry($0.message, "\(prefix)\($0.message.id)", .deadLetter, $0.state.rawValue))
        }
        let waiting = try HeldMessageStore.summaries(on: connection).map {
            (message: $0, entry: Entry($0, "\(prefix)W\($0.id)", .waiting, Kind.waiting.rawValue))
        }
        entries = (letters + waiting).sorted {
            ($0.entry.receivedAt, $0.message.id) < ($1.entry.receivedAt, $1.message.id)
        }.map(\.entry)
    }
}

extension ErrorList.Entry {
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
