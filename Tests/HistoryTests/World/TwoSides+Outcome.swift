import HistoryWorld
import Testbed
import Testing

@testable import Database

// What came of it.
extension TwoSides {
    /// Carries and posts all there is: nothing is refused, and every invariant holds.
    func settleCleanly(using random: inout SeededRandom) throws {
        let refused = try settle(using: &random)
        #expect(refused.isEmpty, "\(refused.prefix(3)), \(random)")
        try expectInvariants(random)
    }

    /// Expects that nothing contradicts an invariant.
    func expectInvariants(_ random: SeededRandom) throws {
        for invariant in Invariant.allCases {
            let found = try invariant.contradictions(dataverse: dataverse, finance: finance)
            #expect(found.count == 0, "\(invariant.rawValue), such as \(found.prefix(3)); \(random)")
        }
    }

    /// The balance of each posting type that is not zero.
    func balances() throws -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: try finance.query(
                """
                SELECT posting_type, sum(accounting_amount)::numeric(19, 2)::text FROM ledger_entries
                GROUP BY posting_type HAVING sum(accounting_amount) <> 0
                """
            ).map { (try $0.string(0), try $0.string(1)) })
    }

    /// The customers' invoices: proposal, amount and tax.
    func invoices() throws -> [String] {
        try finance.values(
            String.self,
            """
            SELECT concat_ws(' ', proposal_number, line_amount::numeric(19, 2), sales_tax_amount::numeric(19, 2))
            FROM project_invoices ORDER BY proposal_number
            """)
    }
}
