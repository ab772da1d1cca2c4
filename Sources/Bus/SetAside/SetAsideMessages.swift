import Contracts
import Database
import Kafka
import Service

/// Messages that do not take effect: held messages, which wait, and dead letters, which are also published. Both commit
/// with the batch that they came in, and are tried again: the ones by themselves, the others when an operator wants it
/// (`ledgerbus errors retry`).
struct SetAsideMessages {
    let consumer: Program
    let clusterID: String
    let topicPrefix: String
    let handlers: [any TopicHandler]
    let hash: SHA256
    /// Topics, with the environment's prefix, of which nothing is tried again: their map is paused.
    var paused: Set<String> = []

    /// How many are looked at in one go, and how many bytes of them.
    private static let chunk: Int64 = 500
    private static let chunkBytes: Int64 = 8 << 20
    /// How many are tried in one transaction.
    private static let group = 100

    /// The round in which all have their turn once.
    private(set) var round = Round()

    /// The ids up to which they have had their turn; nil when all have had it.
    struct Round {
        var held: Int64? = 0
        var requested: Int64? = 0
    }

    private var letters: DeadLetterStore { DeadLetterStore(topicPrefix: topicPrefix, hash: hash) }

    /// Keeps a message of a batch.
    func keep(_ setAside: SetAside, _ index: Int, of messages: MessageBatch, on connection: Connection) throws {
        let message = messages[index]
        let parts = KeptParts(hash: hash)
        let (key, headers) = messages.withHeaders(index) { parts.keyAndHeaders(message.key, $0) }
        func stored(_ payload: [UInt8]?) -> StoredMessage {
            StoredMessage(
                clusterID: clusterID, topic: String(messages.topic(index).dropFirst(topicPrefix.count)),
                partition: message.partition, offset: message.offset, consumer: consumer, key: key, headers: headers,
                payload: payload)
        }
        switch setAside {
        case .wait(let reason):
            try HeldMessageStore.hold(stored(message.value.map { Array($0) }), reason, on: connection)
        case .deadLetter(let reason):
            let value = message.value ?? UnsafeRawBufferPointer(start: nil, count: 0)
            try letters.park(stored(message.value.map(parts.value)), value: value, reason, on: connection)
        }
    }

    /// Tries the next of those that are due: some hundreds, so that new messages do not wait for very many of them.
    ///
    /// - returns: how many took effect, and whether all have had their turn: the next call begins with the first again.
    mutating func retry(on session: DatabaseSession, shutdown: GracefulShutdown) throws -> (
        effective: Int, isThrough: Bool
    ) {
        var effective = 0
        if let after = round.held {
            let due = try session.perform(shutdown: shutdown) {
                try HeldMessageStore.messages(
                    of: consumer, after: after, limit: Self.chunk, bytes: Self.chunkBytes, on: $0)
            }
            // There may be very many that still wait, which is seen without a transaction.
            effective += try inGroups(notWaiting(due), on: session, shutdown: shutdown) { try retryHeld($0, on: $1) }
            round.held = due.last?.id
        }
        if let after = round.requested {
            let due = try session.perform(shutdown: shutdown) {
                try DeadLetterStore.requested(of: consumer, after: after, limit: Self.chunk, on: $0)
            }
            effective += try inGroups(due, on: session, shutdown: shutdown) { try retryRequested($0, on: $1) }
            round.requested = due.last
        }
        let isThrough = round.held == nil && round.requested == nil
        if isThrough { round = Round() }
        return (effective, isThrough)
    }

    /// Tries messages, many in a transaction. When something fails that is no message's fault, each of those is tried in a
    /// transaction of its own, so that the others keep what they came to.
    private func inGroups(
        _ ids: [Int64], on session: DatabaseSession, shutdown: GracefulShutdown,
        _ attempt: (Int64, Connection) throws -> Int
    ) throws -> Int {
        var effective = 0
        for start in stride(from: 0, to: ids.count, by: Self.group) where !shutdown.isRequested {
            let group = ids[start..<min(start + Self.group, ids.count)]
            do {
                effective += try session.perform(shutdown: shutdown) { connection in
                    try group.reduce(0) { $0 + (try attempt($1, connection)) }
                }
            } catch let error where group.count > 1 && Disposition(of: error) == .fatal {
                for id in group { effective += try session.perform(shutdown: shutdown) { try attempt(id, $0) } }
            }
        }
        return effective
    }

