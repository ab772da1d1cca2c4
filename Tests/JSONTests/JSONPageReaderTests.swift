import Foundation
import JSON
import Testing

@Suite("Reading pages of the Web API")
struct JSONPageReaderTests {
    static let context = "https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#msdyn_actuals(msdyn_actualid)"

    static func open(_ text: String, fields: [String] = ["id", "amount"]) throws -> JSONPageReader {
        let page = JSONPageReader(fields: fields)
        try Array(text.utf8).withUnsafeBytes { try page.open($0, name: "page.json") }
        return page
    }

    /// The fields of all rows.
    static func rows(_ page: JSONPageReader) throws -> [[String?]] {
        var rows: [[String?]] = []
        while try page.nextRow() { rows.append([page[0].text, page[1].text]) }
        return rows
    }

    static func refusal(_ text: String) -> String? {
        do {
            _ = try rows(open(text))
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("A page gives its rows, its context and its links")
    func readsRows() throws {
        let page = try Self.open(
            """
            {"@odata.context":"\(Self.context)","@odata.count":2,
             "value":[{"@odata.etag":"W/\\"9\\"","id":"å","amount":1600.0000},{"amount":null,"id":"b\\n"}],
             "@odata.nextLink":"https:\\/\\/next","@odata.deltaLink":"delta"}
            """)
        #expect(page.context == Self.context)
        #expect(page.count == 2)
        #expect(page.nextLink == "https://next")
        #expect(page.deltaLink == "delta")
        #expect(page.row == 0)
        #expect(try Self.rows(page) == [["å", "1600.0000"], ["b\n", nil]])
        #expect(page.row == 2)
        #expect(try page.nextRow() == false)
    }

    @Test("The context is found after the rows, or is missing")
    func findsLateContext() throws {
        let page = try Self.open("{\"value\":[{\"id\":\"a\"}],\"@odata.context\":\"c\"}")
        #expect(page.context == "c")
        #expect(try Self.rows(page) == [["a", nil]])
        #expect(try Self.open("{\"value\":[]}").context == nil)
        #expect(try Self.rows(Self.open("{\"value\":[ ]}")).isEmpty)
    }

    @Test("The answer for one row is one row")
    func readsOneRow() throws {
        let page = try Self.open(
            "{\"id\":\"a\",\"value\":[1],\"amount\":2.50,\"@odata.context\":\"x#invoices/$entity\"}")
        #expect(try Self.rows(page) == [["a", "2.50"]])
        #expect(page.row == 1)
    }

    @Test("A byte order mark is tolerated")
    func toleratesByteOrderMarks() throws {
        #expect(try Self.rows(Self.open("\u{FEFF}{\"value\":[{\"id\":1}]}")) == [["1", nil]])
    }

    @Test("All members of a row can be visited, in order")
    func visitsMembers() throws {
        let page = try Self.open(
            #"{"value":[{"id":"\u0061","type@OData.Community.Display.V1.FormattedValue":"Charge\u00e4ble","is":true,"n":1.0},{}]}"#
        )
        #expect(try page.nextRow())
        var members: [String] = []
        var kinds: [JSONSlot.Kind] = []
        page.forEachMember { name, value in
            members.append("\(String(decoding: name, as: UTF8.self))=\(value.text ?? "")")
            kinds.append(value.kind)
        }
        #expect(
            members == [
                "id=a", "type@OData.Community.Display.V1.FormattedValue=Chargeäble", "is=true", "n=1.0",
            ])
        #expect(kinds == [.string, .string, .true, .number])
        #expect(page[0].text == "a")
        #expect(try page.nextRow())
        page.forEachMember { _, _ in Issue.record("an empty row has a member") }
    }

    @Test(
        "A page that is not JSON is refused with file, row and line",
        arguments: [
            (
                "{\"value\":[{\"id\":1},\n{\"id\":2},{\"id\":01}]}",
                "page.json: row 3: line 2, byte 35: not JSON: a number is malformed"
            ),
            (
                "{\"value\":[{\"id\":1},{\"id\":2}",
                "page.json: row 2: line 1, byte 27: not JSON: a comma or ] is missing"
            ),
            (
                "{\"value\":[{\"id\":1}],\"x\":tru}",
                "page.json: line 1, byte 24: not JSON: a word is none of true, false and null"
            ),
            ("<html>", "page.json: line 1, byte 0: not JSON: a value is missing"),
            ("", "page.json: line 1, byte 0: not JSON: there is nothing"),
        ])
    func refusesWhatIsNotJSON(text: String, reason: String) {
        #expect(Self.refusal(text) == reason)
    }

    @Test(
        "A page of the wrong shape is refused with the reason",
        arguments: [
            ("[]", "page.json: line 1, byte 0: not a JSON object"),
            (
                "{}",
                "page.json: not a page of the Dataverse Web API: it has neither a member value nor an @odata.context that ends in /$entity"
            ),
            ("{\"value\":\"x\"}", "page.json: not a page of the Dataverse Web API: its member value is no array"),
            (
                "{\"error\":{\"code\":\"0x80060888\",\"message\":\"No such table.\"}}",
                "page.json: not a page of the Dataverse Web API: it is an error, 0x80060888: No such table."
            ),
            ("{\"value\":[],\"value\":[]}", "page.json: line 1, byte 12: member value stands twice"),
            ("{\"value\":[{},7]}", "page.json: row 2: line 1, byte 13: not a JSON object"),
            ("{\"value\":[{},{},{\"id\":1,\"id\":2}]}", "page.json: row 3: line 1, byte 24: member id stands twice"),
        ])
    func refusesOtherShapes(text: String, reason: String) {
        #expect(Self.refusal(text) == reason)
    }

    @Test("Reading goes on after a refused row, and with the next page")
    func goesOn() throws {
        let page = try Self.open("{\"value\":[{\"id\":1},[],{\"id\":3}],\"@odata.nextLink\":\"next\"}")
        #expect(try page.nextRow())
        #expect(throws: JSONError.self) { try page.nextRow() }
        #expect(try page.nextRow())
        #expect(page[0].integer == 3)
        #expect(page.row == 3)
        try Array("{\"value\":[{\"id\":4}]}".utf8).withUnsafeBytes { try page.open($0) }
        #expect(page.nextLink == nil)
        #expect(try Self.rows(page) == [["4", nil]])
        #expect(throws: JSONError.self) { try Array("{\"val".utf8).withUnsafeBytes { try page.open($0) } }
        #expect(try page.nextRow() == false)
    }

    @Test("Pages are read from files of any size, and from pipes")
    func readsFiles() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let row = "{\"id\":\"\\u0061\",\"amount\":1.2300},"
        let text = "{\"value\":[" + String(repeating: row, count: 20_000) + "{}]}"
        try Data(text.utf8).write(to: file)
        let page = JSONPageReader(fields: ["id", "amount"])
        try page.open(file: file)
        #expect(try Self.rows(page).count == 20_001)

        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("{\"value\":[{\"id\":1}]}".utf8))
        try pipe.fileHandleForWriting.close()
        try page.open(pipe.fileHandleForReading, name: "standard input")
        #expect(try Self.rows(page) == [["1", nil]])
    }

    @Test("A file that is not there is refused with its name")
    func refusesMissingFiles() {
        let page = JSONPageReader(fields: [])
        let error = #expect(throws: JSONError.self) { try page.open(file: URL(filePath: "/no/such/page.json")) }
        #expect(error?.description.hasPrefix("/no/such/page.json: cannot be read: ") == true)
    }
}
