import Database

/// A session that holds a lock for which others wait, as the server sees it.
struct LockHolder: Record {
    let session: LockWait.Session
    /// As `pg_stat_activity` has it; empty when this role may not see it.
    let state: String
    /// What its server process waits for.
    let waitEvent: String
    /// When ``state`` began, as the server writes it.
    let since: String
    let milliseconds: Int64
    /// How much of a `COPY` has come; -1 outside of one.
    let copiedBytes: Int64
    let role: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LockHolder(
            session: try column.record("", row?.session),
            state: try column("state", row?.state),
            waitEvent: try column("wait_event", row?.waitEvent),
            since: try column("since", row?.since),
            milliseconds: try column("milliseconds", row?.milliseconds),
            copiedBytes: try column("copied_bytes", row?.copiedBytes),
            role: try column("role", row?.role))
    }

    /// It is a session of the bus: its application's name begins with a program's.
    var isOurs: Bool {
        Program.allCases.contains { program in
            let name = session.applicationName
            guard name.hasPrefix(program.rawValue) else { return false }
            let next = name.dropFirst(program.rawValue.count).first
            return next == nil || next == " " || next == "@"
        }
    }

    /// The server waits for the client, be it for the next statement, for rows of a `COPY`, or to take rows.
    private var waitsForClient: Bool { waitEvent == "ClientRead" || waitEvent == "ClientWrite" }

    /// What does not change while the client does nothing.
    struct Stillness: Hashable {
        fileprivate let state: String
        fileprivate let waitEvent: String
        fileprivate let since: String
        fileprivate let copiedBytes: Int64
    }

    /// Nil while the server has something to do for the session.
    var stillness: Stillness? {
        guard waitsForClient else { return nil }
        return Stillness(state: state, waitEvent: waitEvent, since: since, copiedBytes: copiedBytes)
    }

    /// Whether the client does nothing, so that it holds its locks for nothing: it is frozen, or its network is silent.
    ///
    /// Between two statements the server knows since when. Within one it only knows when it began, so that the client has
    /// to be seen to do nothing.
    ///
    /// - parameter stillFor: for how long ``stillness`` has been seen to be the same.
    func isFrozen(stillFor: Duration) -> Bool {
        guard waitsForClient, .milliseconds(milliseconds) >= Self.patience else { return false }
        return state == "active" ? stillFor >= Self.watched : true
    }

    /// How long a client may do nothing while others wait for it.
    static let patience = Duration.seconds(5)
    private static let watched = Duration.seconds(3)
}

extension LockHolder: CustomStringConvertible {
    var description: String {
        let doing =
            switch (state, waitEvent) {
            case ("", _): "of the role \(role), of which this one may see no more"
            case ("active", "ClientRead"): "in a COPY whose rows do not come"
            case ("active", "ClientWrite"): "with rows that its client does not take"
            case ("active", _): "at work"
            default: state
            }
        return "\(session.applicationName.isEmpty ? "a session without a name" : session.applicationName) "
            + "(process \(session.process), \(doing), for \(milliseconds / 1000) s)"
    }
}
