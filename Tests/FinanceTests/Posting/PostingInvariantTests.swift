import Contracts
import Database
import Testbed
import Testing

@testable import Finance

/// The invariants of `domain.md` §7 over random invoices, and over a long one.
@Suite("Posting invariants")
struct PostingInvariantTests {
    @Test("Random invoices balance in both currencies, and take back all that they accrued", arguments: 0..<6)
    func randomInvoices(_ round: Int) throws {
        var random = SeededRandom()
        let seed = random.description
        let fixture = try PostingFixture()
        let currency = ["USD", "EUR"][round % 2]
        let rate = try ExchangeRate(currency == "USD" ? "100" : "110.55")
        let amounts = (0..<60).map { _ in Money(units: Int128(Int.random(in: -300_000...900_000, using: &random)) * 100)
        }

        let properties = ["Charge", "NonCharge", "Free"]
        let kinds = amounts.map { _ in Int.random(in: 0..<6, using: &random) }
        let unbilled = try fixture.journal(
            "J",
            zip(amounts, kinds).map { amount, kind in
                var line = JournalLineSample.unbilled(
                    amount.description, [.time, .expense, .material, .fee].randomElement(using: &random) ?? .time,
                    project: ["WIP", "PLAIN", "WIP2"].randomElement(using: &random) ?? "WIP",
                    property: kind < properties.count ? properties[kind] : "Charge")
                line.currency = currency
                line.rate = rate.description
                line.accounting = amount.converted(at: rate, precision: 2).description
                return line
            })
        #expect(try fixture.post(.journal, "J", chunk: 7) == .init(status: "Posted"), "\(seed)")
        try fixture.proposal(
            "P", currency: currency, date: "2026-08-01",
            zip(amounts.indices, kinds).map { index, kind in
                ProposalLineSample(
                    billingType: kind == 1 ? .nonChargeable : kind == 2 ? .complimentary : .chargeable,
                    project: "WIP", amount: amounts[index].description, unbilled: unbilled[index],
                    taxGroup: ["BOTH", "ONE", "INC", "INCBOTH", nil].randomElement(using: &random) ?? nil)
            })
        #expect(try fixture.post(.proposal, "P", chunk: 13) == .init(status: "Posted"), "\(seed)")

        #expect(
            try fixture.count(
                "(SELECT voucher FROM ledger_entries GROUP BY voucher HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0) v"
            ) == 0,
            "\(seed)")
        for type in [PostingType.wipSalesValue, .accruedRevenueSalesValue] {
            #expect(try fixture.balance(type) == "0.00", "\(seed)")
            #expect(
                try fixture.count(
                    "(SELECT project_number FROM ledger_entries WHERE posting_type = '\(type.rawValue)' GROUP BY 1 HAVING sum(amount) <> 0) p"
                )
                    == 0, "\(seed)")
        }
        #expect(
            try fixture.count(
                "project_invoices",
                """
                invoice_amount = (SELECT sum(amount) FROM ledger_entries WHERE posting_type = 'customer-balance')
                AND sales_tax_amount = (SELECT sum(tax_amount) FROM sales_tax_transactions)
                AND sales_tax_amount = (SELECT sum(sales_tax_amount) FROM project_invoice_lines)
                AND accounting_detail_amount = (SELECT sum(accounting_amount) FROM project_invoice_lines)
                """) == 1, "\(seed)")
    }

    @Test("A proposal of 20,000 lines is posted in chunks, to the cent, with few ledger entries")
    func manyLines() throws {
        let fixture = try PostingFixture()
        try fixture.proposal("P", [])
        try fixture.connection.executeScript(
            """
            INSERT INTO project_transactions
                SELECT 'usmf', ('00000000-0000-0000-0001-' || lpad(to_hex(n), 12, '0'))::uuid, 'J', 'V' || n, 'Unbilled Sales',
                    'Time', CASE n % 2 WHEN 0 THEN 'WIP' ELSE 'WIP2' END, 'C-1', 'Work', 'Charge', '2026-03-01',
                    '2026-03-01', 1, 'USD', 12.34, 100, 12.34, true
                FROM generate_series(1, 20000) n;
            INSERT INTO invoice_proposal_lines
                SELECT 'usmf', 'P', n, ('00000000-0000-0000-0002-' || lpad(to_hex(n), 12, '0'))::uuid,
                    ('00000000-0000-0000-0001-' || lpad(to_hex(n), 12, '0'))::uuid, NULL, 'Time', 'Time and Material',
                    'Chargeable', CASE n % 2 WHEN 0 THEN 'WIP' ELSE 'WIP2' END, '2026-03-01', 'Work', 1, 12.34, 12.34,
                    'ONE', 'ALL'
                FROM generate_series(1, 20000) n;
            UPDATE invoice_proposals SET line_amount = 246800, total_amount = 246800, total_count = 20000;
            """)
        let command = try fixture.request(.proposal, "P")
        #expect(try fixture.worker(chunk: 3_000).workOnce(fixture.connection))
        #expect(try fixture.outcome(of: command) == .init(status: "Posted"))
        #expect(
            try fixture.invoiceEntries("P") == [
                "customer-balance - 265400.00 265400.00", "invoiced-revenue WIP -123400.00 -123400.00",
                "invoiced-revenue WIP2 -123400.00 -123400.00", "sales-tax WIP -9300.00 -9300.00",
                "sales-tax WIP2 -9300.00 -9300.00", "wip-sales-value WIP -123400.00 -123400.00",
                "wip-sales-value WIP2 -123400.00 -123400.00", "accrued-revenue-sales-value WIP 123400.00 123400.00",
                "accrued-revenue-sales-value WIP2 123400.00 123400.00",
            ])
        #expect(try fixture.count("outbox", "topic = 'accounting-detail'") == 20_000)
        #expect(try fixture.count("outbox_pending") == 20_001)
        #expect(try fixture.count("project_invoice_lines", "accrual_reversed = 12.34") == 20_000)
        #expect(try fixture.text("SELECT rows_done::text FROM posting_requests") == "20000")
    }
}
