import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Ten hours of a developer of GBPM on a project of USPM (`domain.md` §6.9): cost 88 GBP an hour there, 120 USD between
/// the companies, 200 USD for the customer.
@Suite("Intercompany, from staging to write-back (domain.md §6.9)")
struct IntercompanyPostingTests {
    private static func company(
        _ id: String, currency: String, rates: String, relations: String, prefix: String
    ) -> String {
        """
          \(id):
            name: \(id)
            accounting-currency: \(currency)
            exchange-rates: {\(rates)}
            fixed-rate-agreements: [{contract: C-1, currency: \(currency == "GBP" ? "USD" : "EUR"), rate: 999}]
            fiscal-periods: [{from: 2026-01-01, to: 2026-12-31, status: open}]
            line-properties:
              Chargeable: {id: Charge, chargeable: true, accrue-revenue: true}
              Not Available: {id: Cost, chargeable: false, accrue-revenue: false}
            project-categories:
              Development: {class: Time, default: true}
            accounting-profiles:
              company: {time-and-material: with-wip, fixed-price: completed-contract}
            posting-accounts:
              cost: {company: "\(prefix)6100", projects: {P-1: "wrong"}}
              payroll-allocation: {company: "\(prefix)6190"}
              wip-sales-value: {company: "\(prefix)1500"}
              accrued-revenue-sales-value: {company: "\(prefix)4190"}
              invoiced-revenue: {company: "\(prefix)4100"}
              customer-balance: {company: "\(prefix)1300"}
              penny-difference: {company: "\(prefix)6189"}
            customers:
              US-001: {name: Adventure Works}
              IC: {name: Sister}
            \(relations)
            number-sequences:
              integration-journal: {prefix: \(prefix)J-}
              voucher: {prefix: \(prefix)V-}
              customer-invoice: {prefix: \(prefix)I-}
        """
    }

    private static let lending = company(
        "gbpm", currency: "GBP", rates: "USD: {2026-01-01: 78.85}",
        relations: "intercompany-relations: {uspm: {customer: IC, vendor: GB-V}}", prefix: "G")
    private static let borrowing = company(
        "uspm", currency: "USD", rates: "", relations: "payment-terms: {}", prefix: "U")

