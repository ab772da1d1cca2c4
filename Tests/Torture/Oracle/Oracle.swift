import Bus
import Contracts
import Database
import Foundation
import HistoryWorld
import Kafka

/// Compares, once all has come to rest, what was asked for with what has come of it: in both databases, in the topics, and
/// by what the product says of itself. Each thing that contradicts is told.
struct Oracle {
    let world: World
    let asked: Asked

    func judge() throws {
        let dataverse = try world.connect(.dataverse)
        let finance = try world.connect(.finance)
        try compareEntries(dataverse)
        try compareActuals(dataverse, finance)
        for invariant in Invariant.allCases {
            let found = try invariant.contradictions(dataverse: dataverse, finance: finance)
            tell("invariant \(invariant.rawValue)", found)
        }
        for (side, connection) in [(Side.dataverse, dataverse), (.finance, finance)] {
            for (what, sql) in Self.emptiness where !(what == "a dead letter" && world.noted.hasPoison) {
                tell("\(side.rawValue): \(what)", try connection.values(String.self, sql))
            }
        }
        for (what, sql) in Self.finance { tell(what, try finance.values(String.self, sql)) }
        try comparePositions(.finance, finance, [.financeConsumer, .postingConsumer])
        try comparePositions(.dataverse, dataverse, [.dataverseConsumer])
        try askTheProduct()
        try TopicOracle(world: world).judge(dataverse: dataverse, finance: finance)
        judgeMemory()
    }

    private func tell(_ what: String, _ found: [String]) {
        guard let first = found.first else { return }
        world.history.contradict(
            "\(what): \(found.count), such as \(([first] + found.dropFirst().prefix(2)).joined(separator: "; "))")
    }

    /// Every entry that was asked for is there with its amounts, and no other.
    private func compareEntries(_ dataverse: Connection) throws {
        let found = try dataverse.records(
            EntryAmounts.self,
            """
            SELECT e.entry_id,
                (coalesce(sum(a.amount) FILTER (WHERE a.transaction_type = $1), 0))::numeric(19, 4) AS sales,
                (coalesce(sum(a.amount) FILTER (WHERE a.transaction_type = $2), 0))::numeric(19, 4) AS cost
            FROM entries e LEFT JOIN entry_actuals x USING (entry_id) LEFT JOIN actuals a USING (actual_id)
            GROUP BY e.entry_id
            """, TransactionType.unbilledSales, TransactionType.cost)
        var byId = Dictionary(uniqueKeysWithValues: found.map { ($0.entryId, $0) })
        var lost: [String] = []
        var wrong: [String] = []
        for entry in asked.entries {
            guard let amounts = byId.removeValue(forKey: entry.id) else {
                lost.append("\(entry.id)")
                continue
            }
            guard amounts.sales == entry.amount, amounts.cost == entry.cost else {
                wrong.append(
                    "\(entry.id) is \(amounts.sales) and \(amounts.cost), not \(entry.amount) and \(entry.cost)")
                continue
            }
        }
        tell("lost entry", lost)
        tell("wrong amount of an entry", wrong)
        tell("phantom entry", byId.keys.map(\.description))
    }

    /// Every actual that is synced is in Finance once, with its amount, and nothing else is; each has its voucher back.
    private func compareActuals(_ dataverse: Connection, _ finance: Connection) throws {
        let sent = try dataverse.records(
            ActualAmount.self, "SELECT actual_id, amount, row_version FROM actuals WHERE NOT skip_sync")
        let staged = try finance.records(
            ActualAmount.self, "SELECT actual_id, amount, row_version FROM actuals_staging")
        var byId = Dictionary(uniqueKeysWithValues: staged.map { ($0.actualId, $0) })
        var lost: [String] = []
        var wrong: [String] = []
        for actual in sent {
            guard let row = byId.removeValue(forKey: actual.actualId) else {
                lost.append("\(actual.actualId)")
                continue
            }
            if row.amount != actual.amount { wrong.append("\(actual.actualId) is \(row.amount), not \(actual.amount)") }
        }
        tell("lost actual", lost)
        tell("wrong amount of an actual", wrong)
        tell("phantom actual", byId.keys.map(\.description))
        // Whatever came last, the newest that was published stands.
        let newest = try dataverse.records(
            NewestVersion.self,
            """
            SELECT convert_from(key, 'UTF8')::uuid AS actual_id,
                max((convert_from(payload, 'UTF8')::jsonb ->> 'rowVersion')::bigint) AS row_version
            FROM outbox WHERE topic = $1 GROUP BY key
            """, TopicName.actualCreated.rawValue)
        let versions = Dictionary(uniqueKeysWithValues: staged.map { ($0.actualId, $0.rowVersion) })
        tell(
            "an actual of which an older version stands than was published",
            newest.filter { versions[$0.actualId] != $0.rowVersion }.map {
                "\($0.actualId) is at \(versions[$0.actualId] ?? -1), not \($0.rowVersion)"
            })
        let vouchers = try finance.records(
            Voucher.self, "SELECT actual_id, voucher, accounting_amount FROM project_transactions")
        let back = try dataverse.records(
            Voucher.self, "SELECT actual_id, voucher, accounting_amount FROM accounting_details")
        let details = Dictionary(uniqueKeysWithValues: back.map { ($0.actualId, $0) })
        tell(
            "an actual that Dataverse has another voucher or amount of",
            vouchers.filter { details[$0.actualId] != $0 }.map {
                "\($0) and \(details[$0.actualId].map { "\($0)" } ?? "none")"
            })
    }

