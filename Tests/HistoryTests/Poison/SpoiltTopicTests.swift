import Bus
import Contracts
import Database
import Dataverse
import Finance
import Foundation
import JSON
import Kafka
import Testbed
import Testing

/// Promise 3, for the messages of every topic: whatever is wrong with a message, it costs itself alone.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .long))
struct SpoiltTopicTests {
    /// How many messages are spoilt: 400, or as many times that as `LEDGERBUS_TEST_WORLDS` says.
    private static let spoilt =
        400 * (ProcessInfo.processInfo.environment["LEDGERBUS_TEST_WORLDS"].flatMap(Int.init) ?? 1)

    @Test(
        "Every message ends in effect, waiting, or as one dead letter with its reason, and the good ones among them in effect",
        arguments: SpoiltTopic.all)
    func everyMessageEnds(_ topic: SpoiltTopic) async throws {
        var random = SeededRandom()
        print("\(topic.topic): \(random)")
        let seed = "\(random)"
        let bus = try TestBus(topics: [topic.topic])
        let database = try TestDatabase(
            topic.side == .finance ? FinanceSchema.migrations : DataverseSchema.migrations)
        let connection = try database.connect()
        if topic.side == .dataverse { try loadExport(connection) }
        let known = try topic.known(on: connection)

        var messages: [SpoiltMessage] = []
        for number in 0..<topic.good + Self.spoilt {
            let object = try topic.message(number, of: known)
            let value = JSONValue.object(object).text
            var message = SpoiltMessage(key: Array("\(number)".utf8), value: Array(value.utf8), headers: [])
            if number >= topic.good { random.spoil(object, &message) }
            messages.append(message)
        }
        messages.shuffle(using: &random)
        let deliveries = try send(messages, to: bus.configuration.clusterName(topic.topic.rawValue), bus)

        let consumer = bus.consumer([topic.handler(bus.configuration.choices)], databaseURL: database.url)
        let ends = try bus.watermarks(topic.topic.rawValue).values.reduce(0) { $0 + $1.high }
        #expect(ends == Int64(messages.count))
        try await eventually(consumer.log.text) {
            try connection.value(Int64.self, "SELECT coalesce(sum(next), 0)::bigint FROM consumer_positions") == ends
        }
        try await consumer.stop()

        let letters = try places("dead_letters", connection)
        let held = try places("held_messages", connection)
        let effects = Set(try connection.values(GUID.self, topic.effects))
        var (effective, waiting, dead) = (0, 0, 0)
        for (message, delivery) in zip(messages, deliveries) {
            let place = Place(partition: delivery.partition, offset: delivery.offset)
            let said = "\(seed), \(topic.topic), \(message.damage), \(place)"
            let id = Result { try topic.read(message.value ?? [], bus.configuration.choices) }
            switch (letters[place], held[place]) {
            case (let reason?, nil):
                dead += 1
                #expect(!message.damage.isEmpty, "\(said): a good message became a dead letter: \(reason)")
                #expect(!reason.isEmpty, "\(said)")
            case (nil, _?):
                waiting += 1
                guard case .failure(let error as ContractError) = id, error.setAside.waits else {
                    Issue.record("\(said): waits for nothing")
                    continue
                }
            case (nil, nil):
                effective += 1
                guard message.value != nil, case .success(let id) = id, effects.contains(id) else {
                    Issue.record("\(said): took no effect, and nothing says so")
                    continue
                }
            default: Issue.record("\(said): is a dead letter and waits")
            }
        }
        print("\(topic.topic): \(effective) in effect, \(waiting) wait, \(dead) dead letters")
        #expect(letters.count == dead && held.count == waiting, "\(seed)")
        #expect(effective + waiting + dead == messages.count)
        #expect(effective >= topic.good && dead > 0, "\(seed)")
        #expect(try connection.value(Int.self, "SELECT count(*) FROM outbox WHERE topic LIKE '%.dead-letter'") == dead)
    }

    private struct Place: Hashable {
        let partition: Int32
        let offset: Int64
    }

    /// What is set aside, with its reason; each place once.
    private func places(_ table: String, _ connection: Connection) throws -> [Place: String] {
        let rows = try connection.records(
            PlacedReason.self, "SELECT partition, message_offset, code || reason AS reason FROM \(table)")
        return Dictionary(
            rows.map { (Place(partition: $0.partition, offset: $0.offset), $0.reason) },
            uniquingKeysWith: { first, _ in
                Issue.record("\(table) has a place twice")
                return first
            })
    }

    private struct PlacedReason: Record {
        var partition: Int32
        var offset: Int64
        var reason: String

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            PlacedReason(
                partition: try column("partition", row?.partition), offset: try column("message_offset", row?.offset),
                reason: try column("reason", row?.reason))
        }
    }

    private func send(_ messages: [SpoiltMessage], to topic: String, _ bus: TestBus) throws -> [Delivery] {
        let producer = try Producer(bus.broker.configuration, clientID: "test")
        defer { producer.close(timeout: .seconds(5)) }
        for (token, message) in messages.enumerated() {
            // One after the other in memory that lasts as long as the call.
            let flat = message.headers.flatMap(\.1)
            try flat.withUnsafeBytes { flat in
                var start = 0
                let headers = message.headers.map { name, value in
                    defer { start += value.count }
                    return (name, UnsafeRawBufferPointer(rebasing: flat[start..<start + value.count]))
                }
                try withBytes(message.key) { key in
                    try withBytes(message.value) { value in
                        try producer.send(topic: topic, key: key, value: value, headers: headers, token: token)
                    }
                }
            }
        }
        var deliveries: [Delivery] = []
        while deliveries.count < messages.count { producer.deliveries(into: &deliveries, timeout: .seconds(30)) }
        for delivery in deliveries { if let error = delivery.error { throw error } }
        return deliveries.sorted { $0.token < $1.token }
    }

    private func withBytes<T>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws -> T) throws -> T {
        guard let bytes else { return try body(nil) }
        return try bytes.withUnsafeBytes { try body($0) }
    }

    private func loadExport(_ connection: Connection) throws {
        let pages = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("deploy/export/pages")
        let load = LoadPages(
            connection: connection, configuration: DataverseConfiguration(choices: try ChoiceTables()))
        _ = try load.load(PageSources([pages.path]).sources).whole()
    }
}
