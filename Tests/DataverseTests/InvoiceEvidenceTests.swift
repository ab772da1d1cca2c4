import Contracts
import Database
import Testbed
import Testing

@testable import Dataverse

/// Whether a captured invoice is complete, by the evidence of its rows (design §4, `domain.md` §9.25).
@Suite struct InvoiceEvidenceTests {
    /// The rows of invoices as they are put together, table by table.
    struct Export {
        var rows: [String: [WebRow]] = [:]

        mutating func add(_ table: String, _ row: WebRow) { rows[table, default: []].append(row) }

        mutating func invoice(_ number: Int, amount: Int) {
            add("invoices", WebAPI.invoice(number, .confirmed, amount: "\(amount).0"))
        }

        mutating func detail(_ number: Int, on invoice: Int, _ hours: Int, price: Int = 200, _ changes: WebRow = [:]) {
            let row = Self.facts(hours, price).merging(changes) { $1 }
            add("msdyn_invoicelinetransactions", WebAPI.lineDetail(number, invoice: invoice, row))
        }

        mutating func actual(
            _ number: Int, _ kind: WebAPI.Kind, on invoice: Int?, _ hours: Int, price: Int = 200,
            _ changes: WebRow = [:]
        ) {
            let on = invoice.map { WebAPI.text("\(WebAPI.id($0))") } ?? "null"
            let own = Self.facts(hours, price).merging(["_msdyn_invoice_value": on]) { $1 }
            add("msdyn_actuals", WebAPI.actual(number, kind, own.merging(changes) { $1 }))
        }

        mutating func connect(
            _ first: Int, _ firstRole: String, _ second: Int, _ secondRole: String, type: String = "msdyn_actual"
        ) {
            add(
                "msdyn_transactionconnections",
                WebAPI.connection(first * 10_000 + second, first, firstRole, second, secondRole, type1: type))
        }

        /// A line that is billed as it is: line detail, unbilled sale + 1, billed sale + 2.
        mutating func line(_ number: Int, on invoice: Int, _ hours: Int, price: Int = 200, _ changes: WebRow = [:]) {
            detail(number, on: invoice, hours, price: price, changes)
            billed(number + 2, of: number + 1, on: invoice, hours, price: price, changes)
            connect(number, "Billed Sales", number + 1, "Unbilled Sales", type: "msdyn_invoicelinetransaction")
        }

        /// An unbilled sale as posted, and the billed sale that bills it.
        mutating func billed(
            _ sale: Int, of unbilled: Int, on invoice: Int, _ hours: Int, price: Int = 200, _ changes: WebRow = [:]
        ) {
            let posted = changes.merging(["msdyn_billingstatus": "192350002"]) { $1 }
            actual(unbilled, .unbilled, on: invoice, hours, price: price, posted)
            actual(sale, .billed, on: invoice, hours, price: price, posted)
            connect(sale, "Billed Sales", unbilled, "Unbilled Sales")
        }

        /// A billed sale that takes back another one.
        mutating func credit(_ sale: Int, of original: Int, on invoice: Int, _ hours: Int, price: Int = 200) {
            actual(sale, .billed, on: invoice, -hours, price: price, ["msdyn_adjustmentstatus": "192350002"])
            connect(sale, "Reversing", original, "Original")
        }

        /// A correction line of a billed sale, which shall remain with these hours.
        mutating func correction(_ number: Int, of original: Int, on invoice: Int, _ hours: Int, price: Int = 200) {
            detail(number, on: invoice, hours, price: price, ["msdyn_correction": "true"])
            connect(number, "Replacing", original, "Original", type: "msdyn_invoicelinetransaction")
        }

        /// Takes rows away by the ids of what they are, so that they can come later.
        mutating func take(_ numbers: Int...) -> [String: [WebRow]] {
            let ids = Set(numbers.map { WebAPI.text("\(WebAPI.id($0))") })
            let keys = ["msdyn_actualid", "msdyn_invoicelinetransactionid"]
            var late: [String: [WebRow]] = [:]
            for (table, all) in rows {
                let isLate = { (row: WebRow) in keys.contains { row[$0].map(ids.contains) == true } }
                late[table] = all.filter(isLate)
                rows[table] = all.filter { !isLate($0) }
            }
            return late.filter { !$0.value.isEmpty }
        }

        private static func facts(_ hours: Int, _ price: Int) -> WebRow {
            ["msdyn_quantity": "\(hours).0", "msdyn_price": "\(price).0", "msdyn_amount": "\(hours * price).0"]
        }
    }

