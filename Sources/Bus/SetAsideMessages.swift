import Contracts
import Database
import Service

/// Held messages whose cause may be gone, and dead letters that an operator
/// wants tried again (`ledgerbus errors retry`).
struct SetAsideMessages {
    let consumer: String
    let handlers: [any TopicHandler]
    let logger: Logger

    /// How many are tried at once.
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
            let due = try session.open().query(
                """
                SELECT id FROM \(store.rawValue) WHERE consumer = $1 AND id > $2
                \(store == .dead ? "AND state = 'requested'" : "") ORDER BY id LIMIT $3
                """, consumer, after, Self.chunk)
            if due.isEmpty { break }
            for row in due {
                after = try row.int64(0)
                if try session.perform(shutdown: shutdown, { try retryOne(store, id: after, on: $0) }) {
                    effective += 1
                }
            }
        }
        return effective
    }

    private func retryOne(_ store: Store, id: Int64, on connection: Connection) throws -> Bool {
        let rows = try connection.query(
            """
            SELECT topic, partition, "offset", payload FROM \(store.rawValue) WHERE id = $1
            \(store == .dead ? "AND state = 'requested'" : "") FOR UPDATE SKIP LOCKED
            """, id)
        guard let row = rows.first, let topic = TopicName(rawValue: try row.string(0)),
            let handler = handlers.first(where: { $0.topic == topic })
        else { return false }
        let payload = try row.optionalBytes(3).map { Array($0) } ?? []
        let partition = try row.int32(1)
        let offset = try row.int64(2)
        let hash = try SHA256()
        let disposition = try connection.savepoint { () throws -> Disposition? in
            let collector = try handler.makeCollector()
            let refused: Disposition? = payload.withUnsafeBytes { bytes in
                let source = MessageSource(
                    partition: partition, offset: offset, eventId: hash.digest(bytes).guid)
                do throws(ContractError) {
                    try collector.add(bytes, from: source)
                    return nil
                } catch {
                    return error.disposition
                }
            }
            if let refused { return refused }
            do {
                try collector.write(to: connection)
                return nil
            } catch let refusal as MessageRefusal {
                return .deadLetter(code: "no-effect", reason: refusal.reasons.values.first ?? "refused")
            }
        }
        try settle(store, id: id, disposition, on: connection)
        return disposition == nil
    }

    private func settle(_ store: Store, id: Int64, _ disposition: Disposition?, on connection: Connection) throws {
        switch (store, disposition) {
        case (.held, nil):
            try connection.execute("DELETE FROM held_messages WHERE id = $1", id)
        case (.held, .wait(let waitingFor)), (.held, .deadLetter(_, let waitingFor)):
            try connection.execute("UPDATE held_messages SET waiting_for = $2 WHERE id = $1", id, waitingFor)
        case (.dead, nil):
            try connection.execute(
                "UPDATE dead_letters SET state = 'resolved', changed_at = now() WHERE id = $1", id)
        case (.dead, .deadLetter(_, let reason)), (.dead, .wait(let reason)):
            try connection.execute(
                """
                UPDATE dead_letters SET state = 'parked', attempts = attempts + 1, reason = $2, changed_at = now()
                WHERE id = $1
                """, id, reason)
        case (_, .retry), (_, .fatal):
            break
        }
    }
}
