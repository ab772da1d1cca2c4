import Testing
import YAML

@Suite("Writing YAML")
struct YAMLWritingTests {
    /// The value that a node says, plain scalars that are no text apart.
    private func value(_ node: YAMLNode) -> YAMLValue {
        switch node.content {
        case .scalar(let text, _): .text(text)
        case .sequence(let items): .sequence(items.map(value))
        case .mapping: .mapping(node.entries.map { YAMLValue.Member($0.key, value($0.value)) })
        }
    }

    @Test("Sections stand on lines of their own, and a row on one line")
    func layout() {
        let value = YAMLValue.mapping([
            .init("name", .text("Contoso, Inc.")),
            .init("periods", .sequence([.row([.init("from", .plain("2026-01-01")), .init("open", .plain("true"))])])),
            .init("customers", .mapping([.init("US-001", .row([.init("name", .text("A: B"))]))])),
            .init("none", .sequence([])),
        ])
        #expect(
            value.text() == """
                name: Contoso, Inc.
                periods:
                - {from: 2026-01-01, open: true}
                customers:
                  US-001: {name: 'A: B'}
                none: []

                """)
    }

    @Test(
        "Any text is read back as it was, as a key and as a value",
        arguments: [
            "", " ", "~", "null", "true", "5", "- a", "a: b", "a #b", "#", "&a", "*a", "!a", "%a", "@a", "`a`", "<<",
            "?",
            "? a", "- ", "'", "\"", "\\", "a\nb", "a\n", "\na", "a\r\nb", "\t", " a ", "{a}", "[a", "a, b", "ä ß", "日本",
            "😀", "\u{85}", "\u{2028}", "\u{FEFF}a", "\u{7}", "\u{7F}", "\u{202E}", "---", "...", "=", ",",
        ])
    func anyText(text: String) throws {
        let long = String(repeating: "word ", count: 60) + text
        for text in [text, long] {
            let written = YAMLValue.mapping([
                .init(text, .text(text)), .init("row of it", .mapping([.init("x" + text, .sequence([.text(text)]))])),
            ])
            #expect(value(try YAML.parse(written.text(), file: "f.yaml")) == written, "\(written.text())")
        }
        let row = YAMLValue.mapping([.init("a", .row([.init(text, .text(text))]))])
        #expect(
            value(try YAML.parse(row.text(), file: "f.yaml"))
                == .mapping([.init("a", .mapping([.init(text, .text(text))]))]), "\(row.text())")
        let node = try YAML.parse(row.text(), file: "f.yaml").mapping("a")
        #expect(try node.string(text) == text)
    }

    @Test("What a terminal would act on is written with escapes, and read back as it was")
    func escapes() throws {
        for text in ["\u{1B}[2J", "a\u{202E}b", "\u{200B}", "a\tb", "\u{FEFF}"] {
            let written = YAMLValue.mapping([.init(text, .text(text))]).text()
            #expect(written.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) }, "\(written)")
            #expect(try YAML.parse(written, file: "f.yaml").string(text) == text)
        }
    }

    @Test("A NUL is refused with its line, since nothing that takes a text holds one")
    func refusesNUL() {
        #expect(throws: YAMLError.self) { try YAML.parse("a: 1\nb: \"x\\0y\"\n", file: "f.yaml") }
        #expect(throws: YAMLError.self) { try YAML.parse("\"a\\0\": 1\n", file: "f.yaml") }
    }
}
