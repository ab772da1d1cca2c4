import Bus
import Contracts
import Database
import Testbed
import Testing

@testable import Finance

/// A migration is written out, and knows no enumeration: this holds the two together.
struct SchemaTests {
    /// A column that takes the labels of one enumeration.
    struct Column: CustomTestStringConvertible {
        let table: String
        let name: String
        let labels: [String]

        init<Label: DatabaseLabel>(_ table: String, _ name: String, _: Label.Type) {
            self.table = table
            self.name = name
            labels = Label.allCases.map(\.rawValue)
        }

        var testDescription: String { "\(table).\(name)" }
    }

    @Test(
        "A column takes the labels of its enumeration, and no others",
        arguments: [
            Column("integration_journals", "status", JournalStatus.self),
            Column("invoice_proposals", "status", ProposalStatus.self),
            Column("invoice_proposals", "approval", ProposalApproval.self),
            Column("proposal_approvals", "action", ProposalApproval.Action.self),
            Column("posting_requests", "status", PostingRequestStatus.self),
            Column("posting_requests", "kind", PostingKind.self),
            Column("on_account_transactions", "transaction_origin", OnAccountOrigin.self),
            Column("number_sequences", "sequence", NumberSequence.self),
            Column("accrued_revenue_journals", "status", AccruedRevenueJournalStatus.self),
            Column("fiscal_periods", "status", FiscalPeriodRow.Status.self),
            Column("project_parameters", "journal_period_unit", ProjectParameters.PeriodUnit.self),
            Column("project_parameters", "exchange_rate_date", ProjectParameters.ExchangeRateDate.self),
            Column("project_parameters", "credit_exchange_rate", ProjectParameters.CreditExchangeRate.self),
            Column(
                "project_parameters", "material_item_sales_tax_group_from",
                ProjectParameters.MaterialItemSalesTaxGroupFrom.self),
            Column("project_parameters", "non_deductible_sales_tax", ProjectParameters.NonDeductibleSalesTax.self),
            Column("companies", "reporting_currency_from", ReportingCurrency.Basis.self),
            Column("project_parameters", "sales_tax_group_method", ProjectParameters.SalesTaxGroupMethod.self),
            Column("accounting_profiles", "time_and_material", TimeAndMaterialProfile.self),
            Column("accounting_profiles", "fixed_price", FixedPriceProfile.self),
            Column("dead_letters", "state", DeadLetterState.self),
            Column("execution_log", "level", ExecutionLog.Level.self),
        ])
    func labels(column: Column) throws {
        let database = try TestDatabase(FinanceSchema.migrations)
        let connection = try database.connect()
        let check = try connection.value(
            String.self,
            """
            SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
            WHERE c.conrelid = $1::text::regclass AND c.contype = 'c' AND a.attname = $2
            """, column.table, column.name)
        let taken = check.matches(of: /'([^']*)'::text/).map { String($0.output.1) }
        #expect(Set(taken) == Set(column.labels))
    }
}
