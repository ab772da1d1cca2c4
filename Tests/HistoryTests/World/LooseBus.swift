import Bus
import Contracts
import Testbed

@testable import Database

/// Carries what an outbox holds to handlers as an unkind bus does: in any order between and within topics, in batches of any
/// size, over any partition, late, and again.
final class LooseBus {
    private struct Parcel {
        let topic: String
        let eventId: GUID
        let payload: [UInt8]
    }

    private let source: Connection
    private let target: Connection
    private let handlers: [String: any TopicHandler]
    private var seen: Int64 = 0
    private var offset: Int64 = 0
    private var underWay: [Parcel] = []
    /// Some of what was carried, to be carried again.
    private var carried: [Parcel] = []

    init(from source: Connection, to target: Connection, handlers: [any TopicHandler]) {
        self.source = source
        self.target = target
        self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.topic.rawValue, $0) })
    }

    /// - parameter share: of what is under way, how much is carried.
    func carry(share: ClosedRange<Double>, using random: inout SeededRandom) throws {
        try collect()
        underWay.shuffle(using: &random)
        let count = Int((Double(underWay.count) * Double.random(in: share, using: &random)).rounded(.up))
        var parcels = Array(underWay.prefix(count))
        underWay.removeFirst(count)
        for parcel in parcels where Int.random(in: 0..<20, using: &random) == 0 { carried.append(parcel) }
        if Bool.random(using: &random) {
            parcels += carried
            carried.removeAll()
            parcels.shuffle(using: &random)
        }
        while !parcels.isEmpty {
            let size = min(parcels.count, Int.random(in: 1...400, using: &random))
            try deliver(parcels.prefix(size), partition: Int32.random(in: 0..<6, using: &random))
            parcels.removeFirst(size)
        }
    }

    private func collect() throws {
        let rows = try source.query(
            "SELECT id, topic, event_id, payload FROM outbox WHERE id > $1 AND topic = ANY ($2) ORDER BY id", seen,
            handlers.keys.sorted())
        for row in rows {
            seen = max(seen, try row[0, as: Int64.self])
            underWay.append(
                Parcel(
                    topic: try row[1, as: String.self], eventId: try row[2, as: GUID.self],
                    payload: try row[3, as: [UInt8].self]))
        }
    }

    /// One batch: what several topics brought, in one transaction.
    private func deliver(_ parcels: ArraySlice<Parcel>, partition: Int32) throws {
        var collectors: [String: any MessageCollector] = [:]
        for parcel in parcels {
            guard let handler = handlers[parcel.topic] else { continue }
            let collector = try collectors[parcel.topic] ?? handler.makeCollector()
            collectors[parcel.topic] = collector
            offset += 1
            try parcel.payload.withUnsafeBytes {
                try collector.add(
                    $0, from: MessageSource(partition: partition, offset: offset, eventId: parcel.eventId))
            }
        }
        try target.transaction {
            for (_, collector) in collectors.sorted(by: { $0.key < $1.key }) { try collector.write(to: target) }
        }
    }
}