    private let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: "companies:\n\(Self.lending)\n\(Self.borrowing)") }

    /// The three of the four actuals that are transferred: the cost has Skip Sync.
    private func transfer() throws -> (unbilled: GUID, cost: GUID, sales: GUID) {
        func hours(_ type: TransactionType, _ company: Company, _ price: Int, _ currency: CurrencyCode) throws
            -> ActualCreated
        {
            let lent = type.isOfLendingCompany
            return ActualCreated(
                actualId: world.newId(), rowVersion: 1, company: company, projectNumber: "P-1", contractNumber: "C-1",
                customerAccount: "US-001", transactionType: type, transactionClass: .time,
                billingType: type == .resourcingUnitCost ? .notAvailable : .chargeable, currency: currency,
                currencyPrecision: 2, quantity: Quantity(10), price: Money(price), amount: Money(price * 10),
                documentDate: try day("2026-03-02"), accountingDate: try day("2026-03-02"), category: "Development",
                projectCompany: lent ? "uspm" : nil, contractingUnitCurrency: lent ? "USD" : nil)
        }
        let actuals = [
            try hours(.unbilledSales, "uspm", 200, "USD"), try hours(.resourcingUnitCost, "gbpm", 88, "GBP"),
            try hours(.interOrganizationalSales, "gbpm", 120, "USD"),
        ]
        try world.stage(actuals)
        return (actuals[0].actualId, actuals[1].actualId, actuals[2].actualId)
    }

    /// `company posting-type account amount accounting` of every entry.
    private func ledger() throws -> [String] {
        try world.texts(
            """
            SELECT concat_ws(' ', data_area_id, posting_type, main_account, coalesce(project_number, '-'),
                amount::numeric(19, 2), accounting_amount::numeric(19, 2))
            FROM ledger_entries ORDER BY data_area_id, voucher, entry_number
            """)
    }

    /// `company voucher amount rate currency` of the accounting details that are written back.
    private func writtenBack(_ actual: GUID) throws -> [String] {
        try world.texts(
            """
            SELECT payload::text FROM (SELECT convert_from(payload, 'UTF8') AS payload FROM outbox
                WHERE topic = '\(TopicName.accountingDetail.rawValue)') o
            WHERE payload LIKE '%\(actual)%'
            """)
    }

    @Test("Each company books its own, to the cent and at its own rates; the borrower invoices; all are written back")
    func wholeWay() throws {
        let actuals = try transfer()
        let report = try world.importAll()
        #expect(report.blocked.isEmpty, "\(report.blocked)")
        #expect(report.journals.map(\.company) == ["gbpm", "uspm"] && report.journals.map(\.lines) == [2, 1])
        try world.postJournals()
        #expect(
            try Set(ledger()) == [
                "gbpm cost G6100 - 880.00 880.00", "gbpm payroll-allocation G6190 - -880.00 -880.00",
                "gbpm wip-sales-value G1500 - 1200.00 946.20",
                "gbpm accrued-revenue-sales-value G4190 - -1200.00 -946.20",
                "uspm wip-sales-value U1500 P-1 2000.00 2000.00",
                "uspm accrued-revenue-sales-value U4190 P-1 -2000.00 -2000.00",
            ])
        #expect(try world.texts("SELECT data_area_id FROM project_transactions") == ["uspm"])
        #expect(
            try world.texts(
                "SELECT DISTINCT data_area_id FROM integration_journal_lines WHERE intercompany_customer = 'IC'")
                == ["gbpm"])

        var billed = ActualCreated(
            actualId: world.newId(), rowVersion: 1, company: "uspm", projectNumber: "P-1", contractNumber: "C-1",
            customerAccount: "US-001", transactionType: .billedSales, transactionClass: .time,
            billingType: .chargeable, billingMethod: .timeAndMaterial, currency: "USD", currencyPrecision: 2,
            quantity: Quantity(10), price: Money(200), amount: Money(2000), documentDate: try day("2026-03-02"),
            accountingDate: try day("2026-03-31"), category: "Development", unbilledActualId: actuals.unbilled)
        let invoice = world.newId()
        billed.invoiceId = invoice
        var confirmed = try confirmation(of: [billed], number: "INV-1", invoice: invoice)
        confirmed.contractNumber = "C-1"
        confirmed.accountingDate = try day("2026-03-31")
        try world.confirm([confirmed])
        try world.stage([billed])
        try world.importAll()
        try world.postProposals()
        #expect(
            try world.texts(
                """
                SELECT posting_type || ' ' || sum(accounting_amount)::numeric(19, 2) FROM ledger_entries
                WHERE data_area_id = 'uspm' GROUP BY posting_type HAVING sum(accounting_amount) <> 0 ORDER BY 1
                """) == ["customer-balance 2000.00", "invoiced-revenue -2000.00"])
        for actual in [actuals.unbilled, actuals.cost, actuals.sales, billed.actualId] {
            #expect(try writtenBack(actual).count == 1)
        }
        #expect(try writtenBack(actuals.sales)[0].contains("\"accountingAmount\":\"946.2000\""))
        #expect(try writtenBack(actuals.sales)[0].contains("\"company\":\"gbpm\""))
    }

    @Test("Without the relation the lending company's rows alone are blocked, with the cure, and go on with it")
    func relationMissing() throws {
        try world.configure([("uspm: {customer: IC, vendor: GB-V}", "")])
        _ = try transfer()
        let report = try world.importAll()
        #expect(report.journals.map(\.company) == ["uspm"])
        let blocked = try #require(report.blocked.first)
        #expect(report.blocked.count == 1 && blocked.rows == 2)
        #expect(blocked.code == .noIntercompanyRelation)
        #expect(blocked.reason.contains("add uspm with its customer to intercompany-relations of gbpm"))
        try world.configure()
        let next = try world.importAll()
        #expect(next.journals.map(\.company) == ["gbpm"] && next.journals.map(\.lines) == [2])
        #expect(next.blocked.isEmpty)
    }

    @Test("A contracting unit whose currency is not its company's accounting currency is said by both")
    func unitCurrency() throws {
        let id = world.newId()
        try world.stage([
            ActualCreated(
                actualId: id, rowVersion: 1, company: "gbpm", projectNumber: "P-1",
                transactionType: .interOrganizationalSales, transactionClass: .time, billingType: .chargeable,
                currency: "USD", currencyPrecision: 2, quantity: Quantity(1), price: Money(120), amount: Money(120),
                documentDate: try day("2026-03-02"), accountingDate: try day("2026-03-02"), category: "Development",
                projectCompany: "uspm", contractingUnitCurrency: "EUR")
        ])
        let report = try world.importAll()
        #expect(report.blocked.map(\.code) == [.contractingUnitCurrency])
        #expect(report.blocked.first?.reason.contains("EUR") == true)
        #expect(report.blocked.first?.reason.contains("USD") == true)
    }
}