    private static let free = ["msdyn_billingtype": "192350000"]

    /// Eight hours; a flight, and the same with the opposite sign.
    private static var netsToZero: Export {
        var export = Export()
        export.invoice(100, amount: 1_600)
        export.line(300, on: 100, 8)
        export.line(310, on: 100, 1, price: 300)
        export.line(320, on: 100, -1, price: 300)
        return export
    }

    /// T8: eight hours, of which six are billed, and two for nothing.
    private static var lowered: Export {
        var export = Export()
        export.invoice(100, amount: 1_200)
        export.detail(300, on: 100, 6)
        export.actual(
            301, .unbilled, on: 100, 8, ["msdyn_billingstatus": "192350003", "msdyn_adjustmentstatus": "192350001"])
        export.connect(300, "Billed Sales", 301, "Unbilled Sales", type: "msdyn_invoicelinetransaction")
        export.billed(303, of: 302, on: 100, 6)
        export.connect(302, "Replacing", 301, "Original")
        export.billed(305, of: 304, on: 100, 2, free)
        export.connect(304, "Replacing", 301, "Original")
        return export
    }

    /// T10 twice: 8 hours become 6, and 3 stay 3; the rest is open.
    private static var corrected: Export {
        var export = Export()
        export.invoice(100, amount: 2_200)
        export.line(300, on: 100, 8)
        export.line(310, on: 100, 3)
        export.invoice(500, amount: -400)
        export.correction(600, of: 302, on: 500, 6)
        export.credit(601, of: 302, on: 500, 8)
        export.billed(603, of: 602, on: 500, 6)
        export.actual(604, .unbilled, on: nil, 2)
        export.connect(602, "Replacing", 302, "Original")
        export.connect(604, "Replacing", 302, "Original")
        export.correction(610, of: 312, on: 500, 3)
        export.credit(611, of: 312, on: 500, 3)
        export.billed(613, of: 612, on: 500, 3)
        export.connect(612, "Replacing", 312, "Original")
        return export
    }

    /// A milestone, a typed line of fixed price, and one on time and material: no line detail is connected to anything.
    private static var typed: Export {
        let fixed = ["_msdyn_salescontractlineid_value": WebAPI.text("\(WebAPI.fixedPriceLine)")]
        let milestone = fixed.merging(["msdyn_transactionclassification": "192350003"]) { $1 }
        var export = Export()
        export.invoice(100, amount: 5_000)
        export.detail(300, on: 100, 1, price: 5_000, milestone)
        export.actual(302, .billed, on: 100, 1, price: 5_000, milestone)
        export.detail(310, on: 100, 1, price: 700, fixed)
        export.actual(312, .billed, on: 100, 1, price: 700, fixed)
        export.detail(320, on: 100, -1, price: 700)
        export.billed(322, of: 321, on: 100, -1, price: 700)
        return export
    }

    struct Late: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let first: [String: [WebRow]]
        let late: [String: [WebRow]]
        let says: String
        let published: Int

