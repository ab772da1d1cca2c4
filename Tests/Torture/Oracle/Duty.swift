import Bus
import Contracts
import Database
import Kafka

/// Work of a process by which one sees from outside whether it gets on.
enum Duty: CaseIterable, Sendable {
    case publishActuals, stage, post, publishVouchers, writeBack

    var program: Program {
        switch self {
        case .publishActuals: .dataverseProducer
        case .stage: .financeConsumer
        case .post, .publishVouchers: .postingConsumer
        case .writeBack: .dataverseConsumer
        }
    }

    var side: Side { self == .publishActuals || self == .writeBack ? .dataverse : .finance }

    /// What a consumer consumes; none of a relay.
    var topics: [TopicName] {
        switch self {
        case .publishActuals, .publishVouchers: []
        case .stage: [.invoiceConfirmed, .actualCreated, .transactionConnected]
        case .post: [.postingRequested]
        case .writeBack: [.accountingDetail, .invoicePosted]
        }
    }

    /// How long it may stand still while it has work before its process has to say so, at least.
    ///
    /// A relay is waited for twice as patiently as work is, since a lease may have to end, and a partition five times,
    /// since it takes its turn. Before and after that there is a rest and a look, at what may not answer.
    var bound: Duration { World.healthPatience * (topics.isEmpty ? 2 : 5) + .seconds(20) }

    /// How far it is.
    struct State: Sendable {
        /// What waits; nil when nobody can tell.
        var waiting: Int64?
        /// Another number whenever some of it was done; nil when nobody can tell.
        var done: Int64?
    }
}

/// Looks at the duties from outside, on connections of its own.
final class DutyWatch {
    private let world: World
    private var connections: [Side: Connection] = [:]
    private var admin: Admin?

    init(world: World) { self.world = world }

    func look() -> [Duty: Duty.State] {
        var states: [Duty: Duty.State] = [:]
        for duty in Duty.allCases {
            states[duty] = (try? duty.topics.isEmpty ? relay(duty) : consumer(duty)) ?? Duty.State()
        }
        return states
    }

    private func relay(_ duty: Duty) throws -> Duty.State {
        try ask(duty.side) { connection in
            // Of one snapshot: what is added meanwhile counts on both sides.
            let waiting = try connection.value(Int64.self, "SELECT count(*) FROM outbox_pending")
            let all = try connection.value(Int64.self, "SELECT coalesce(max(id), 0) FROM outbox")
            return Duty.State(waiting: waiting, done: all - waiting)
        }
    }

    private func consumer(_ duty: Duty) throws -> Duty.State {
        let configuration = try world.configuration(.dataverse)
        let names = duty.topics.map { configuration.clusterName($0.rawValue) }
        let done = try ask(duty.side) { connection in
            try Int64(ConsumerPositionStore.consumed(names, by: duty.program, on: connection))
        }
        let partitions = duty.topics.flatMap { topic in
            (0..<(configuration.catalogue.declaration(topic.rawValue)?.partitions ?? 0)).map {
                TopicPartition(topic: configuration.clusterName(topic.rawValue), partition: Int32($0))
            }
        }
        let asked = try admin ?? Admin(configuration.kafka, clientID: "torture", timeout: .seconds(3))
        admin = asked
        guard let marks = try? asked.watermarks(partitions) else { return Duty.State(done: done) }
        return Duty.State(waiting: marks.values.reduce(0) { $0 + $1.high } - done, done: done)
    }

    private func ask<T>(_ side: Side, _ body: (Connection) throws -> T) throws -> T {
        do {
            let connection = try connections[side] ?? world.connect(side)
            if connections.updateValue(connection, forKey: side) == nil {
                try connection.executeScript(
                    "SET statement_timeout = 3000; SET default_transaction_isolation = 'repeatable read'")
            }
            try connection.executeScript("BEGIN")
            let value = try body(connection)
            try connection.executeScript("COMMIT")
            return value
        } catch {
            connections[side] = nil
            throw error
        }
    }
}
