import Bus
import Contracts
import Database

/// The table `milestones`.
struct MilestoneStore {
    let connection: Connection

    /// The milestones that some line details could bill: those that they name, and those of their contract lines.
    ///
    /// - throws: `DatabaseError`.
    func candidates(for details: [InvoiceLineDetail]) throws -> MilestoneCandidates {
        let named = details.compactMap(\.milestoneId)
        let lines = Array(Set(details.filter { $0.milestoneId == nil }.compactMap(\.facts.contractLineId)))
        let rows = try connection.records(
            Milestone.self,
            """
            SELECT \(Milestone.columnList) FROM milestones WHERE milestone_id = ANY ($1) OR contract_line_id = ANY ($2)
            """, named, lines)
        return MilestoneCandidates(rows)
    }

    /// The first of some milestones that another confirmed invoice bills, which is newer than what is known of the
    /// milestone, unless as many corrections take it back.
    ///
    /// - throws: `DatabaseError`.
    func billedElsewhere(_ milestoneIds: [GUID], than invoiceId: GUID) throws -> BilledMilestone? {
        guard !milestoneIds.isEmpty else { return nil }
        return try connection.record(
            BilledMilestone.self,
            """
            SELECT m.milestone_id, max(i.invoice_number) FILTER (WHERE NOT d.is_correction) AS invoice_number
            FROM milestones m JOIN invoice_line_details d ON d.milestone_id = m.milestone_id
            JOIN invoices i ON i.invoice_id = d.invoice_id
            WHERE m.milestone_id = ANY ($1) AND i.invoice_id <> $2 AND i.row_version > m.row_version
                AND i.status IN (\(InvoicePublication.statuses.sql))
            GROUP BY m.milestone_id
            HAVING count(*) FILTER (WHERE NOT d.is_correction) > count(*) FILTER (WHERE d.is_correction)
            ORDER BY m.milestone_id LIMIT 1
            """, milestoneIds, invoiceId)
    }

