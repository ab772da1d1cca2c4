/// What a command is called and what its help says.
public struct CommandConfiguration: Sendable {
    /// The name to type; made from the type's name when nil (`TopicsApply` is `topics-apply`).
    public var commandName: String?

    /// One sentence saying what the command does.
    public var abstract: String

    /// Further paragraphs of the help; may be empty.
    public var discussion: String

    /// Complete command lines to copy, at least one.
    public var examples: [String]

    /// What `--version` prints; only the root command's is used.
    public var version: String

    /// The commands below this one.
    public var subcommands: [any ParsableCommand.Type]

    public init(
        commandName: String? = nil,
        abstract: String,
        discussion: String = "",
        examples: [String],
        version: String = "",
        subcommands: [any ParsableCommand.Type] = []
    ) {
        self.commandName = commandName
        self.abstract = abstract
        self.discussion = discussion
        self.examples = examples
        self.version = version
        self.subcommands = subcommands
    }
}
