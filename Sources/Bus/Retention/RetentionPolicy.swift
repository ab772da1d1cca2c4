public import Service

/// How long what is done with stays in a database. What is not sent, not settled or still waits never goes.
///
/// | what | after | becomes |
/// |---|---|---|
/// | messages of the outbox that were sent | ``outbox`` | archived, and deleted |
/// | values and headers of settled dead letters | ``deadLetters`` | archived, and cleared |
/// | what a settled dead letter is known again by | ``dedupe`` | archived, and deleted |
/// | the execution log | ``executionLog`` | archived, and deleted |
/// | what operators did | never | |
public struct RetentionPolicy: Hashable, Sendable {
    /// Nil is for ever.
    public var outbox: Duration?
    public var deadLetters: Duration?
    /// By it a letter that is read again, as after a reset of positions, is known to be settled: never shorter than
    /// ``deadLetters``.
    public var dedupe: Duration?
    public var executionLog: Duration?
    /// The folder of the archives; nil when nothing goes.
    public var archive: String?

    public init(
        outbox: Duration? = nil, deadLetters: Duration? = nil, dedupe: Duration? = nil,
        executionLog: Duration? = nil, archive: String? = nil
    ) {
        self.outbox = outbox
        self.deadLetters = deadLetters
        self.dedupe = dedupe
        self.executionLog = executionLog
        self.archive = archive
    }

    /// Reads `retention.outbox`, `retention.dead.letters`, `retention.dedupe`, `retention.execution.log`, each a duration or
    /// `forever`, and `retention.archive`.
    ///
    /// - throws: `ConfigError` also when the policy would have a letter forgotten that could still be tried.
    public init(reader: ConfigReader) throws {
        func duration(_ key: String) throws -> Duration? {
            let text = try reader.string(forKey: key, default: Self.forever)
            if text == Self.forever { return nil }
            guard let duration = Duration(configurationText: text), duration >= .seconds(3_600) else {
                throw ConfigError(
                    "\(key) is '\(text)': expected forever, or a duration of an hour or more, such as 90d.")
            }
            return duration
        }
        self.init(
            outbox: try duration("retention.outbox"), deadLetters: try duration("retention.dead.letters"),
            dedupe: try duration("retention.dedupe"), executionLog: try duration("retention.execution.log"),
            archive: try reader.string(forKey: "retention.archive"))
        if let problem { throw ConfigError(problem) }
    }

    /// What is wrong with the policy; nil when nothing is.
    var problem: String? {
        if let dedupe, deadLetters.map({ $0 > dedupe }) ?? true {
            return """
                retention.dedupe is \(dedupe.configurationText), shorter than retention.dead.letters \
                (\(deadLetters?.configurationText ?? Self.forever)): a letter that is read again could take effect twice. Make it \
                at least as long, or forever.
                """
        }
        if archive == nil, [outbox, deadLetters, dedupe, executionLog].contains(where: { $0 != nil }) {
            return "retention.archive is not set: name the folder to which goes what the database no longer keeps."
        }
        return nil
    }

    private static let forever = "forever"

    /// How long rows of a kind stay; nil is for ever.
    func age(of kind: RetainedRows) -> Duration? {
        switch kind {
        case .outbox: outbox
        case .deadLetters: deadLetters
        case .deadLetterMarks: dedupe
        case .executionLog: executionLog
        }
    }
}
