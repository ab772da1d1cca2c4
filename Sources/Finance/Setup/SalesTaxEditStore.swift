import Bus
import Contracts
public import Database

/// Sales tax groups that a person gave an actual's line, in the place of those of set-up: `sales_tax_edits`.
///
/// They are the actual's, so that a line that is made anew keeps them: a journal line that is renewed, and the proposal line
/// that bills the sale. Who deletes a journal, or the
/// lines of a proposal, gets the groups of set-up with the next import.
struct SalesTaxEditStore {
    let company: Company
    let connection: Connection

    private struct Row: Record {
        var actualId: GUID
        var groups: SalesTaxGroups

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Row(
                actualId: try column("actual_id", row?.actualId), groups: try column.record("", row?.groups))
        }
    }

    /// Whether the company has any.
    func hasAny() throws -> Bool {
        try connection.value(
            Bool.self, "SELECT EXISTS (SELECT FROM sales_tax_edits WHERE data_area_id = $1)", company)
    }

    /// The groups of those of some actuals that were given some.
    func groups(of actuals: [GUID]) throws -> [GUID: SalesTaxGroups] {
        let rows = try connection.records(
            Row.self,
            "SELECT \(Row.columnList) FROM sales_tax_edits WHERE data_area_id = $1 AND actual_id = ANY ($2)", company,
            actuals)
        return Dictionary(rows.map { ($0.actualId, $0.groups) }) { first, _ in first }
    }

    /// Remembers groups, in the place of those that were given before.
    func remember(_ edits: [GUID: SalesTaxGroups], by user: String) throws {
        guard !edits.isEmpty else { return }
        let edits = edits.sorted { $0.key < $1.key }
        try connection.execute(
            """
            INSERT INTO sales_tax_edits (data_area_id, actual_id, sales_tax_group, item_sales_tax_group, edited_by)
            SELECT $1, edit.actual_id, nullif(edit.sales_tax_group, ''), nullif(edit.item_sales_tax_group, ''), $5
            FROM unnest($2::uuid[], $3::text[], $4::text[]) AS edit (actual_id, sales_tax_group, item_sales_tax_group)
            ON CONFLICT (data_area_id, actual_id) DO UPDATE
                SET sales_tax_group = excluded.sales_tax_group, item_sales_tax_group = excluded.item_sales_tax_group,
                    edited_by = excluded.edited_by, edited_at = now()
            """, company, edits.map(\.key), edits.map { $0.value.salesTaxGroup ?? "" },
            edits.map { $0.value.itemSalesTaxGroup ?? "" }, user)
    }

    func forget(_ actuals: [GUID]) throws {
        guard !actuals.isEmpty else { return }
        try connection.execute(
            "DELETE FROM sales_tax_edits WHERE data_area_id = $1 AND actual_id = ANY ($2)", company, actuals)
    }

    /// Forgets what was set on the lines that a proposal has.
    func forget(ofProposal number: String) throws {
        try connection.execute(
            """
            DELETE FROM sales_tax_edits edit USING invoice_proposal_lines line
            WHERE line.data_area_id = $1 AND line.proposal_number = $2
                AND edit.data_area_id = line.data_area_id AND edit.actual_id = line.actual_id
            """, company, number)
    }

    /// Forgets groups that set-up does not know any more: the lines get those of set-up, and a person is told.
    func forgetUnknown(_ unknown: [(actualId: GUID, group: String)]) throws {
        guard let first = unknown.first else { return }
        try forget(unknown.map(\.actualId))
        let others = unknown.count > 1 ? " (and \(unknown.count - 1) others like it)" : ""
        try ExecutionLog(connection: connection).write(
            .warning, activity: "import from staging", subject: "\(company)",
            "the \(first.group) that was set on the line of actual \(first.actualId)\(others) is not in set-up any more; its "
                + "line has the groups of set-up, set it again if need be")
    }
}

extension SalesTaxGroups: Record {
    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SalesTaxGroups(
            salesTaxGroup: try column("sales_tax_group", row?.salesTaxGroup),
            itemSalesTaxGroup: try column("item_sales_tax_group", row?.itemSalesTaxGroup))
    }
}

extension TaxableLine: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TaxableLine(
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            actualId: try column("actual_id", row?.actualId),
            transactionType: try column("transaction_type", row?.transactionType),
            transactionClass: try column("transaction_class", row?.transactionClass),
            isReversal: try column("is_reversal", row?.isReversal),
            groups: try column.record("", row?.groups))
    }
}
