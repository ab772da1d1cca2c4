import Contracts
import Foundation
import Kafka
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// What pausing and resuming does (``TableMapChange``).
struct TableMapChangeTests {
    private func switches(_ rows: (TableMap, TableMapState, TableMap?)...) -> [TableMap: TableMapSwitch] {
        Dictionary(
            uniqueKeysWithValues: rows.map {
                let row = TableMapSwitch(
                    map: $0, state: $1, pausedWith: $2, changedAt: Instant(microsecondsSince2000: 0), changedBy: "her",
                    reason: nil)
                return ($0, row)
            })
    }

    @Test("pause: the map and its dependents that run are paused, these with it")
    func pause() {
        #expect(
            TableMapChange.pausing(.invoices, alone: false, switches((.actuals, .paused, nil))) == [
                TableMapChange(map: .invoices, state: .paused),
                TableMapChange(map: .connections, state: .paused, pausedWith: .invoices),
            ])
        #expect(
            TableMapChange.pausing(.actuals, alone: false, [:]).map(\.map) == [.actuals, .connections])
        #expect(TableMapChange.pausing(.accountingDetail, alone: false, [:]).map(\.map) == [.accountingDetail])
    }

    @Test("pause alone: the map alone is paused")
    func pauseAlone() {
        #expect(
            TableMapChange.pausing(.invoices, alone: true, [:]) == [TableMapChange(map: .invoices, state: .paused)])
    }

    @Test("pause a paused map: nothing, but one that was paused with another is paused for itself")
    func pausePaused() {
        let paused = switches((.actuals, .paused, nil), (.connections, .paused, nil))
        #expect(TableMapChange.pausing(.actuals, alone: false, paused) == [])
        let with = switches((.actuals, .paused, .invoices), (.connections, .paused, .invoices))
        #expect(
            TableMapChange.pausing(.actuals, alone: false, with) == [TableMapChange(map: .actuals, state: .paused)])
    }

    @Test("resume: the map runs, and so do those that were paused with it; one that was paused for itself stays")
    func resume() {
        let paused = switches((.invoices, .paused, nil), (.actuals, .paused, nil), (.connections, .paused, .invoices))
        #expect(
            TableMapChange.resuming(.invoices, alone: false, paused) == [
                TableMapChange(map: .invoices, state: .running), TableMapChange(map: .connections, state: .running),
            ])
        #expect(TableMapChange.resuming(.accountingDetail, alone: false, paused) == [])
    }

    @Test("resume alone: the map alone runs; those that were paused with it are paused for themselves")
    func resumeAlone() {
        let paused = switches((.invoices, .paused, nil), (.actuals, .paused, .invoices))
        #expect(
            TableMapChange.resuming(.invoices, alone: true, paused) == [
                TableMapChange(map: .invoices, state: .running), TableMapChange(map: .actuals, state: .paused),
            ])
    }

    @Test("Every topic of ours that crosses sides is of one map, and of the program that its declaration says")
    func topics() throws {
        let catalogue = try TopicCatalogue()
        let mapped = TableMap.allCases.flatMap(\.topics)
        #expect(Set(mapped) == Set(TopicName.allCases).subtracting([.postingRequested]))
        #expect(mapped.count == Set(mapped).count)
        for map in TableMap.allCases {
            for topic in map.topics {
                let declared = try #require(catalogue.declaration(topic.rawValue))
                #expect(declared.producers.contains(map.producer.rawValue))
                #expect(declared.consumers.contains(map.consumer.rawValue))
            }
            #expect(map.destination.consumers.contains(map.consumer))
        }
    }
}

/// A consumer under maps that are paused and resumed.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker))
struct TableMapTests {
    private let topics: [TopicName] = [.transactionConnected, .actualCreated]

    private func handlers(_ bus: TestBus) -> [any TopicHandler] {
        [
            NumberHandler<TransactionConnected>(choices: bus.configuration.choices),
            NumberHandler<ActualCreated>(choices: bus.configuration.choices),
        ]
    }

    private func actuals(_ numbers: Range<Int>, _ bus: TestBus) throws -> [(key: String?, value: [UInt8]?)] {
        try numbers.map { (ActualCreated(number: $0).key, try bus.value(ActualCreated(number: $0))) }
    }

    private func received(_ topic: TopicName, _ bus: TestBus) throws -> [Int] {
        try bus.database.connect().values(
            Int.self, "SELECT number FROM received WHERE topic = $1 ORDER BY number", topic.rawValue)
    }

    @Test(
        "What comes while a map is paused waits, other topics go on, restarts change nothing; resumed, all is there once",
        arguments: TestBroker.Kind.available)
    func pausedAndResumed(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind, topics: topics)
        let connection = try bus.database.connect()
        let consumer = bus.consumer(handlers(bus))
        try bus.produce(.transactionConnected, try bus.messages(0..<100))
        try await bus.awaitReceived(100, consumer)

