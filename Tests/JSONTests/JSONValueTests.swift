import JSON
import Testing

@Suite("JSON as a tree")
struct JSONValueTests {
    @Test("A document becomes a tree, with members in order and numbers as written")
    func parses() throws {
        let value = try JSONValue(
            parsing: #" {"b": [1.50, -0, {"x": null}], "a": {"\u00e9": "\ud83d\ude00"}, "t": true, "i": 12} "#)
        #expect(value.object?.names == ["b", "a", "t", "i"])
        #expect(value["b"]?[0]?.number == "1.50")
        #expect(value["b"]?[1] == .number("-0"))
        #expect(value["b"]?[2]?["x"]?.isNull == true)
        #expect(value["b"]?[3] == nil)
        #expect(value["a"]?["é"]?.string == "😀")
        #expect(value["t"]?.bool == true)
        #expect(value["i"]?.int == 12)
        #expect(value["b"]?[0]?.int == nil)
        #expect(try JSONValue(parsing: "[]") == .array([]))
        #expect(try JSONValue(parsing: " \"x\" ") == .string("x"))
        #expect(try JSONValue(parsing: "null") == .null)
    }

    @Test("A member that stands twice is refused at any depth")
    func refusesDuplicates() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: #"{"a":[{"x":1,"\u0078":2}]}"#) }
        #expect(error?.kind == .duplicateMember("x"))
    }

    @Test("A tree is written as it was read")
    func writes() throws {
        let text = #"{"b":[1.50,-0,{"x":null}],"a":{"\"":"\n"},"t":true,"f":false,"e":{},"l":[]}"#
        var json = JSONWriter()
        json.element(try JSONValue(parsing: text))
        #expect(String(decoding: json.bytes, as: UTF8.self) == text)
    }

    @Test("Members are replaced, added and removed by name")
    func changesMembers() {
        var object = JSONObject()
        object["a"] = .number("1")
        object["b"] = .null
        object["a"] = .bool(true)
        object["c"] = nil
        #expect(object.names == ["a", "b"])
        #expect(object["a"] == .bool(true))
        object["a"] = nil
        #expect(object.names == ["b"])
    }
}
