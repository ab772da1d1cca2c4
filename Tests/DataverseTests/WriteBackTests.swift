import Bus
import Contracts
import Database
import Testbed
import Testing

@testable import Dataverse

@Suite struct WriteBackTests {
    private func store() throws -> DataverseStore {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        return store
    }

    private func detail(
        _ actual: Int, version: Int = 1, amount: Int = 1_600, voucher: String = "V-1", invoice: Int? = 100
    ) throws -> AccountingDetail {
        AccountingDetail(
            actualId: WebAPI.id(actual), company: "usmf", voucher: voucher,
            accountingDate: try #require(CalendarDate("2026-10-15")), exchangeRate: .parity, accountingCurrency: "USD",
            accountingAmount: Money(amount), salesTaxAmount: Money(80), source: .proposal, sourceNumber: "INV-100",
            invoiceId: invoice.map { WebAPI.id($0) }, postingVersion: version)
    }

    private func posted(version: Int = 1, details: Int = 1, amount: Int = 1_600) throws -> InvoicePosted {
        let date = try #require(CalendarDate("2026-10-15"))
        return InvoicePosted(
            invoiceId: WebAPI.id(100), company: "usmf", proposalNumber: "INV-100",
            customerInvoiceNumber: "CIV-000\(version)",
            invoiceDate: date, dueDate: date.adding(days: 30), voucher: "V-1", status: .posted, currency: "USD",
            lineAmount: Money(1_600), salesTaxAmount: Money(80), detailCount: details, accountingCurrency: "USD",
            detailAccountingAmount: Money(amount), postingVersion: version)
    }

    private func details(_ store: DataverseStore) -> AccountingDetailHandler {
        AccountingDetailHandler(choices: store.configuration.choices)
    }

    private func invoices(_ store: DataverseStore) -> InvoicePostedHandler {
        InvoicePostedHandler(choices: store.configuration.choices)
    }

    private func counts(_ store: DataverseStore) throws -> [String] {
        try store.connection.values(
            String.self,
            "SELECT partition || ': ' || details || ', ' || accounting_amount FROM invoice_detail_counts ORDER BY partition"
        )
    }

    @Test("Voucher, date, rate, amount and tax come back to the actual, and the invoice is posted when all have come")
    func comesBack() throws {
        let store = try store()
        try store.take(invoices(store), [posted()])
        let early = try #require(try InvoiceList(connection: store.connection).invoices().first)
        #expect(early.status == "Posted" && early.posted?.customerInvoiceNumber == "CIV-0001")
        #expect(early.posted?.updatedActuals == 0 && early.posted?.actuals == 1 && early.posted?.isComplete == false)

        try store.take(details(store), [detail(203), detail(201, voucher: "V-0", invoice: nil)])
        let invoice = try #require(try InvoiceList(connection: store.connection).invoices().first)
        #expect(invoice.posted?.updatedActuals == 1 && invoice.posted?.isComplete == true)
        let actuals = try ActualList(connection: store.connection).actuals(invoice: "INV-100")
        let billed = try #require(actuals.first { $0.actualId == WebAPI.id(203) })
        #expect(billed.accounting?.voucher == "V-1" && billed.accounting?.exchangeRate == .parity)
        #expect(billed.accounting?.accountingAmount == Money(1_600) && billed.accounting?.salesTaxAmount == Money(80))
        #expect(actuals.first { $0.skipSync }?.accounting == nil)
    }

    @Test("The same message again changes nothing")
    func replay() throws {
        let store = try store()
        for _ in 0..<3 {
            try store.take(details(store), [detail(203)])
            try store.take(invoices(store), [posted()])
        }
        #expect(try counts(store) == ["0: 1, 1600.0000"])
        #expect(try store.count("accounting_details") == 1)
        #expect(try store.count("posted_invoices") == 1)
    }

