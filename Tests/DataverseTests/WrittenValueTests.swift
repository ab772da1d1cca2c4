import Contracts
import Database
import Foundation
import Testbed
import Testing

@testable import Dataverse

/// Values as systems write them, and what a load says of rows that it leaves as they are.
@Suite struct WrittenValueTests {
    @Test(
        "What cannot be read of a text that only people read is U+FFFD, and all else is taken",
        arguments: [#""x\ud83d""#, #""x\u0000""#, #""\udc00y""#, "\"x\u{FFFD}\""])
    func unreadable(text: String) throws {
        let store = try DataverseStore()
        var rows = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }
        for index in 0..<3 { rows["msdyn_actuals"]?[index]["msdyn_description"] = text }
        rows["invoices"]?[0]["billto_name"] = text
        rows["bookableresources"]?[0]["name"] = text
        try store.load(rows)
        let billed = try #require(try store.messages(ActualCreated.self).first { $0.transactionType == .billedSales })
        #expect(billed.description?.unicodeScalars.contains("\u{FFFD}") == true)
        #expect(billed.resource?.unicodeScalars.contains("\u{FFFD}") == true)
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)
    }

    @Test("Bytes that are no UTF-8 in a text are read as U+FFFD, and the rows beside it as they are")
    func malformedUTF8() throws {
        let store = try DataverseStore()
        let page = WebAPI.page("msdyn_actuals", [WebAPI.actual(1, .cost), WebAPI.actual(2, .cost)])
        let path = try store.write("")
        var bytes = Array(page.utf8)
        let at = try #require(page.utf8.ranges(of: Array("Workshop".utf8)).first?.lowerBound)
        let offset = page.utf8.distance(from: page.utf8.startIndex, to: at)
        bytes.replaceSubrange(offset..<(offset + 4), with: [0xF0, 0x9F, 0x98])
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        _ = try LoadPages(connection: store.connection, configuration: store.configuration).load([PageFile(path)])
        #expect(
            try store.connection.values(String.self, "SELECT description FROM actuals ORDER BY actual_id")
                == ["\u{FFFD}shop", "Workshop"])
    }

    @Test(
        "Numbers with an exponent are the numbers that they are",
        arguments: [
            ("1.2E+3", "1200.0000"), ("12e2", "1200.0000"), ("1.5e-3", "0.0015"), ("-1.2E+3", "-1200.0000"),
            ("0e99", "0.0000"), ("120000e-2", "1200.0000"),
        ])
    func exponents(text: String, amount: String) throws {
        let store = try DataverseStore()
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(
                    1, .cost,
                    ["msdyn_amount": text, "msdyn_transactiontypecode": "1.9235E+8", "versionnumber": "1.0e2"])
            ]
        ])
        let actual = try #require(try store.connection.record(Actual.self, "SELECT \(Actual.columnList) FROM actuals"))
        #expect(actual.amount.description == amount)
        #expect(actual.transactionType == .cost && actual.rowVersion == 100)
    }

    @Test(
        "A quantity of more than four places is rounded as Dataverse shows it",
        arguments: [
            ("0.3333333333", "0.3333"), ("0.33335", "0.3334"), ("-0.33335", "-0.3334"), ("1E-5", "0.0000"),
            ("7.99999", "8.0000"), ("\"2.123449\"", "2.1234"),
        ])
    func quantities(text: String, quantity: String) throws {
        let store = try DataverseStore()
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost, ["msdyn_quantity": text])]])
        #expect(try store.connection.value(Quantity.self, "SELECT quantity FROM actuals").description == quantity)
    }

    @Test(
        "Hidden files in a folder are passed over by name, at any depth, and the others come as a person numbers them")
    func hiddenFiles() throws {
        let store = try DataverseStore()
        let hidden = store.folder.appendingPathComponent(".cache")
        try FileManager.default.createDirectory(at: hidden, withIntermediateDirectories: true)
        for name in ["a.json", "a-10.json", "a-2.json", "B.JSON", "._a.json", ".cache/c.json"] {
            _ = try store.write("{}", name)
        }
        let sources = try PageSources([store.folder.path])
        func names(_ paths: [String]) -> [String] { paths.map { String($0.dropFirst(store.folder.path.count + 1)) } }
        #expect(names(sources.sources.map(\.name)) == ["B.JSON", "a.json", "a-2.json", "a-10.json"])
        #expect(names(sources.passedOver) == ["._a.json", ".cache/c.json"])
    }

    @Test("A file with a byte order mark is read, also one of lines, and one in UTF-16")
    func byteOrderMarks() throws {
        let page = WebAPI.page("msdyn_actuals", [WebAPI.actual(1, .cost)]).replacing("\n", with: "")
        let files = [
            Data([0xEF, 0xBB, 0xBF]) + Data(page.utf8), Data([0xEF, 0xBB, 0xBF]) + Data("\(page)\n\(page)\n".utf8),
            Data([0xFF, 0xFE]) + Data(page.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
            Data([0xFE, 0xFF]) + Data(page.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }),
        ]
        for file in files {
            let store = try DataverseStore()
            let path = try store.write("")
            try file.write(to: URL(fileURLWithPath: path))
            _ = try LoadPages(connection: store.connection, configuration: store.configuration).load([PageFile(path)])
            #expect(try store.count("actuals") == 1)
        }
    }

    @Test(
        "A row that is not newer and says something else is left out and said, and one that says the same is unchanged",
        arguments: [("90", "older version"), ("100", "the version that is here")])
    func overruled(version: String, says: String) throws {
        let store = try DataverseStore()
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost), WebAPI.actual(2, .cost)]])
        let report = try store.load([
            "msdyn_actuals": [
                WebAPI.actual(1, .cost, ["versionnumber": version]),
                WebAPI.actual(2, .cost, ["versionnumber": version, "msdyn_amount": "5"]),
            ]
        ])
        #expect(report.tables.map(\.unchanged) == [1] && report.tables.map(\.overruled) == [1])
        let note = try #require(report.tables.first?.notes.first)
        #expect(note.rows == 1 && note.row == 2 && note.sentence.contains(says))
        #expect(try store.count("actuals WHERE amount = 1600") == 2)
    }

    @Test("A draft that was confirmed here, and is loaded again as it was, is older than what is here")
    func confirmedHere() throws {
        let store = try DataverseStore()
        var rows = WebAPI.confirmedInvoice()
        rows["invoices"] = [WebAPI.invoice(100, .draft, amount: "1600.0")]
        rows["msdyn_actuals"] = [WebAPI.actual(201, .unbilled)]
        rows["msdyn_transactionconnections"]?.removeLast(2)
        try store.load(WebAPI.lookups.merging(rows) { $1 }, asOurs: true)
        try store.confirm("INV-100")
        let report = try store.load(rows, asOurs: true)
        #expect(report.tables.flatMap(\.notes).allSatisfy { $0.text.contains("older version") })
        #expect(try store.count("invoices WHERE confirmed_here_on IS NOT NULL") == 1)
    }
}
