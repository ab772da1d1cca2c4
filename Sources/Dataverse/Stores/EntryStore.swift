import Bus
import Contracts
import Database

/// The tables `entries` and `entry_actuals`.
struct EntryStore {
    let connection: Connection

    /// Some entries, by their ids.
    ///
    /// - throws: `DatabaseError`.
    func entries(_ ids: [GUID]) throws -> [GUID: StoredEntry] {
        let entries = try connection.records(
            StoredEntry.self, "SELECT \(StoredEntry.columnList) FROM entries WHERE entry_id = ANY ($1)", ids)
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.entry.entryId, $0) })
    }

    /// The actuals that approving some entries made last, by the entries' ids.
    ///
    /// - throws: `DatabaseError`.
    func actuals(ofEntries ids: [GUID]) throws -> [GUID: [Actual]] {
        guard !ids.isEmpty else { return [:] }
        let rows = try connection.records(
            EntryActual.self,
            """
            SELECT e.entry_id AS of_entry_id, \(Actual.columnList(of: "a")) FROM entries e
            JOIN entry_actuals l ON l.entry_id = e.entry_id AND l.revision = e.revision
            JOIN actuals a ON a.actual_id = l.actual_id
            WHERE e.entry_id = ANY ($1) ORDER BY a.actual_id
            """, ids)
        return Dictionary(grouping: rows, by: \.entryId).mapValues { $0.map(\.actual) }
    }

    /// Writes entries over what was there of them.
    ///
    /// - throws: `DatabaseError`.
    func replace(_ entries: [StoredEntry]) throws {
        guard !entries.isEmpty else { return }
        try connection.execute("DELETE FROM entries WHERE entry_id = ANY ($1)", entries.map(\.entry.entryId))
        var rows = CopyRows()
        try rows.append(contentsOf: entries)
        try connection.copy(rows, of: StoredEntry.self, into: "entries")
    }

    /// Notes which actuals were made of entries.
    ///
    /// - throws: `DatabaseError`.
    func note(_ actuals: [GUID], of entries: [GUID], revisions: [Int]) throws {
        try connection.execute(
            """
            INSERT INTO entry_actuals (actual_id, entry_id, revision)
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])
            """, actuals, entries, revisions)
    }

    private struct EntryActual: Record {
        var entryId: GUID
        var actual: Actual

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            EntryActual(
                entryId: try column("of_entry_id", row?.entryId), actual: try column.record("", row?.actual))
        }
    }
}

extension EntryStatus: DatabaseLabel {}

extension StoredEntry: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        StoredEntry(
            entry: try column.record("", row?.entry), revision: try column("revision", row?.revision),
            status: try column("status", row?.status))
    }
}

extension Entry: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Entry(
            entryId: try column("entry_id", row?.entryId),
            transactionClass: try column("transaction_class", row?.transactionClass),
            projectId: try column("project_id", row?.projectId),
            contractLineId: try column("contract_line_id", row?.contractLineId),
            resourceId: try column("resource_id", row?.resourceId),
            categoryId: try column("category_id", row?.categoryId), roleId: try column("role_id", row?.roleId),
            unitId: try column("unit_id", row?.unitId), documentDate: try column("document_date", row?.documentDate),
            accountingDate: try column("accounting_date", row?.accountingDate),
            quantitySubmitted: try column("quantity_submitted", row?.quantitySubmitted),
            quantityBillable: try column("quantity_billable", row?.quantityBillable),
            costPrice: try column("cost_price", row?.costPrice),
            costCurrencyId: try column("cost_currency_id", row?.costCurrencyId),
            salesPrice: try column("sales_price", row?.salesPrice),
            salesCurrencyId: try column("sales_currency_id", row?.salesCurrencyId),
            billingType: try column("billing_type", row?.billingType),
            contractingUnitId: try column("contracting_unit_id", row?.contractingUnitId),
            resourcingUnitId: try column("resourcing_unit_id", row?.resourcingUnitId),
            customerId: try column("customer_id", row?.customerId),
            resourcingUnitCostPrice: try column("resourcing_unit_cost_price", row?.resourcingUnitCostPrice),
            interOrganizationalPrice: try column("inter_organizational_price", row?.interOrganizationalPrice),
            resourcingUnitCurrencyId: try column("resourcing_unit_currency_id", row?.resourcingUnitCurrencyId),
            notToExceedStatus: try column("not_to_exceed_status", row?.notToExceedStatus),
            description: try column("description", row?.description),
            externalDescription: try column("external_description", row?.externalDescription))
    }
}