    /// - returns: 1 when it took effect.
    private func retryHeld(_ id: Int64, on connection: Connection) throws -> Int {
        guard let held = try HeldMessageStore.lock(id, on: connection), let handler = handler(of: held.message) else {
            return 0
        }
        let message = held.message
        switch try attempt(message, handler, on: connection) {
        case .wait(let reason):
            try HeldMessageStore.wait(id, for: reason, on: connection)
            return 0
        case .deadLetter(let reason):
            try letters.park(message, reason, on: connection)
            try HeldMessageStore.remove(id, on: connection)
            return 0
        case nil:
            try HeldMessageStore.remove(id, on: connection)
            try ExecutionLog(connection: connection).write(
                .info, activity: "waiting message", subject: message.place,
                "took effect: what it waited for has come (\(held.reason))")
            return 1
        }
    }

    /// - returns: 1 when it took effect.
    private func retryRequested(_ id: Int64, on connection: Connection) throws -> Int {
        guard let letter = try DeadLetterStore.lockRequested(id, on: connection),
            let handler = handler(of: letter.message)
        else { return 0 }
        let setAside =
            letter.isWhole
            ? try attempt(letter.message, handler, on: connection)
            : .deadLetter(
                Reason(.valueTooLong, "only the beginning of the value was kept; publish the message again"))
        if let setAside {
            try DeadLetterStore.parkAgain(id, setAside.reason, by: consumer, on: connection)
            return 0
        }
        try DeadLetterStore.resolve(id, by: consumer, on: connection)
        return 1
    }

    /// Those of the messages that can be decoded now, or never.
    private func notWaiting(_ messages: [Numbered<StoredMessage>]) throws -> [Int64] {
        var collectors: [TopicName: any MessageCollector] = [:]
        var settled: [Int64] = []
        for message in messages {
            if let handler = handler(of: message.value) {
                let collector = try collectors[handler.topic] ?? handler.makeCollector()
                collectors[handler.topic] = collector
                if case .wait = try add(message.value, to: collector) { continue }
            }
            settled.append(message.id)
        }
        return settled
    }

    /// What a message comes to when it is taken in now; nil when it takes effect.
    private func attempt(
        _ message: StoredMessage, _ handler: any TopicHandler, isFirst: Bool = true, on connection: Connection
    ) throws -> SetAside? {
        do {
            return try connection.savepoint {
                let collector = try handler.makeCollector()
                if let refused = try add(message, to: collector) { return refused }
                try collector.write(to: connection)
                return nil
            }
        } catch let refusal as MessageRefusal {
            return .deadLetter(Reason(refusal.code, refusal.reasons.values.first ?? "refused"))
        } catch let error as DatabaseError where error.isUniqueViolation && isFirst {
            // Another transaction may have written the same at the same moment, and is through by now.
            return try attempt(message, handler, isFirst: false, on: connection)
        } catch let error as DatabaseError {
            guard let reason = error.refusedValue else { throw error }
            return .deadLetter(reason)
        }
    }

    private func add(_ message: StoredMessage, to collector: any MessageCollector) throws -> SetAside? {
        if let major = newerMajor(of: message) {
            return .deadLetter(Reason(.schemaTooNew, "it has \(KnownSchema.upgradeReason(major, consumer))"))
        }
        guard let payload = message.payload else { return .noValue }
        return try payload.withUnsafeBytes { payload in
            try collector.take(
                payload,
                from: MessageSource(
                    partition: message.partition, offset: message.offset, eventId: hash.digest(payload).guid))
        }
    }

    private func newerMajor(of message: StoredMessage) -> Int? {
        guard let topic = TopicName(rawValue: message.topic),
            let uri = message.header(EventHeader.dataSchema)
        else { return nil }
        return uri.withUnsafeBytes { KnownSchema.newerMajor($0, of: topic) }
    }

    /// Nil also while the topic's map is paused.
    private func handler(of message: StoredMessage) -> (any TopicHandler)? {
        handlers.first { $0.topic.rawValue == message.topic && !paused.contains(topicPrefix + message.topic) }
    }
}

extension SetAside {
    /// There is nothing to take in.
    static var noValue: SetAside { .deadLetter(Reason(.noValue, "the message has no value")) }
}

extension MessageCollector {
    /// Adds a message, or says how it is set aside.
    ///
    /// - throws: what is no fault of the message.
    func take(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws -> SetAside? {
        do {
            try add(value, from: source)
            return nil
        } catch {
            guard case .setAside(let setAside) = Disposition(of: error) else { throw error }
            return setAside
        }
    }
}