    private static let emptiness = [
        ("a row that is not published", "SELECT id::text FROM outbox_pending"),
        (
            "a dead letter",
            "SELECT topic || ' ' || partition || ' ' || message_offset || ': ' || reason FROM dead_letters"
        ),
        ("a message that waits", "SELECT topic || ': ' || reason FROM held_messages"),
        (
            "a partition that stands still",
            "SELECT topic || ' ' || partition || ': ' || held_reason FROM consumer_positions WHERE held_offset IS NOT NULL"
        ),
    ]

    /// What was refused once, since more of an invoice had come meanwhile, is posted when it is asked for again: what counts
    /// is the document.
    private static let finance = [
        (
            "a posting that was asked for and has no outcome",
            "SELECT kind || ' ' || number || ': ' || status || coalesce(' ' || error, '') FROM posting_requests WHERE status IN ('Draft', 'Processing')"
        ),
        (
            "a journal that is not posted",
            "SELECT journal_number || ': ' || status FROM integration_journals WHERE status <> 'Posted'"
        ),
        (
            "a proposal that is not invoiced",
            "SELECT proposal_number || ': ' || status FROM invoice_proposals WHERE status <> 'Invoiced'"
        ),
        (
            "an actual with more than one line",
            "SELECT actual_id::text FROM (SELECT actual_id FROM integration_journal_lines UNION ALL SELECT actual_id FROM invoice_proposal_lines) l GROUP BY actual_id HAVING count(*) > 1"
        ),
        (
            "a staged actual without a line",
            "SELECT s.actual_id || ' ' || s.transaction_type FROM actuals_staging s WHERE NOT withdrawn AND NOT EXISTS (SELECT FROM integration_journal_lines l WHERE l.actual_id = s.actual_id) AND NOT EXISTS (SELECT FROM invoice_proposal_lines l WHERE l.actual_id = s.actual_id)"
        ),
        (
            "a line without its project transaction",
            "SELECT l.actual_id::text FROM integration_journal_lines l LEFT JOIN project_transactions t USING (actual_id) WHERE t.actual_id IS NULL"
        ),
    ]

    /// Every position is the end of its partition.
    private func comparePositions(_ side: Side, _ connection: Connection, _ consumers: [Program]) throws {
        let rows = try connection.records(
            Position.self, "SELECT consumer, topic, partition, next FROM consumer_positions ORDER BY 1, 2, 3")
        let ends = try world.admin().watermarks(
            Array(Set(rows.map { TopicPartition(topic: $0.topic, partition: $0.partition) })))
        tell(
            "a position that is not its topic's end",
            rows.compactMap { row in
                let end = ends[TopicPartition(topic: row.topic, partition: row.partition)]?.high
                return end == row.next
                    ? nil : "\(row.consumer) \(row.topic) \(row.partition): \(row.next) of \(end ?? -1)"
            })
        let missing = consumers.map(\.rawValue).filter { name in !rows.contains { $0.consumer == name } }
        tell("\(side.rawValue): a consumer without positions", missing)
    }

    /// What the product itself says of how it is.
    private func askTheProduct() throws {
        for arguments in [
            ["reconcile", "--json"], ["status", "--json"], ["finance", "sequences", "gaps", "--json"],
        ] {
            let outcome = try world.ledgerbus(arguments)
            guard outcome.code != 0 else { continue }
            world.history.contradict(
                "ledgerbus \(arguments.joined(separator: " ")) exits with \(outcome.code): \(outcome.output.prefix(1_000)) \(outcome.errors.prefix(300))"
            )
        }
    }

    /// What a process may have that has just begun to work at something large, in bytes.
    private static let plenty = 256 << 20

    /// Whoever lived long enough did not grow: its last third has no more than its middle third, and a tolerance.
    private func judgeMemory() {
        for name in world.processes.names {
            guard let memory = world.processes.member(name)?.memory, memory.count >= 30 else { continue }
            let third = memory.count / 3
            let middle = memory[third..<2 * third].map(\.bytes).max() ?? 0
            let last = memory[(2 * third)...].map(\.bytes).max() ?? 0
            world.history.record(
                .observation, "memory of \(name)", ["middle": "\(middle >> 20) MB", "last": "\(last >> 20) MB"])
            if last > max(middle + middle / 2, Self.plenty) {
                world.history.contradict("\(name) grew from \(middle >> 20) to \(last >> 20) MB")
            }
        }
    }
}

private struct EntryAmounts: Record {
    let entryId: GUID
    let sales: Money
    let cost: Money

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        EntryAmounts(
            entryId: try column("entry_id", row?.entryId), sales: try column("sales", row?.sales),
            cost: try column("cost", row?.cost))
    }
}

private struct ActualAmount: Record {
    let actualId: GUID
    let amount: Money
    let rowVersion: Int64

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ActualAmount(
            actualId: try column("actual_id", row?.actualId), amount: try column("amount", row?.amount),
            rowVersion: try column("row_version", row?.rowVersion))
    }
}

private struct NewestVersion: Record {
    let actualId: GUID
    let rowVersion: Int64

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        NewestVersion(
            actualId: try column("actual_id", row?.actualId), rowVersion: try column("row_version", row?.rowVersion))
    }
}

private struct Voucher: Record, Hashable {
    let actualId: GUID
    let voucher: String
    let accountingAmount: Money

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Voucher(
            actualId: try column("actual_id", row?.actualId), voucher: try column("voucher", row?.voucher),
            accountingAmount: try column("accounting_amount", row?.accountingAmount))
    }
}

private struct Position: Record {
    let consumer: String
    let topic: String
    let partition: Int32
    let next: Int64

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Position(
            consumer: try column("consumer", row?.consumer), topic: try column("topic", row?.topic),
            partition: try column("partition", row?.partition), next: try column("next", row?.next))
    }
}
