import Contracts
import JSON
import Testing

struct MessageErrorTests {
    private let choices: ChoiceTables

    init() throws { choices = try ChoiceTables() }

    @Test("A required field that is missing or null is named, and an optional one may be", arguments: Contract.all)
    func missing(_ contract: Contract) throws {
        let full = try object(contract.samples[0])
        let least = try object(contract.samples[contract.samples.count > 1 ? 1 : 0])
        for field in contract.fields {
            for value in [nil, JSONValue.null] {
                // The least message lacks every optional field already.
                var changed = least[field] == nil ? least : full
                changed[field] = value
                let error = contract.error(decoding: bytes(changed), choices)
                if least[field] == nil {
                    #expect(error == nil, "\(field)")
                } else {
                    #expect(error == .missing(field: field))
                    #expect(error?.description.contains("\"\(field)\"") == true)
                }
            }
        }
    }

    @Test("A field of another type is named, with what it should be", arguments: Contract.all)
    func wrongType(_ contract: Contract) throws {
        let full = try object(contract.samples[0])
        let others: [JSONValue] = [
            .bool(true), .number("1.5"), .number("-1e400"), .number("99999999999999999999"), .array([.string("a")]),
            .object(JSONObject()), .string("\u{0}"), .string(String(repeating: "x", count: 2_000)),
        ]
        for field in contract.fields {
            for other in others where !(other == .bool(true) && ["hasCorrections", "withdrawn"].contains(field)) {
                var changed = full
                changed[field] = other
                if other == .string("\u{0}"), Self.displayTexts.contains(field) { continue }
                let error = try #require(
                    contract.error(decoding: bytes(changed), choices), "\(field) may be \(other)")
                #expect(error.description.contains("\"\(field)\""))
                guard case .malformed(field, _) = error else {
                    Issue.record("\(field) as \(other) is \(error)")
                    continue
                }
            }
        }
    }

    @Test("Fields that are not known are passed over, whatever they hold", arguments: Contract.all)
    func unknownFields(_ contract: Contract) throws {
        var value = try object(contract.samples[0])
        value["addedLater"] = .array([.null, .object(JSONObject()), .number("1e400"), .string("\u{0}")])
        value["COMPANY"] = .number("1")
        #expect(try contract.rewrite(bytes(value), choices) == contract.samples[0])
    }

    @Test(
        "What is no JSON object is refused", arguments: Contract.all,
        ["", " ", "null", "1", "\"text\"", "[]", "[{}]", "{", "{}x", "{\"a\":}", "{'a':1}", "\u{feff}"])
    func noObject(_ contract: Contract, _ text: String) {
        guard case .notJSON = contract.error(decoding: Array(text.utf8), choices) else {
            Issue.record("\(text) was no error, or another")
            return
        }
    }

    /// The texts that only people read.
    private static let displayTexts: Set<String> = [
        "contractLine", "resource", "description", "externalDescription", "customerName", "billToName", "billToAddress",
        "requestedBy",
    ]

    @Test(
        "A character that cannot be read is U+FFFD in a text that only people read, and refuses what something is known by",
        arguments: Contract.all, [#"x\ud83d"#, #"x\u0000"#, "x\u{FFFD}"])
    func unreadable(_ contract: Contract, text: String) throws {
        for field in contract.descriptions {
            guard case .text = field.kind else { continue }
            var message = try object(contract.samples[0])
            message[field.name] = .string("what it says")
            let changed = String(decoding: bytes(message), as: UTF8.self).replacing("what it says", with: text)
            guard Self.displayTexts.contains(field.name) else {
                #expect(
                    contract.error(decoding: Array(changed.utf8), choices)
                        == .malformed(field: field.name, expected: "a text of characters that can be read"))
                continue
            }
            let written = try contract.rewrite(Array(changed.utf8), choices)
            #expect(try object(written)[field.name]?.string == "x\u{FFFD}")
        }
    }

    @Test("A message in two values, or cut, or in bytes that are no text, is refused", arguments: Contract.all)
    func brokenBytes(_ contract: Contract) {
        let sample = contract.samples[0]
        #expect(contract.error(decoding: sample + sample, choices) != nil)
        #expect(contract.error(decoding: Array(sample.dropLast()), choices) != nil)
        #expect(contract.error(decoding: [0xff, 0xfe], choices) != nil)
    }

    @Test("An unknown code is no fault of the message: it names the line of configuration that is missing")
    func unknownCode() throws {
        let contract = try #require(Contract.all.first { $0.topic == .actualCreated })
        var value = try object(contract.samples[0])
        for (field, column) in [
            ("transactionType", "msdyn_transactiontypecode"), ("transactionClass", "msdyn_transactionclassification"),
            ("billingType", "msdyn_billingtype"), ("billingStatus", "msdyn_billingstatus"),
            ("adjustmentStatus", "msdyn_adjustmentstatus"), ("billingMethod", "msdyn_billingmethod"),
        ] {
            let before = value[field]
            value[field] = .number("192359999")
            let error = contract.error(decoding: bytes(value), choices)
            #expect(error == .unknownChoice(column: column, code: 192_359_999))
            #expect(error?.description.contains("choices.\(column).192359999: LABEL") == true)
            value[field] = before
        }
    }

    private func object(_ bytes: [UInt8]) throws -> JSONObject { try #require(try JSONValue(parsing: bytes).object) }

    private func bytes(_ object: JSONObject) -> [UInt8] {
        var json = JSONWriter()
        json.element(.object(object))
        return json.bytes
    }

    @Test(
        "A day that means none is none where one may lack, and refused by name where one is needed; an instant is no day",
        arguments: Contract.all)
    func noDay(_ contract: Contract) throws {
        for field in contract.descriptions where field.kind == .date {
            var changed = try object(contract.samples[0])
            for text in ["1900-01-01", "0001-01-01", "1900-01-01T00:00:00Z"] {
                changed[field.name] = .string(text)
                let error = contract.error(decoding: bytes(changed), choices)
                guard field.isRequired else {
                    #expect(error == nil)
                    continue
                }
                #expect(
                    error?.description == "field \"\(field.name)\" is not a date: \"\(text)\" means that there is none")
            }
            changed[field.name] = .string("2026-12-31T23:00:00Z")
            #expect(
                contract.error(decoding: bytes(changed), choices)
                    == .malformed(field: field.name, expected: "a date such as \"2026-11-21\""))
        }
    }
}
