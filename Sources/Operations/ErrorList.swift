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
        /// Parked, requested or resolved for a dead letter.
        public let state: String
        public let reason: String
        public let receivedAt: String
    }

    public let entries: [Entry]

    /// - parameter prefix: the side's letter, `D` or `F`.
    /// - parameter all: also dead letters that have taken effect since.
    /// - throws: `DatabaseError`.
    public init(_ connection: Connection, prefix: String, all: Bool) throws {
        let rows = try connection.query(
            """
            SELECT 'dead-letter', id, consumer, topic, partition, "offset", key, state, reason,
                to_char(received_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM dead_letters WHERE $1 OR state <> 'resolved'
            UNION ALL
            SELECT 'waiting', id, consumer, topic, partition, "offset", key, 'waiting', waiting_for,
                to_char(received_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM held_messages ORDER BY 10, 2
            """, all)
        entries = try rows.map { row in
            let kind = Kind(rawValue: try row.string(0)) ?? .deadLetter
            return Entry(
                id: "\(prefix)\(kind == .waiting ? "W" : "")\(try row.int64(1))", kind: kind,
                consumer: try row.string(2),
                topic: try row.string(3), partition: try row.int32(4), offset: try row.int64(5),
                key: try row.optionalBytes(6).map { String(decoding: $0, as: UTF8.self) }, state: try row.string(7),
                reason: try row.string(8), receivedAt: try row.string(9))
        }
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

    /// - returns: nil when there is no such message.
    /// - throws: `DatabaseError`.
    public static func load(_ connection: Connection, number: Int64, kind: ErrorList.Kind) throws -> ErrorDetail? {
        let rows =
            switch kind {
            case .deadLetter:
                try connection.query(
                    "SELECT headers, payload, payload_size, attempts FROM dead_letters WHERE id = $1", number)
            case .waiting:
                try connection.query(
                    "SELECT headers, payload, length(payload)::bigint, NULL::int FROM held_messages WHERE id = $1",
                    number)
            }
        guard let row = rows.first else { return nil }
        let list = try row.isNull(0) ? [] : try row[0, as: [[UInt8]].self]
        let headers = stride(from: 0, to: list.count - 1, by: 2).map {
            Header(
                name: String(decoding: list[$0], as: UTF8.self), value: String(decoding: list[$0 + 1], as: UTF8.self))
        }
        return ErrorDetail(
            headers: headers, payload: try row.optionalBytes(1).map { String(decoding: $0, as: UTF8.self) },
            payloadSize: try row.int64(2), attempts: try row.optionalInt32(3))
    }

    /// Asks the consumer to try dead letters again; it does so within seconds.
    ///
    /// A letter that is resolved is never tried again, and one whose value
    /// was too large to be kept whole cannot be.
    ///
    /// - parameter number: nil is all that are parked.
    /// - returns: how many will be tried.
    /// - throws: `DatabaseError`.
    public static func retry(_ connection: Connection, number: Int64?) throws -> Int {
        try connection.execute(
            """
            UPDATE dead_letters SET state = 'requested', changed_at = now()
            WHERE state = 'parked' AND ($1::bigint IS NULL OR id = $1) AND length(payload) = payload_size
            """, number)
    }
}