        #expect(try TableMapSwitching.pause(.connections, because: "month end", on: connection) == [.connections])
        try await eventually(consumer.log.text) { consumer.log.contains("maps are paused") }
        try bus.produce(.transactionConnected, try bus.messages(100..<5_000))
        try bus.produce(.actualCreated, try actuals(0..<500, bus))
        try await bus.awaitReceived(600, consumer)
        #expect(try received(.transactionConnected, bus) == Array(0..<100))

        // Another process joins, and then both have gone: the partitions stay paused.
        let second = bus.consumer(handlers(bus))
        try await eventually(second.log.text) { second.log.contains("partitions assigned") }
        try bus.produce(.actualCreated, try actuals(500..<1_000, bus))
        try await bus.awaitReceived(1_100, consumer, second)
        try await consumer.stop()
        try await second.stop()
        let last = bus.consumer(handlers(bus))
        try bus.produce(.actualCreated, try actuals(1_000..<1_500, bus))
        try await bus.awaitReceived(1_600, last)
        #expect(try received(.transactionConnected, bus) == Array(0..<100))
        let paused = try #require(try TableMapStore.paused(on: connection).first)
        #expect(paused.map == .connections && paused.reason == "month end")

        #expect(try TableMapSwitching.resume(.connections, on: connection) == [.connections])
        try await bus.awaitReceived(6_500, last)
        try await bus.awaitNoLag()
        try await last.stop()
        #expect(try received(.transactionConnected, bus) == Array(0..<5_000))
        #expect(try received(.actualCreated, bus) == Array(0..<1_500))
    }

    @Test("A map that is paused before its consumer starts is paused from the first message on, and resumed from there")
    func pausedFromTheBeginning() async throws {
        let bus = try TestBus(topics: topics)
        let connection = try bus.database.connect()
        #expect(try TableMapSwitching.pause(.actuals, on: connection) == [.actuals, .connections])
        try bus.produce(.transactionConnected, try bus.messages(0..<300))
        try bus.produce(.actualCreated, try actuals(0..<300, bus))
        let consumer = bus.consumer(handlers(bus))
        try await eventually(consumer.log.text) { consumer.log.contains("partitions assigned") }
        // What waits is tried again, but not what is paused.
        #expect(try TableMapSwitching.resume(.connections, on: connection) == [.connections])
        try await bus.awaitReceived(300, consumer)
        #expect(try received(.actualCreated, bus) == [])
        #expect(try TableMapSwitching.resume(.actuals, on: connection) == [.actuals])
        try await bus.awaitReceived(600, consumer)
        try await consumer.stop()
        #expect(try received(.actualCreated, bus) == Array(0..<300))
    }

    @Test("Each switch is recorded with who, why, before and after; one that changes nothing is not")
    func recorded() throws {
        let bus = try TestBus(topics: [])
        let connection = try bus.database.connect()
        _ = try TableMapSwitching.pause(.invoices, because: "month end", on: connection)
        #expect(try TableMapSwitching.pause(.invoices, because: "again", on: connection) == [])
        #expect(try TableMapSwitching.resume(.accountingDetail, on: connection) == [])
        _ = try TableMapSwitching.resume(.invoices, on: connection)
        let actions = try connection.values(
            String.self,
            """
            SELECT concat_ws(' ', action, subject, reason, before ->> 'state', after ->> 'state', after ->> 'pausedWith')
            FROM operator_actions ORDER BY id
            """)
        #expect(
            actions == [
                "maps pause invoices month end running paused", "maps pause actuals month end running paused invoices",
                "maps pause connections month end running paused invoices", "maps resume invoices paused running",
                "maps resume actuals paused running", "maps resume connections paused running",
            ])
        #expect(try TableMapStore.paused(on: connection).isEmpty)
    }

    @Test("The list says from where to where, the state, the lag, since when, by whom and why")
    func listed() async throws {
        let bus = try TestBus(topics: [.transactionConnected, .actualCreated, .invoiceConfirmed])
        let connection = try bus.database.connect()
        let consumer = bus.consumer(
            handlers(bus))
        try bus.produce(.transactionConnected, try bus.messages(0..<20))
        try await bus.awaitReceived(20, consumer)
        try await consumer.stop()
        _ = try TableMapSwitching.pause(.connections, because: "month end", on: connection)
        try bus.produce(.transactionConnected, try bus.messages(20..<50))
        try bus.produce(.actualCreated, try actuals(0..<7, bus))
        let maps = try TableMapList(into: .finance, connection, bus.configuration)
        #expect(maps.clusterFailure == nil)
        #expect(maps.maps.map(\.map) == ["invoices", "actuals", "connections"])
        #expect(maps.maps.map(\.state) == ["running", "catching up", "paused"])
        #expect(maps.maps.map(\.lag) == [0, 7, 30])
        let paused = try #require(maps.maps.last)
        #expect(paused.from == "dataverse" && paused.to == "finance" && paused.reason == "month end")
        #expect(paused.by == OperatorAction.currentActor && paused.since != nil)
        #expect(paused.topics == [bus.configuration.clusterName("transaction-connected")])
    }
}
