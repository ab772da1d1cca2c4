enum CompletionShell: String {
    case bash
    case zsh
}

/// A script that makes a shell complete subcommands, options and their allowed values.
struct CompletionScript {
    let root: any ParsableCommand.Type
    let shell: CompletionShell

    func render() -> String {
        let name = root.commandName
        let function = "_" + name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
        let commands = everyCommand([root])
        let paths = commands.dropFirst().map { "\"\(line($0))\"" }.joined(separator: "|")
        let values = commands.flatMap { path in
            definitions(path).filter { $0.kind == .option }.flatMap { definition in
                definition.names.map { "        \"\(line(path)) \($0)\") \(reply(definition)); return ;;" }
            }
        }
        let words = commands.map { path in
            let subcommands = path.last?.configuration.subcommands.map { $0.commandName } ?? []
            let options = definitions(path).flatMap(\.names).map(\.description)
            let all = (subcommands + options + ["--help"]).joined(separator: " ")
            return "        \"\(line(path))\") COMPREPLY=($(compgen -W \"\(all)\" -- \"$current\")) ;;"
        }
        let descend =
            paths.isEmpty
            ? ""
            : """

                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case "$path $word" in
                    \(paths)) path="$path $word" ;;
                    esac
                done
            """
        let preamble = shell == .zsh ? "autoload -U +X bashcompinit && bashcompinit\n" : ""
        return preamble + """
            \(function)() {
                local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" path="\(name)" word\(descend)
                case "$path $previous" in
            \((values + ["        *) ;;"]).joined(separator: "\n"))
                esac
                case "$path" in
            \(words.joined(separator: "\n"))
                esac
            }
            complete -o default -F \(function) \(name)
            """
    }

    private func everyCommand(_ path: [any ParsableCommand.Type]) -> [[any ParsableCommand.Type]] {
        [path] + (path.last?.configuration.subcommands ?? []).flatMap { everyCommand(path + [$0]) }
    }

    private func line(_ path: [any ParsableCommand.Type]) -> String {
        path.map { $0.commandName }.joined(separator: " ")
    }

    private func definitions(_ path: [any ParsableCommand.Type]) -> [ArgumentDefinition] {
        path.last.map { argumentDefinitions(of: $0.init()) } ?? []
    }

    private func reply(_ definition: ArgumentDefinition) -> String {
        definition.allowedValues.isEmpty
            ? "COMPREPLY=($(compgen -f -- \"$current\"))"
            : "COMPREPLY=($(compgen -W \"\(definition.allowedValues.joined(separator: " "))\" -- \"$current\"))"
    }
}