        init(_ title: String, _ export: Export, late numbers: [Int], published: Int = 1, _ says: String) {
            var export = export
            testDescription = title
            var late: [String: [WebRow]] = [:]
            for number in numbers { late.merge(export.take(number)) { $0 + $1 } }
            self.late = late
            first = export.rows
            self.says = says
            self.published = published
        }
    }

    static let late = [
        Late(
            "line details and billed sales that net to zero", netsToZero, late: [310, 312, 320, 322],
            "unbilled sale \(WebAPI.id(311)), which is on it as posted, lacks its billed sale (and 1 more)"),
        Late(
            "billed sales and their unbilled sales, that net to zero", netsToZero, late: [311, 312, 321, 322],
            "line detail \(WebAPI.id(310)) lacks its billed sale of unbilled sale \(WebAPI.id(311)) (and 1 more)"),
        Late("T8: what is billed for nothing", lowered, late: [305], "unbilled sale \(WebAPI.id(304))"),
        Late(
            "T8: what is billed for nothing, with its unbilled sale", lowered, late: [304, 305],
            "actual \(WebAPI.id(304)), which replaces unbilled sale \(WebAPI.id(301)), is not here"),
        Late(
            "T10: reversal and billed sale of one line", corrected, late: [611, 613], published: 2,
            "lacks its billed sale"),
        Late(
            "T10: all rows of one line", corrected, late: [611, 612, 613], published: 2,
            "actual \(WebAPI.id(612)), which replaces billed sale \(WebAPI.id(312)), is not here"),
        Late(
            "T10: the rest that is left open", corrected, late: [604], published: 2,
            "actual \(WebAPI.id(604)), which replaces billed sale \(WebAPI.id(302)), is not here"),
        Late("typed lines that net to zero", typed, late: [310, 312, 320, 322], "unbilled sale \(WebAPI.id(321))"),
        Late(
            "billed sales of typed lines that net to zero", typed, late: [312, 322],
            "unbilled sale \(WebAPI.id(321)), which is on it as posted, lacks its billed sale (and 2 more)"),
    ]

    @Test("An invoice waits for rows that add nothing, says which, and is published when they come", arguments: late)
    func waits(_ row: Late) throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(row.first)
        #expect(try store.messages(InvoiceConfirmed.self).count == row.published - 1)
        // As a person asks, whose session can change nothing.
        try store.connection.executeScript("SET default_transaction_read_only = on")
        let reasons = try InvoiceList(connection: store.connection).invoices().compactMap(\.waitingReason)
        try store.connection.executeScript("SET default_transaction_read_only = off")
        #expect(reasons.count == 1 && reasons[0].contains(row.says), "\(reasons)")
        try store.load(row.late)
        let messages = try store.messages(InvoiceConfirmed.self)
        #expect(messages.count == row.published && messages.allSatisfy { $0.totalsVersion == 1 })
        #expect(try store.waiting() == [])
    }

    @Test("Edits, corrections, typed lines and what is billed again are found complete, whatever the order")
    func complete() throws {
        var rebilled = Self.corrected
        rebilled.invoice(700, amount: 400)
        rebilled.detail(800, on: 700, 2)
        rebilled.connect(800, "Billed Sales", 604, "Unbilled Sales", type: "msdyn_invoicelinetransaction")
        _ = rebilled.take(604)
        rebilled.billed(802, of: 604, on: 700, 2)
        for (export, invoices) in [(Self.netsToZero, 1), (Self.lowered, 1), (rebilled, 3), (Self.typed, 1)] {
            for tables in [export.rows.keys.sorted(), export.rows.keys.sorted().reversed()] {
                let store = try DataverseStore()
                try store.load(WebAPI.lookups)
                for table in tables { try store.load([table: export.rows[table] ?? []]) }
                #expect(try store.messages(InvoiceConfirmed.self).count == invoices)
                #expect(try store.waiting() == [])
            }
        }
    }

    @Test("Edits are found complete also where no connection says what replaces what")
    func unconnected() throws {
        for hours in [6, 10, 0] {
            var export = Export()
            export.invoice(100, amount: 200 * hours)
            export.detail(300, on: 100, hours)
            export.actual(301, .unbilled, on: 100, 8, ["msdyn_adjustmentstatus": "192350001"])
            export.connect(300, "Billed Sales", 301, "Unbilled Sales", type: "msdyn_invoicelinetransaction")
            if hours > 0 { export.billed(303, of: 302, on: 100, hours) }
            if hours < 8 { export.billed(305, of: 304, on: 100, 8 - hours, Self.free) }
            let store = try DataverseStore()
            try store.load(WebAPI.lookups)
            try store.load(export.rows)
            #expect(try store.waiting() == [], "\(hours) hours")
        }
    }

    @Test("An unbilled sale that comes as posted after its invoice was published asks for its billed sale")
    func lateUnbilledSale() throws {
        var export = Self.netsToZero
        let billed = export.take(312)
        let other = export.take(322)
        let unbilled = export.take(311, 321, 310, 320)
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(export.rows)
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalCount) == [1])
        try store.load(unbilled)
        #expect(try InvoiceList(connection: store.connection).invoices().first?.waitingReason != nil)
        try store.load(billed.merging(other) { $0 + $1 })
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalsVersion) == [1, 2])
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalCount) == [1, 3])
        #expect(try store.waiting() == [])
    }

    @Test("While a page of an invoice's tables says that there is more, the invoice waits for it")
    func unfinishedPages() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        var rows = Self.netsToZero.rows
        let actuals = rows.take("msdyn_actuals")
        let page = WebAPI.page("msdyn_actuals", actuals)
        let goesOn = page.replacing(
            "\"value\":", with: "\"@odata.nextLink\": \"https://x/msdyn_actuals?$skiptoken=2\", \"value\":")
        try store.load(rows)
        try store.load([goesOn])
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
        #expect(try store.waiting().count == 1)
        #expect(try store.waiting().allSatisfy { $0.contains("waiting for further pages of msdyn_actuals") })
        try store.load([WebAPI.page("msdyn_actuals", [])])
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)
        #expect(try store.waiting() == [])
    }
}
