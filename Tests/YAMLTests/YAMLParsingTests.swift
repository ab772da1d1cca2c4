import Testing
import YAML

@Suite("Parsing YAML")
struct YAMLParsingTests {
    static func refusal(_ text: String) -> String? {
        do {
            _ = try YAML.parse(text, file: "f.yaml")
            return nil
        } catch {
            return error.description
        }
    }

    @Test("A key that stands twice is refused with both lines")
    func refusesDuplicateKeys() {
        #expect(Self.refusal("a: 1\nb: 2\na: 3\n") == "f.yaml:3: key \"a\" stands twice, first on line 1")
        #expect(Self.refusal("x:\n  a: 1\n  'a': 2\n") == "f.yaml:3: key \"x.a\" stands twice, first on line 2")
    }

    @Test("Anchors, aliases, merge keys, tags and further documents are refused")
    func refusesWhatConfigurationDoesNotNeed() {
        #expect(Self.refusal("a: &x 1\n") == "f.yaml:1: anchors (&name) are not supported")
        #expect(Self.refusal("a: &x [1]\n") == "f.yaml:1: anchors (&name) are not supported")
        #expect(Self.refusal("a: 1\nb: *x\n") == "f.yaml:2: aliases (*name) are not supported; write the value out")
        #expect(
            Self.refusal("<<: {a: 1}\n") == "f.yaml:1: merge keys (<<) are not supported; write the members out")
        #expect(Self.refusal("a: !secret x\n") == "f.yaml:1: tags (!name) are not supported")
        #expect(Self.refusal("a: 1\n---\nb: 2\n") == "f.yaml:2: a second document is not supported")
        #expect(Self.refusal("[a]: 1\n") == "f.yaml:1: a key must be a text")
    }

    @Test("Malformed YAML is refused with file and line")
    func refusesMalformedText() {
        #expect(Self.refusal("a: 1\nb: [1, 2\n")?.hasPrefix("f.yaml:3: not valid YAML: ") == true)
        #expect(Self.refusal("a: 1\n\tb: 2\n")?.hasPrefix("f.yaml:2: not valid YAML: ") == true)
        #expect(Self.refusal("a: 1\nb: \"open\n")?.hasPrefix("f.yaml:") == true)
        #expect(Self.refusal("a: \u{1}\n")?.hasPrefix("f.yaml:1: not valid YAML: ") == true)
        #expect(throws: YAMLError.self) { try YAML.parse([0x61, 0x3A, 0x20, 0xFF, 0xFE], file: "f.yaml") }
    }

    @Test("A file with nothing in it is refused")
    func refusesAnEmptyFile() {
        #expect(Self.refusal("") == "f.yaml:1: the file is empty")
        #expect(Self.refusal("# only a comment\n") == "f.yaml:1: the file is empty")
    }

    @Test("A byte order mark and Windows line ends are tolerated")
    func toleratesByteOrderMarks() throws {
        let node = try YAML.parse([0xEF, 0xBB, 0xBF] + Array("a: 1\r\nb: två\r\n".utf8), file: "f.yaml")
        #expect(try node.int("a") == 1)
        #expect(try node.string("b") == "två")
    }

    @Test("A file that is a list, or one value, says so when a key is read")
    func refusesKeysOfLists() throws {
        let node = try YAML.parse("- a\n- b\n", file: "f.yaml")
        #expect(try node.asStrings() == ["a", "b"])
        let error = #expect(throws: YAMLError.self) { try node.string("a") }
        #expect(error?.description == "f.yaml:1: the file must be a mapping of keys to values")
    }

    @Test("Deep nesting is refused")
    func refusesDeepNesting() {
        #expect(
            Self.refusal(String(repeating: "[", count: 5000))
                == "f.yaml:1: lists and mappings nest deeper than 64 levels")
    }

    @Test("A file cut short anywhere gives the keys before the cut, or is refused with file and line")
    func givesTheFirstKeysOfATruncatedFile() throws {
        let bytes = Array(YAMLNodeTests.topic.utf8)
        let keys = try YAML.parse(bytes, file: "f.yaml").entries.map(\.key)
        var refused = 0
        for length in bytes.indices {
            do {
                let read = try YAML.parse(Array(bytes[..<length]), file: "f.yaml").entries.map(\.key)
                #expect(keys.starts(with: read), "cut at byte \(length)")
            } catch {
                refused += 1
                #expect(error.description.hasPrefix("f.yaml:"), "cut at byte \(length)")
            }
        }
        #expect((1..<bytes.count).contains(refused))
    }
}
