import Dispatch
import Synchronization

/// Connections that many threads share, each by one thread at a time.
///
/// Connections are made when first needed. One that is lost, or comes back with a transaction open, is thrown away.
public final class ConnectionPool: Sendable {
    /// An idle connection on its way from one thread to another.
    private struct Idle: @unchecked Sendable {
        // Safe: whoever takes it out of the pool is the only one to have it.
        let connection: Connection
    }

    private let url: String
    private let size: Int
    private let applicationName: String
    private let options: ConnectionOptions
    private let timeout: Duration
    private let idle = Mutex<[Idle]>([])
    private let free: DispatchSemaphore

    /// - parameter size: how many connections there may be.
    /// - parameter timeout: how long a thread waits for one to be free.
    public init(
        url: String, size: Int, applicationName: String, options: ConnectionOptions = ConnectionOptions(),
        timeout: Duration = .seconds(30)
    ) {
        self.url = url
        self.size = size
        self.applicationName = applicationName
        self.options = options
        self.timeout = timeout
        free = DispatchSemaphore(value: size)
    }

    /// Does something with a connection that nobody else uses meanwhile.
    ///
    /// - throws: what the body throws; ``DatabaseError`` when there is no connection to be had.
    @discardableResult
    public func withConnection<T>(_ body: (Connection) throws -> T) throws -> T {
        guard free.wait(timeout: .now() + .milliseconds(Int(timeout.milliseconds))) == .success else {
            throw DatabaseError(
                message:
                    "all \(size) connections of \(applicationName) have been in use for \(timeout.components.seconds) s",
                hint: "give it more connections, or find what holds them in pg_stat_activity")
        }
        defer { free.signal() }
        let connection = try takeIdle() ?? Connection(url: url, applicationName: applicationName, options: options)
        defer { giveBack(connection) }
        return try body(connection)
    }

    private func takeIdle() -> Connection? {
        while let candidate = idle.withLock({ $0.popLast() }) {
            if !candidate.connection.isClosedByServer { return candidate.connection }
        }
        return nil
    }

    private func giveBack(_ connection: Connection) {
        guard connection.isUsable, !connection.isInTransaction else { return }
        let returned = Idle(connection: connection)
        idle.withLock { $0.append(returned) }
    }
}
