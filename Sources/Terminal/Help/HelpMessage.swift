/// The help of one command.
struct HelpMessage {
    /// From the root to the command.
    let path: [any ParsableCommand.Type]

    private let configuration: CommandConfiguration
    private let definitions: [ArgumentDefinition]

    init(path: [any ParsableCommand.Type]) {
        self.path = path
        configuration = path.last?.configuration ?? CommandConfiguration(abstract: "", examples: [])
        definitions = path.last.map { argumentDefinitions(of: $0.init()) } ?? []
    }

    /// The command as typed, such as `ledgerbus topics apply`.
    var commandLine: String {
        path.map { $0.commandName }.joined(separator: " ")
    }

    /// The command with its options and arguments.
    var usage: String {
        let options = definitions.filter { $0.kind != .positional }.map { definition in
            let repeated = definition.isRepeating ? " ..." : ""
            return definition.isRequired ? definition.display + repeated : "[\(definition.display)\(repeated)]"
        }
        let positionals = definitions.filter { $0.kind == .positional }.map { definition in
            let name = definition.display + (definition.isRepeating ? " ..." : "")
            return definition.isRequired ? name : "[\(name)]"
        }
        let subcommand = configuration.subcommands.isEmpty ? [] : ["<subcommand>"]
        return ([commandLine] + options + positionals + subcommand).joined(separator: " ")
    }

    func render(columns: Int) -> String {
        var sections: [String] = []
        sections.append("OVERVIEW: \(configuration.abstract)".wrapped(to: columns))
        if !configuration.discussion.isEmpty {
            sections.append(configuration.discussion.wrapped(to: columns))
        }
        sections.append("USAGE: \(usage)".wrapped(to: columns, hanging: 4))
        add(
            "ARGUMENTS", definitions.filter { $0.kind == .positional }.map { ($0.display, describe($0)) },
            to: &sections, columns)
        add(
            "OPTIONS", definitions.filter { $0.kind != .positional }.map { (label($0), describe($0)) } + standard,
            to: &sections, columns)
        add(
            "SUBCOMMANDS", configuration.subcommands.map { ($0.commandName, $0.configuration.abstract) }, to: &sections,
            columns)
        if !configuration.examples.isEmpty {
            sections.append("EXAMPLES:\n" + configuration.examples.map { "  \($0)" }.joined(separator: "\n"))
        }
        if !configuration.subcommands.isEmpty {
            sections.append("  See '\(commandLine) help <subcommand>' for the help of a subcommand.")
        }
        return sections.joined(separator: "\n\n")
    }

    private var standard: [(String, String)] {
        let isVersioned = path.count == 1 && !configuration.version.isEmpty
        return (isVersioned ? [("--version", "Show the version.")] : []) + [("-h, --help", "Show this help.")]
    }

    private func label(_ definition: ArgumentDefinition) -> String {
        let names = definition.names.map(\.description).joined(separator: ", ")
        return definition.kind == .flag ? names : "\(names) <\(definition.valueName)>"
    }

    private func describe(_ definition: ArgumentDefinition) -> String {
        var notes: [String] = []
        if !definition.allowedValues.isEmpty {
            notes.append("values: \(definition.allowedValues.joined(separator: ", "))")
        }
        if let value = definition.defaultValue { notes.append("default: \(value)") }
        let note = notes.isEmpty ? "" : "(\(notes.joined(separator: "; ")))"
        return [definition.abstract, note].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func add(_ title: String, _ rows: [(String, String)], to sections: inout [String], _ columns: Int) {
        guard !rows.isEmpty else { return }
        let indent = 26
        let lines = rows.map { label, text -> String in
            let start = "  \(label)"
            let body = text.wrapped(to: max(columns - indent, 30)).split(
                separator: "\n", omittingEmptySubsequences: false
            )
            .joined(separator: "\n" + String(repeating: " ", count: indent))
            guard !text.isEmpty else { return start }
            return start.count < indent - 1
                ? start + String(repeating: " ", count: indent - start.count) + body
                : start + "\n" + String(repeating: " ", count: indent) + body
        }
        sections.append("\(title):\n" + lines.joined(separator: "\n"))
    }
}

extension String {
    /// The text with its lines broken between words at the width; later lines of a paragraph indented by `hanging`.
    func wrapped(to width: Int, hanging: Int = 0) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
            var lines: [String] = []
            var line = String(paragraph.prefix { $0 == " " })
            for word in paragraph.split(separator: " ") {
                if line.allSatisfy({ $0 == " " }) {
                    line += word
                } else if line.count + 1 + word.count > width {
                    lines.append(line)
                    line = String(repeating: " ", count: hanging) + word
                } else {
                    line += " " + word
                }
            }
            return (lines + [line]).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
