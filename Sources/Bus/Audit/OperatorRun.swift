import Contracts
public import Database
import Synchronization

/// One run of a command by which an operator changes something.
///
/// Whatever is committed by a connection with its ``connectionOptions`` leaves a row in `operator_actions`, in the same
/// transaction: the first that changes something tells of the run, unless one tells of it already. So no command can
/// forget it, and one that changes nothing leaves none. A command with more to tell records an ``OperatorAction`` itself.
public final class OperatorRun: Sendable {
    /// What is looked at before and after, as JSON: the document that is changed.
    public typealias Standing = @Sendable (Connection) throws -> String?

    private let id: GUID
    private let action: OperatorAction
    private let commandLine: String
    private let isDry: Bool
    private let standing: Standing?
    private let before = Mutex<String?>(nil)

    /// - parameters:
    ///   - action: the command, without the program's name.
    ///   - subject: what it is done to, as the operator names it.
    ///   - commandLine: the arguments as they were typed.
    ///   - isDry: what is done is taken back, or changes nothing that counts: there is nothing to keep.
    ///   - standing: is looked at when the connection opens, and at the end of the transaction that tells of the run.
    public init(
        _ action: String, of subject: String, by actor: String = OperatorAction.currentActor,
        because reason: String? = nil, commandLine: String = "", isDry: Bool = false, standing: Standing? = nil
    ) {
        var random = SystemRandomNumberGenerator()
        id = GUID(high: random.next(), low: random.next())
        self.action = OperatorAction(action, of: subject, by: actor, because: reason)
        self.commandLine = commandLine
        self.isDry = isDry
        self.standing = standing
    }

    /// What makes a connection record a run that migrates: as soon as there is a table to record it in.
    var migratingOptions: ConnectionOptions {
        var options = connectionOptions
        let record = options.beforeCommit
        options.beforeCommit = { connection in
            if try OperatorActionStore.isThere(on: connection) { try record?(connection) }
        }
        return options
    }

    /// Who it is.
    public var actor: String { action.actor }

    /// What makes a connection record the run.
    public var connectionOptions: ConnectionOptions {
        var options = ConnectionOptions()
        guard !isDry else { return options }
        options.onOpening = { [self] connection in
            try OperatorActionStore.begin(id, commandLine: commandLine, on: connection)
        }
        options.beforeCommit = { [self] connection in
            guard try OperatorActionStore.isUnrecorded(id, on: connection) else { return }
            try record(after: standing?(connection), on: connection)
        }
        return options
    }

    /// Looks at what stands before; to be done once a connection has been opened.
    ///
    /// - throws: what looking throws.
    public func begin(on connection: Connection) throws {
        guard !isDry, let standing else { return }
        let found = try standing(connection)
        before.withLock { $0 = found }
    }

    /// Keeps what came of a run of several transactions: counts. Nothing when the run has changed nothing.
    ///
    /// - parameter outcome: as JSON.
    /// - throws: `DatabaseError`.
    public func conclude(_ outcome: String, on connection: Connection) throws {
        guard try !isDry && OperatorActionStore.isRecorded(id, on: connection) else { return }
        try connection.transaction { try record(after: outcome, on: connection) }
    }

    private func record(after: String?, on connection: Connection) throws {
        try OperatorActionStore.record(
            OperatorAction(
                action.action, of: action.subject, by: action.actor, because: action.reason,
                before: before.withLock { $0 }, after: after),
            on: connection)
    }
}
