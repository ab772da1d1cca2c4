import Bus
import Contracts
import Database

// The sales tax groups of a journal's lines, which a person may set before it is posted (`domain.md` §6.10.9).
extension JournalStore {
    /// The lines of these numbers and of these actuals.
    func taxableLines(of number: String, numbers: [Int], actuals: [GUID]) throws -> [TaxableLine] {
        try connection.records(
            TaxableLine.self,
            """
            SELECT line_number, actual_id, transaction_type, transaction_class,
                reversed_actual_id IS NOT NULL AS is_reversal, sales_tax_group, item_sales_tax_group
            FROM integration_journal_lines
            WHERE data_area_id = $1 AND journal_number = $2
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
            UPDATE integration_journal_lines line
            SET sales_tax_group = nullif(edit.sales_tax_group, ''),
                item_sales_tax_group = nullif(edit.item_sales_tax_group, '')
            FROM unnest($3::bigint[], $4::text[], $5::text[])
                AS edit (line_number, sales_tax_group, item_sales_tax_group)
            WHERE line.data_area_id = $1 AND line.journal_number = $2 AND line.line_number = edit.line_number
            """, company, number, groups.map(\.key), groups.map { $0.value.salesTaxGroup ?? "" },
            groups.map { $0.value.itemSalesTaxGroup ?? "" })
    }
}