    /// Some milestones with what changing them needs to know, by their ids.
    ///
    /// - throws: `DatabaseError`.
    func changeable(_ ids: [GUID]) throws -> [GUID: ChangeableMilestone] {
        let rows = try connection.records(
            ChangeableMilestone.self,
            """
            SELECT \(Milestone.columnList(of: "m")), coalesce(y.precision, \(Int16(Money.scale)))::smallint AS precision,
                ARRAY(SELECT p.amount FROM milestone_parts l JOIN milestones p ON p.milestone_id = l.part_id
                    WHERE l.milestone_id = m.milestone_id AND p.amount IS NOT NULL) AS parts,
                (SELECT min(i.invoice_number) FROM invoice_line_details d JOIN invoices i USING (invoice_id)
                    WHERE d.milestone_id = m.milestone_id AND NOT d.is_correction
                        AND i.status IN (\([ProjectInvoiceStatus.draft, .inReview].sql))) AS draft_number
            FROM milestones m LEFT JOIN currencies y ON y.currency_id = m.currency_id
            WHERE m.milestone_id = ANY ($1)
            """, ids)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.milestone.milestoneId, $0) })
    }

    /// Of some ids those that milestones have.
    ///
    /// - throws: `DatabaseError`.
    func known(_ ids: [GUID]) throws -> Set<GUID> {
        Set(
            try connection.values(
                GUID.self, "SELECT milestone_id FROM milestones WHERE milestone_id = ANY ($1)", ids))
    }

    /// Writes new milestones.
    ///
    /// - throws: `DatabaseError`.
    func insert(_ milestones: [Milestone]) throws {
        var rows = CopyRows()
        try rows.append(contentsOf: milestones)
        try connection.copy(rows, of: Milestone.self, into: Milestone.table)
    }

    /// Writes the amounts, statuses and versions that milestones have from now on.
    ///
    /// - throws: `DatabaseError`.
    func update(_ milestones: [Milestone]) throws {
        try connection.execute(
            """
            UPDATE milestones m SET amount = u.amount, invoice_status = u.invoice_status, row_version = u.row_version
            FROM unnest($1::uuid[], $2::numeric[], $3::text[], $4::bigint[])
                AS u (milestone_id, amount, invoice_status, row_version)
            WHERE m.milestone_id = u.milestone_id
            """, milestones.map(\.milestoneId), milestones.map(\.amount),
            milestones.map { $0.invoiceStatus?.rawValue }, milestones.map(\.rowVersion))
    }

    /// Notes what was split off milestones.
    ///
    /// - throws: `DatabaseError`.
    func note(parts: [GUID], of milestones: [GUID]) throws {
        try connection.execute(
            "INSERT INTO milestone_parts (part_id, milestone_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])", parts,
            milestones)
    }

    /// Takes out of a table of ids the milestones that a confirmed invoice bills, or a correction takes back: a revised
    /// milestone must not be deleted (`domain.md` §6.5, 4504727).
    ///
    /// - returns: how many.
    /// - throws: `DatabaseError`.
    func keepInvoiced(in ids: String) throws -> Int {
        try connection.execute(
            """
            DELETE FROM \(ids) g WHERE EXISTS (
                SELECT FROM invoice_line_details d JOIN invoices i ON i.invoice_id = d.invoice_id
                WHERE d.milestone_id = g.id
                    AND (d.is_correction OR i.status IN (\(InvoicePublication.statuses.sql))))
            """)
    }

    /// Names the milestones that line details were found to bill, where the environment has no column that does.
    ///
    /// - throws: `DatabaseError`.
    func name(_ milestoneIds: [GUID], by lineDetailIds: [GUID]) throws {
        guard !milestoneIds.isEmpty else { return }
        try connection.execute(
            """
            UPDATE invoice_line_details d SET milestone_id = n.milestone_id
            FROM unnest($1::uuid[], $2::uuid[]) AS n (milestone_id, invoice_line_detail_id)
            WHERE d.invoice_line_detail_id = n.invoice_line_detail_id AND d.milestone_id IS NULL
            """, milestoneIds, lineDetailIds)
    }

    /// Says how far milestones are billed: newer versions of their rows.
    ///
    /// - throws: `DatabaseError`.
    func mark(_ milestoneIds: [GUID], as status: MilestoneInvoiceStatus) throws {
        guard !milestoneIds.isEmpty else { return }
        try connection.execute(
            """
            UPDATE milestones SET invoice_status = $2, row_version = row_version + 1 WHERE milestone_id = ANY ($1)
            """, milestoneIds, status.rawValue)
    }
}

/// A milestone, as changing it needs to know it.
struct ChangeableMilestone: Record {
    var milestone: Milestone
    /// The decimal places of its currency.
    var precision: Int
    /// The amounts that were split off it.
    var parts: [Money]
    /// The draft that it is on.
    var draftNumber: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ChangeableMilestone(
            milestone: try column.record("", row?.milestone),
            precision: try column("precision", row?.precision, as: Int16.self),
            parts: try column("parts", row?.parts), draftNumber: try column("draft_number", row?.draftNumber))
    }
}

/// A milestone that an invoice bills.
struct BilledMilestone: Record, Hashable {
    var milestoneId: GUID
    var invoiceNumber: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BilledMilestone(
            milestoneId: try column("milestone_id", row?.milestoneId),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber))
    }
}

/// Milestones by what a line detail can be known by.
struct MilestoneCandidates {
    private var byId: [GUID: Milestone] = [:]
    private var byContractLine: [GUID: [Milestone]] = [:]

    init(_ milestones: [Milestone]) {
        for milestone in milestones {
            byId[milestone.milestoneId] = milestone
            if let line = milestone.contractLineId { byContractLine[line, default: []].append(milestone) }
        }
    }

    /// Those of a line detail.
    func of(_ detail: InvoiceLineDetail) -> [Milestone] {
        if let named = detail.milestoneId { return byId[named].map { [$0] } ?? [] }
        return detail.facts.contractLineId.flatMap { byContractLine[$0] } ?? []
    }
}
