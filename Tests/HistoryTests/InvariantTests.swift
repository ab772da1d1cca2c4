import HistoryWorld
import Testbed
import Testing

@testable import Database

/// The invariants are worth what they find.
@Suite(.tags(.long))
struct InvariantTests {
    /// A way to break an invariant by hand.
    struct Breach: Sendable, CustomTestStringConvertible {
        enum Side { case dataverse, finance }

        let invariant: Invariant
        let side: Side
        let statement: String

        var testDescription: String { "\(invariant.rawValue): \(statement.prefix(60))…" }
    }

    static let breaches = [
        Breach(
            invariant: .whatIsUnbilledIsOpen, side: .dataverse,
            statement: """
                UPDATE actuals SET amount = amount + 1 WHERE actual_id IN (
                    SELECT actual_id FROM actuals WHERE transaction_type = 'Unbilled Sales'
                        AND adjustment_status = 'Unadjustable' LIMIT 1)
                """),
        Breach(
            invariant: .billedSalesAreTheInvoice, side: .dataverse,
            statement: """
                UPDATE actuals SET amount = amount + 0.0001 WHERE actual_id IN (
                    SELECT actual_id FROM actuals WHERE transaction_type = 'Billed Sales'
                        AND billing_type = 'Chargeable' LIMIT 1)
                """),
        Breach(
            invariant: .oneVoucherAnActual, side: .dataverse,
            statement: "DELETE FROM accounting_details WHERE ctid IN (SELECT ctid FROM accounting_details LIMIT 1)"),
        Breach(
            invariant: .oneVoucherAnActual, side: .dataverse,
            statement: """
                UPDATE actuals SET skip_sync = true WHERE actual_id IN (SELECT actual_id FROM accounting_details LIMIT 1)
                """),
        Breach(
            invariant: .vouchersBalance, side: .finance,
            statement: """
                UPDATE ledger_entries SET reporting_amount = reporting_amount + 0.01
                WHERE ctid IN (SELECT ctid FROM ledger_entries LIMIT 1)
                """),
        Breach(
            invariant: .workInProgressIsWhatIsOpen, side: .finance,
            statement: """
                UPDATE ledger_entries SET accounting_amount = accounting_amount + 0.01 WHERE ctid IN (
                    SELECT ctid FROM ledger_entries WHERE posting_type = 'wip-sales-value' LIMIT 1)
                """),
        Breach(
            invariant: .proposalsAreWhole, side: .finance,
            statement: """
                DELETE FROM invoice_proposal_lines WHERE (proposal_number, line_number) IN (
                    SELECT proposal_number, max(line_number) FROM invoice_proposal_lines GROUP BY proposal_number
                    HAVING count(*) > 1 LIMIT 1)
                """),
        Breach(
            invariant: .oneLineAnActual, side: .finance,
            statement: """
                UPDATE invoice_proposal_lines SET actual_id = (SELECT actual_id FROM integration_journal_lines LIMIT 1)
                WHERE ctid IN (SELECT ctid FROM invoice_proposal_lines LIMIT 1)
                """),
    ]

    @Test("Whoever breaks one row by hand is found out")
    func breachesAreFound() throws {
        let random = SeededRandom()
        let histories = try Histories(contracts: 20, random: random)
        for _ in 0..<6 { try histories.round() }
        try histories.comeToRest()
        let sides = histories.sides
        for breach in Self.breaches {
            let connection = breach.side == .dataverse ? sides.dataverse : sides.finance
            try connection.executeScript("BEGIN")
            try connection.executeScript(breach.statement)
            let found = try breach.invariant.contradictions(dataverse: sides.dataverse, finance: sides.finance)
            #expect(found.count > 0, "\(breach.testDescription); \(random)")
            try connection.executeScript("ROLLBACK")
        }
        try sides.expectInvariants(random)
    }
}
