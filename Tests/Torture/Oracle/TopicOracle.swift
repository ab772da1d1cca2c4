import Bus
import Contracts
import Database
import Foundation
import Kafka

/// Compares the topics with the outboxes: every row was published, in its key's order, and nobody else published anything.
struct TopicOracle {
    /// The header of what a fault has published, which says nothing of the product.
    static let injectedHeader = "torture"

    let world: World

    func judge(dataverse: Connection, finance: Connection) throws {
        let sources: [(Connection, [TopicName])] = [
            (dataverse, [.invoiceConfirmed, .actualCreated, .transactionConnected]),
            (finance, [.postingRequested, .accountingDetail, .invoicePosted]),
        ]
        for (connection, topics) in sources {
            for topic in topics { try compare(topic, connection) }
        }
    }

    private struct Published: Hashable {
        let key: String
        let event: String
    }

    private func compare(_ topic: TopicName, _ connection: Connection) throws {
        let rows = try connection.records(
            OutboxRow.self,
            """
            SELECT min(id) AS id, convert_from(key, 'UTF8') AS key, event_id FROM outbox WHERE topic = $1
            GROUP BY key, event_id
            """, topic.rawValue)
        var ids: [Published: Int64] = [:]
        for row in rows { ids[Published(key: row.key, event: row.eventId.description)] = row.id }
        var seen: Set<Published> = []
        var last: [String: Int64] = [:]
        var messages = 0
        var phantoms: [String] = []
        var reordered: [String] = []
        func text(_ bytes: UnsafeRawBufferPointer?) -> String {
            bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        try TopicReader(world: world).forEach(of: topic) { batch, index in
            messages += 1
            guard batch.header(index, "torture") == nil else { return true }
            let published = Published(key: text(batch[index].key), event: text(batch.header(index, "ce_id")))
            guard let id = ids[published] else {
                phantoms.append("\(topic.rawValue) \(published.key) \(published.event)")
                return true
            }
            guard seen.insert(published).inserted else { return true }
            if let before = last[published.key], before > id { reordered.append("\(topic.rawValue) \(published.key)") }
            last[published.key] = id
            return true
        }
        let lost = ids.keys.filter { !seen.contains($0) }.map { "\(topic.rawValue) \($0.key)" }
        world.history.record(
            .observation, "topic \(topic.rawValue)",
            ["messages": "\(messages)", "rows": "\(rows.count)", "again": "\(max(0, messages - seen.count))"])
        tell("a message that nobody published", phantoms)
        world.history.record(.observation, "reordered in \(topic.rawValue)", ["keys": "\(reordered.count)"])
        if !world.noted.brokerReorders {
            tell("messages of a key in another order than they were published in", reordered)
        }
        // What the embedded broker has dropped since it was read is no loss.
        if world.kind != .embedded { tell("a row that is in no topic", lost) }
    }

    private func tell(_ what: String, _ found: [String]) {
        guard !found.isEmpty else { return }
        world.history.contradict("\(what): \(found.count), such as \(found.prefix(3).joined(separator: "; "))")
    }
}

private struct OutboxRow: Record {
    let id: Int64
    let key: String
    let eventId: GUID

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OutboxRow(
            id: try column("id", row?.id), key: try column("key", row?.key),
            eventId: try column("event_id", row?.eventId))
    }
}
