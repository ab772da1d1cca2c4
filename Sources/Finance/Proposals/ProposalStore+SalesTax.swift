import Bus
import Contracts
import Database

// The sales tax groups of a proposal's lines, which a person may set before it is posted (`domain.md` §6.13).
extension ProposalStore {
    /// The lines of these numbers and of these actuals.
    func taxableLines(of number: String, numbers: [Int], actuals: [GUID]) throws -> [TaxableLine] {
        try connection.records(
            TaxableLine.self,
            """
            SELECT line_number, actual_id, \(TransactionType.billedSales.sql) AS transaction_type, transaction_class,
                reversed_actual_id IS NOT NULL AS is_reversal, sales_tax_group, item_sales_tax_group
            FROM invoice_proposal_lines
            WHERE data_area_id = $1 AND proposal_number = $2
                AND (line_number = ANY ($3::bigint[]) OR actual_id = ANY ($4))
            ORDER BY line_number
            """, company, number, numbers, actuals)
    }

    /// Gives lines other groups.
    ///
    /// - parameter groups: by line number.
    func setSalesTax(_ groups: [Int: SalesTaxGroups], of number: String) throws {
        guard !groups.isEmpty else { return }
        let groups = groups.sorted { $0.key < $1.key }
        try connection.execute(
            """
            UPDATE invoice_proposal_lines line
            SET sales_tax_group = nullif(edit.sales_tax_group, ''),
                item_sales_tax_group = nullif(edit.item_sales_tax_group, '')
            FROM unnest($3::bigint[], $4::text[], $5::text[])
                AS edit (line_number, sales_tax_group, item_sales_tax_group)
            WHERE line.data_area_id = $1 AND line.proposal_number = $2 AND line.line_number = edit.line_number
            """, company, number, groups.map(\.key), groups.map { $0.value.salesTaxGroup ?? "" },
            groups.map { $0.value.itemSalesTaxGroup ?? "" })
    }

    /// The milestones among billed sales that are staged, with the groups that a person gave them.
    ///
    /// Their proposals are locked, so that none of them gets its lines until the transaction ends.
    func milestonesToTax(_ actuals: [GUID]) throws -> [MilestoneToTax] {
        try connection.execute(
            """
            SELECT FROM invoice_proposals WHERE data_area_id = $1 AND invoice_id IN (
                SELECT s.invoice_id FROM actuals_staging s WHERE s.actual_id = ANY ($2))
            ORDER BY proposal_number FOR UPDATE
            """, company, actuals)
        return try connection.records(
            MilestoneToTax.self,
            """
            SELECT s.actual_id, s.transaction_type, s.transaction_class, s.reversed_actual_id IS NOT NULL AS is_reversal,
                0 AS line_number, edit.sales_tax_group, edit.item_sales_tax_group, s.project_number,
                s.contract_number, s.customer_account, edit.actual_id IS NOT NULL AS is_edited, line.proposal_number
            FROM actuals_staging s
            LEFT JOIN sales_tax_edits edit ON edit.data_area_id = s.data_area_id AND edit.actual_id = s.actual_id
            LEFT JOIN invoice_proposal_lines line
                ON line.data_area_id = s.data_area_id AND line.actual_id = s.actual_id
            WHERE s.actual_id = ANY ($2) AND s.data_area_id = $1 AND NOT s.withdrawn
            """, company, actuals)
    }
}

/// A staged billed sale whose sales tax groups a person wants to set before its proposal has lines.
struct MilestoneToTax: Record {
    var line: TaxableLine
    var projectNumber: String
    var contractNumber: String?
    var customerAccount: String?
    /// Whether the line's groups are a person's.
    var isEdited: Bool
    /// The proposal that has its line; nil when none has.
    var proposalNumber: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        MilestoneToTax(
            line: try column.record("", row?.line),
            projectNumber: try column("project_number", row?.projectNumber),
            contractNumber: try column("contract_number", row?.contractNumber),
            customerAccount: try column("customer_account", row?.customerAccount),
            isEdited: try column("is_edited", row?.isEdited),
            proposalNumber: try column("proposal_number", row?.proposalNumber))
    }
}
