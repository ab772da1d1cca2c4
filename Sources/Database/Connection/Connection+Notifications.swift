import CLibPQ
import Glibc

/// What another session told a channel that this one listens to.
public struct Notification: Hashable, Sendable {
    public let channel: String
    public let payload: String
}

extension Connection {
    /// Listens to a channel from now on, or from the commit of the open transaction.
    public func listen(_ channel: String) throws {
        try runSimple("LISTEN \(quoted(channel))")
    }

    /// Tells everyone who listens to a channel, when the open transaction commits.
    public func notify(_ channel: String, payload: String = "") throws {
        try execute("SELECT pg_notify($1, $2)", channel, payload)
    }

    /// Waits for the next notification; nil when none comes in time.
    ///
    /// - throws: ``DatabaseError`` when the connection is lost.
    public func waitForNotification(timeout: Duration) throws -> Notification? {
        let deadline = ContinuousClock.now + timeout
        while true {
            guard PQconsumeInput(handle) == 1 else { throw DatabaseError(connection: handle, statement: nil) }
            if let notification = PQnotifies(handle) {
                defer { PQfreemem(notification) }
                return Notification(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra))
            }
            let rest = (deadline - ContinuousClock.now).milliseconds
            guard rest > 0 else { return nil }
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            _ = poll(&descriptor, 1, Int32(min(rest, 60_000)))
        }
    }

    /// A name as an identifier in SQL.
    public func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
