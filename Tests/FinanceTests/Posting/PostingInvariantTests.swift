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
        let world = try FinanceWorld(setup: FinanceWorld.postingSetup)
        let currency: CurrencyCode = round % 2 == 0 ? "USD" : "EUR"
        let amounts = (0..<60).map { _ in Money(units: Int128(Int.random(in: -300_000...900_000, using: &random)) * 100)
        }

        let billingTypes = [BillingType.chargeable, .nonChargeable, .complimentary]
        let kinds = amounts.map { _ in Int.random(in: 0..<6, using: &random) }
        let unbilled = try world.journal(
            "J",
            zip(amounts, kinds).map { amount, kind in
                .unbilled(
                    amount.description, [.time, .expense, .material, .fee].randomElement(using: &random) ?? .time,
                    project: ["WIP", "PLAIN", "WIP2"].randomElement(using: &random) ?? "WIP",
                    billingType: kind < billingTypes.count ? billingTypes[kind] : .chargeable, currency: currency)
            })
        #expect(try world.post(.journal, "J", chunk: 7) == .init(status: "Posted"), "\(seed)")
        try world.proposal(
            "P", currency: currency, date: "2026-08-01",
            zip(amounts.indices, kinds).map { index, kind in
                ProposalLineSample(
                    billingType: kind == 1 ? .nonChargeable : kind == 2 ? .complimentary : .chargeable,
                    project: "WIP", amount: amounts[index].description, unbilled: unbilled[index],
                    tax: ["BOTH", "ONE", "INC", "INCBOTH", nil].randomElement(using: &random) ?? nil)
            })
        #expect(try world.post(.proposal, "P", chunk: 13) == .init(status: "Posted"), "\(seed)")

        #expect(
            try world.count(
                "(SELECT voucher FROM ledger_entries GROUP BY voucher HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0) v"
            ) == 0,
            "\(seed)")
        for type in [PostingType.wipSalesValue, .accruedRevenueSalesValue] {
            #expect(try world.balance(type) == "0.00", "\(seed)")
            #expect(
                try world.count(
                    "(SELECT project_number FROM ledger_entries WHERE posting_type = '\(type.rawValue)' GROUP BY 1 HAVING sum(amount) <> 0) p"
                )
                    == 0, "\(seed)")
        }
        #expect(
            try world.count(
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
        let world = try FinanceWorld(setup: FinanceWorld.postingSetup)
        let projects = (1...20_000).map { $0 % 2 == 0 ? "WIP" : "WIP2" }
        let unbilled = try world.journal("J", projects.map { .unbilled("12.34", project: $0) })
        #expect(try world.post(.journal, "J") == .init(status: "Posted"))
        try world.proposal(
            "P",
            zip(projects, unbilled).map { project, sale in
                ProposalLineSample(project: project, amount: "12.34", unbilled: sale, tax: "ONE")
            })
        let command = try world.request(.proposal, "P")
        #expect(try world.worker(chunk: 3_000).workOnce(world.connection))
        #expect(try world.outcome(of: command) == .init(status: "Posted"))
        #expect(
            try world.invoiceEntries("P") == [
                "customer-balance - 265400.00 265400.00", "invoiced-revenue WIP -123400.00 -123400.00",
                "invoiced-revenue WIP2 -123400.00 -123400.00", "sales-tax WIP -9300.00 -9300.00",
                "sales-tax WIP2 -9300.00 -9300.00", "wip-sales-value WIP -123400.00 -123400.00",
                "wip-sales-value WIP2 -123400.00 -123400.00", "accrued-revenue-sales-value WIP 123400.00 123400.00",
                "accrued-revenue-sales-value WIP2 123400.00 123400.00",
            ])
        #expect(
            try world.count(
                "outbox",
                "topic = 'accounting-detail' AND convert_from(payload, 'UTF8') LIKE '%\"source\":\"proposal\"%'")
                == 20_000)
        #expect(try world.count("outbox_pending") == 40_001)
        #expect(try world.count("project_invoice_lines", "accrual_reversed = 12.34") == 20_000)
        #expect(try world.text("SELECT rows_done::text FROM posting_requests WHERE kind = 'proposal'") == "20000")
    }
}
