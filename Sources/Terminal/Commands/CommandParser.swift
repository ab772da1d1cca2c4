/// Finds the command that the arguments name, and reads its options and arguments.
struct CommandParser {
    let root: any ParsableCommand.Type

    /// - Throws: ``CommandError`` or ``CleanExit``.
    func parse(_ arguments: [String]) throws -> any ParsableCommand {
        var path = [root]
        var rest = arguments[...]
        try descend(&path, &rest)
        do {
            return try read(path, Array(rest))
        } catch let error as ValidationError {
            throw usageError(path, error.message)
        }
    }

    private func descend(_ path: inout [any ParsableCommand.Type], _ rest: inout ArraySlice<String>) throws {
        while let command = path.last, let word = rest.first {
            let subcommands = command.configuration.subcommands
            if path.count == 1 { try answerRootRequest(word, rest.dropFirst().first) }
            guard !subcommands.isEmpty else { return }
            if let subcommand = subcommands.first(where: { $0.commandName == word }) {
                path.append(subcommand)
                rest.removeFirst()
            } else if word == "help" {
                rest.removeFirst()
                while let name = rest.popFirst(), let next = path.last?.subcommand(name) { path.append(next) }
                throw CleanExit.helpRequest(path.last ?? root)
            } else if word == "--help" || word == "-h" {
                throw CleanExit.helpRequest(command)
            } else if !argumentDefinitions(of: command.init()).isEmpty {
                return
            } else if word.hasPrefix("-") {
                throw usageError(path, "unknown option '\(word)': options follow the name of a subcommand")
            } else {
                throw usageError(
                    path, "unknown command '\(word)'\(suggestion(word, subcommands.map { $0.commandName }))")
            }
        }
    }

    private func answerRootRequest(_ word: String, _ next: String?) throws {
        if word == "--version", !root.configuration.version.isEmpty {
            throw CleanExit.message(root.configuration.version)
        }
        if word == "--generate-completion-script" {
            guard let shell = CompletionShell(rawValue: next ?? "") else {
                throw usageError([root], "'--generate-completion-script' takes 'bash' or 'zsh'")
            }
            throw CleanExit.message(CompletionScript(root: root, shell: shell).render())
        }
    }

    private func read(_ path: [any ParsableCommand.Type], _ words: [String]) throws -> any ParsableCommand {
        let type = path.last ?? root
        var command = type.init()
        let definitions = argumentDefinitions(of: command)
        var reading = ArgumentReading(definitions: definitions, command: type, words: words)
        try reading.readAll()
        for definition in definitions where definition.isRequired && !definition.isGiven() {
            if words.isEmpty, definition.kind == .positional, !type.configuration.subcommands.isEmpty {
                throw CleanExit.helpRequest(type)
            }
            throw ValidationError(
                "missing expected \(definition.kind == .positional ? "argument" : "option") '\(definition.display)'")
        }
        do {
            try validateArguments(&command)
        } catch let exit as CleanExit {
            throw exit
        } catch {
            throw ValidationError(describe(error))
        }
        return command
    }

    private func usageError(_ path: [any ParsableCommand.Type], _ message: String) -> CommandError {
        let help = HelpMessage(path: path)
        return CommandError(message: message, usage: help.usage, command: help.commandLine)
    }
}

extension ParsableCommand {
    static func subcommand(_ name: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { $0.commandName == name }
    }
}

/// One pass over the words after the command's name.
private struct ArgumentReading {
    let definitions: [ArgumentDefinition]
    let command: any ParsableCommand.Type
    var words: [String]
    var index = 0
    var positionals: [String] = []

    init(definitions: [ArgumentDefinition], command: any ParsableCommand.Type, words: [String]) {
        self.definitions = definitions
        self.command = command
        self.words = words
    }

    mutating func readAll() throws {
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--" {
                positionals += words[index...]
                break
            } else if word.hasPrefix("--") {
                try readLong(word)
            } else if word.hasPrefix("-"), word.count > 1, !isNumber(word) {
                try readShort(word)
            } else {
                positionals.append(word)
            }
        }
        try assignPositionals()
    }

    private mutating func readLong(_ word: String) throws {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = ArgumentName.long(String(parts[0]))
        guard let definition = definitions.first(where: { $0.names.contains(name) }) else {
            if name == .long("help") { throw CleanExit.helpRequest(command) }
            throw unknown("\(name)")
        }
        switch (definition.kind, parts.count) {
        case (.flag, 1): try definition.assign("", name)
        case (.flag, _): throw ValidationError("'\(name)' takes no value")
        case (_, 1): try definition.assign(try nextValue(definition, name), name)
        case (_, _): try definition.assign(String(parts[1]), name)
        }
    }

    /// `-v`, `-vq` for several flags, `-o value`, `-ovalue`.
    private mutating func readShort(_ word: String) throws {
        var characters = word.dropFirst()
        while let character = characters.popFirst() {
            let name = ArgumentName.short(character)
            guard let definition = definitions.first(where: { $0.names.contains(name) }) else {
                if character == "h" { throw CleanExit.helpRequest(command) }
                throw unknown("\(name)")
            }
            if definition.kind == .flag {
                try definition.assign("", name)
            } else {
                let value = characters.isEmpty ? try nextValue(definition, name) : String(characters)
                try definition.assign(value.hasPrefix("=") ? String(value.dropFirst()) : value, name)
                return
            }
        }
    }

    private mutating func nextValue(_ definition: ArgumentDefinition, _ name: ArgumentName) throws -> String {
        guard index < words.count else {
            throw ValidationError("missing value for '\(name) <\(definition.valueName)>'")
        }
        let value = words[index]
        if value.hasPrefix("-"), value.count > 1, !isNumber(value) {
            throw ValidationError(
                "missing value for '\(name) <\(definition.valueName)>'; if it begins with a dash, write '\(name)=\(value)'"
            )
        }
        index += 1
        return value
    }

    private mutating func assignPositionals() throws {
        var rest = positionals[...]
        for definition in definitions where definition.kind == .positional {
            repeat {
                guard let value = rest.popFirst() else { break }
                try definition.assign(value, nil)
            } while definition.isRepeating
        }
        if let extra = rest.first {
            throw ValidationError("unexpected argument '\(extra)'")
        }
    }

    private func unknown(_ name: String) -> ValidationError {
        let known = definitions.flatMap(\.names).map(\.description) + ["--help"]
        return ValidationError("unknown option '\(name)'\(suggestion(name, known))")
    }

    private func isNumber(_ word: String) -> Bool {
        Double(word) != nil
    }
}
