extension ParsableCommand {
    /// What the help of this command and of all below it lacks; a test of a tool expects none.
    ///
    /// Every command has a sentence and an example, every example parses, every argument has a sentence,
    /// and no name is taken twice.
    public static func documentationProblems() -> [String] {
        problems(path: [self])
    }

    private static func problems(path: [any ParsableCommand.Type]) -> [String] {
        let help = HelpMessage(path: path)
        let name = help.commandLine
        var problems: [String] = []
        guard let command = path.last else { return problems }
        if command.configuration.abstract.isEmpty { problems.append("\(name): no abstract") }
        if command.configuration.examples.isEmpty { problems.append("\(name): no example") }
        for example in command.configuration.examples {
            if let problem = problem(ofExample: example, in: name) { problems.append("\(name): \(problem)") }
        }
        var taken: Set<ArgumentName> = []
        for definition in argumentDefinitions(of: command.init()) {
            if definition.abstract.isEmpty { problems.append("\(name): no help for \(definition.display)") }
            for option in definition.names where !taken.insert(option).inserted {
                problems.append("\(name): \(option) is declared twice")
            }
        }
        return problems + command.configuration.subcommands.flatMap { Self.problems(path: path + [$0]) }
    }

    private static func problem(ofExample example: String, in command: String) -> String? {
        let words = shellWords(example)
        // Settings before the command, as in `LOG_LEVEL=debug finance-consumer`.
        let line = words.drop { $0.contains("=") && !$0.hasPrefix("-") }
        guard line.first == commandName else { return "the example '\(example)' does not start with '\(commandName)'" }
        do {
            _ = try parseAsRoot(Array(line.dropFirst()))
        } catch let error as CommandError {
            return "the example '\(example)' does not parse: \(error.message)"
        } catch {
            return nil
        }
        return nil
    }

    /// The words of the first command of a shell line, quotes resolved.
    private static func shellWords(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == " " {
                if let finished = word { words.append(finished) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return Array(words.prefix { !["|", ">", ">>", "&&", ";", "<", "&"].contains($0) })
    }
}
