import Contracts
import Database
import Service

/// Held messages whose cause may be gone, and dead letters that an operator
/// wants tried again (`ledgerbus errors retry`).
struct SetAsideMessages {
    let consumer: String
    let handlers: [any TopicHandler]
    let letters: DeadLetterTable
    let logger: Logger

    /// How many are looked at in one go.
    private static let chunk: Int64 = 500

    private enum Store: String {
        case held = "held_messages"
        case dead = "dead_letters"
    }

    /// Tries all that are due, each in a transaction of its own, and returns
    /// how many took effect.
    func retry(on session: DatabaseSession, shutdown: GracefulShutdown) throws -> Int {
        try retry(.held, on: session, shutdown: shutdown) + retry(.dead, on: session, shutdown: shutdown)
    }

    private func retry(_ store: Store, on session: DatabaseSession, shutdown: GracefulShutdown) throws -> Int {
        var effective = 0
        var after: Int64 = 0
        while !shutdown.isRequested {
            let due = try session.perform(shutdown: shutdown) { connection in
                try connection.query(
                    """
                    SELECT id, topic, partition, "offset", payload FROM \(store.rawValue)
                    WHERE consumer = $1 AND id > $2 \(store == .dead ? "AND state = 'requested'" : "")
                    ORDER BY id LIMIT $3
                    """, consumer, after, Self.chunk)
            }
            if due.isEmpty { break }
            // There may be very many that still wait, which is seen without a transaction each.
            let waiting = store == .held ? try stillWaiting(due) : []
            for row in due {
                after = try row.int64(0)
                if waiting.contains(after) { continue }
                if try session.perform(shutdown: shutdown, { try retryOne(store, id: after, on: $0) }) {
                    effective += 1
                }
            }
        }
        return effective
    }

    private func stillWaiting(_ rows: Rows) throws -> Set<Int64> {
        var waiting: Set<Int64> = []
        var collectors: [TopicName: any MessageCollector] = [:]
        for row in rows {
            guard let topic = TopicName(rawValue: try row.string(1)), let handler = handler(of: topic) else { continue }
            let collector = try collectors[topic] ?? handler.makeCollector()
            collectors[topic] = collector
            let payload = try row.bytes(4)
            if case .wait = try add(payload, of: row, to: collector) { waiting.insert(try row.int64(0)) }
        }
        return waiting
    }

    private func retryOne(_ store: Store, id: Int64, on connection: Connection) throws -> Bool {
        let rows = try connection.query(
            """
            SELECT id, topic, partition, "offset", payload, cluster_id, key, headers,
                \(store == .dead ? "payload_size > length(payload)" : "false")
            FROM \(store.rawValue) WHERE id = $1 \(store == .dead ? "AND state = 'requested'" : "")
            FOR UPDATE SKIP LOCKED
            """, id)
        guard let row = rows.first, let topic = TopicName(rawValue: try row.string(1)),
            let handler = handler(of: topic)
        else { return false }
        let setAside: SetAside?
        if try row.optionalBool(8) == true {
            setAside = .deadLetter(
                Reason(.valueTooLong, "only the beginning of the value was kept; publish the message again"))
        } else {
            setAside = try attempt(row, handler, on: connection)
        }
        try settle(store, row, setAside, on: connection)
        return setAside == nil
    }

    /// What a message comes to when it is taken in now; nil when it takes effect.
    private func attempt(_ row: Row, _ handler: any TopicHandler, on connection: Connection) throws -> SetAside? {
        guard let payload = try row.optionalBytes(4) else {
            return .deadLetter(Reason(.noValue, "the message has no value"))
        }
        do {
            return try connection.savepoint {
                let collector = try handler.makeCollector()
                if let refused = try add(payload, of: row, to: collector) { return refused }
                try collector.write(to: connection)
                return nil
            }
        } catch let refusal as MessageRefusal {
            return .deadLetter(Reason(refusal.code, refusal.reasons.values.first ?? "refused"))
        } catch let error as DatabaseError {
            guard let reason = error.refusedValue else { throw error }
            return .deadLetter(reason)
        }
    }

    private func add(
        _ payload: UnsafeRawBufferPointer, of row: Row, to collector: any MessageCollector
    ) throws -> SetAside? {
        let source = MessageSource(
            partition: try row.int32(2), offset: try row.int64(3), eventId: letters.hash.digest(payload).guid)
        do {
            try collector.add(payload, from: source)
            return nil
        } catch let error as ContractError {
            return error.setAside
        }
    }

    private func settle(_ store: Store, _ row: Row, _ setAside: SetAside?, on connection: Connection) throws {
        let id = try row.int64(0)
        switch (store, setAside) {
        case (.held, nil):
            try connection.execute("DELETE FROM held_messages WHERE id = $1", id)
        case (.held, .wait(let reason)):
            try connection.execute(
                "UPDATE held_messages SET code = $2, waiting_for = $3 WHERE id = $1", id, reason.code, reason.sentence)
        case (.held, .deadLetter(let reason)):
            let letter = DeadLetterTable.Letter(
                clusterID: try row.string(5), topic: try row.string(1), partition: try row.int32(2),
                offset: try row.int64(3), key: try row.optionalBytes(6).map { Array($0) },
                headers: try row.isNull(7) ? [] : row[7, as: [[UInt8]].self], value: Array(try row.bytes(4)))
            try letters.park(letter, reason, on: connection)
            try connection.execute("DELETE FROM held_messages WHERE id = $1", id)
        case (.dead, nil):
            try connection.execute(
                "UPDATE dead_letters SET state = 'resolved', changed_at = now() WHERE id = $1", id)
        case (.dead, .deadLetter(let reason)), (.dead, .wait(let reason)):
            try connection.execute(
                """
                UPDATE dead_letters SET state = 'parked', attempts = attempts + 1, code = $2, reason = $3, changed_at = now()
                WHERE id = $1
                """, id, reason.code, reason.sentence)
        }
    }

    private func handler(of topic: TopicName) -> (any TopicHandler)? { handlers.first { $0.topic == topic } }
}