    @Test("The highest posting version counts, whatever the order, in one batch or in several")
    func outOfOrder() throws {
        let first = try detail(203, version: 1, amount: 1_500, voucher: "V-1")
        let second = try detail(203, version: 2, amount: 1_600, voucher: "V-2")
        for batches in [[[first, second]], [[second, first]], [[first], [second]], [[second], [first]]] {
            let store = try store()
            for batch in batches { try store.take(details(store), batch) }
            #expect(try counts(store) == ["0: 1, 1600.0000"])
            #expect(try store.connection.value(String.self, "SELECT voucher FROM accounting_details") == "V-2")
        }
        let store = try store()
        try store.take(invoices(store), [posted(version: 2), posted(version: 1)])
        try store.take(invoices(store), [posted(version: 1)])
        #expect(
            try store.connection.value(String.self, "SELECT customer_invoice_number FROM posted_invoices")
                == "CIV-0002")
    }

    @Test(
        "A second, different posting is refused with both, the first stands, and the same again changes nothing",
        arguments: [true, false])
    func second(_ inOneBatch: Bool) throws {
        let store = try store()
        let (first, second) = (try detail(203), try detail(203, amount: 1_700, voucher: "V-9"))
        func refusals<M: Message>(_ first: [M], _ second: [M], _ handler: some TopicHandler) throws
            -> [String]
        {
            if !inOneBatch { try store.take(handler, first) }
            let refusal = try #require(throws: MessageRefusal.self) {
                try store.take(handler, inOneBatch ? first + second : second)
            }
            #expect(refusal.reasons.keys.map(\.offset) == [inOneBatch ? 1 : 0] && refusal.code == .postedDifferently)
            if inOneBatch { try store.take(handler, first) }
            try store.take(handler, first)
            return Array(refusal.reasons.values)
        }
        let ofActual = try refusals([first], [second], details(store))
        #expect(ofActual.allSatisfy { $0.contains("voucher V-1 of") && $0.contains("this says voucher V-9") })
        #expect(try counts(store) == ["0: 1, 1600.0000"])
        #expect(try store.connection.value(String.self, "SELECT voucher FROM accounting_details") == "V-1")

        var again = try posted()
        again.customerInvoiceNumber = "CIV-0009"
        let ofInvoice = try refusals([posted()], [again], invoices(store))
        #expect(
            ofInvoice.allSatisfy { $0.contains("invoice INV-100 was posted as CIV-0001") && $0.contains("CIV-0009") })
        #expect(
            try store.connection.value(String.self, "SELECT customer_invoice_number FROM posted_invoices") == "CIV-0001"
        )
    }

    @Test("What is different in a second posting makes no difference: number, date, voucher, rate, amount or tax")
    func anythingDifferent() throws {
        let store = try store()
        try store.take(details(store), [detail(203)])
        try store.take(invoices(store), [posted()])
        for change: (inout AccountingDetail) -> Void in [
            { $0.voucher = "V-9" }, { $0.accountingDate = $0.accountingDate.adding(days: 1) },
            { $0.exchangeRate = ExchangeRate(115) }, { $0.salesTaxAmount = Money(81) }, { $0.sourceNumber = "INV-9" },
            { $0.invoiceId = nil },
        ] {
            var second = try detail(203)
            change(&second)
            #expect(throws: MessageRefusal.self) { try store.take(details(store), [second]) }
        }
        for change: (inout InvoicePosted) -> Void in [
            { $0.invoiceDate = $0.invoiceDate.adding(days: 1) }, { $0.voucher = "V-9" }, { $0.detailCount = 2 },
            { $0.salesTaxAmount = Money(81) }, { $0.lineAmount = Money(1) },
            { $0.dueDate = $0.dueDate.adding(days: 1) },
        ] {
            var second = try posted()
            change(&second)
            #expect(throws: MessageRefusal.self) { try store.take(invoices(store), [second]) }
        }
        #expect(try counts(store) == ["0: 1, 1600.0000"])
    }

    @Test("A batch of new and known details writes the new and keeps the counts right")
    func mixed() throws {
        let store = try store()
        try store.load([
            "msdyn_actuals": [WebAPI.actual(204, .billed, ["_msdyn_invoice_value": WebAPI.text("\(WebAPI.id(100))")])]
        ])
        try store.take(details(store), [detail(203)])
        try store.take(details(store), [detail(203), detail(204, amount: 400)], partition: 3)
        #expect(try counts(store) == ["0: 1, 1600.0000", "3: 1, 400.0000"])
    }

    @Test("A detail of an unknown actual is refused by its place, and its neighbours can be written without it")
    func unknown() throws {
        let store = try store()
        let refusal = try #require(throws: MessageRefusal.self) {
            try store.take(details(store), [detail(203), detail(999)], partition: 2)
        }
        #expect(refusal.reasons.keys.map(\.offset) == [1])
        #expect(refusal.reasons.values.allSatisfy { $0.contains("\(WebAPI.id(999)) is unknown") })
        #expect(try store.count("accounting_details") == 0)
        var stranger = try posted()
        stranger.invoiceId = WebAPI.id(999)
        #expect(throws: MessageRefusal.self) { try store.take(invoices(store), [stranger]) }
    }

    @Test("4789560: What comes back is not published again, and loading the actual again doesn't touch it")
    func oneWriter() throws {
        let store = try store()
        let outbox = try store.count("outbox")
        try store.take(details(store), [detail(203)])
        try store.take(invoices(store), [posted()])
        try store.load(WebAPI.confirmedInvoice())
        #expect(try store.count("outbox") == outbox)
        #expect(try store.connection.value(String.self, "SELECT voucher FROM accounting_details") == "V-1")
    }
}
