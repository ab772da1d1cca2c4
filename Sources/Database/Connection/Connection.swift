import CLibPQ
import Glibc

/// A session with PostgreSQL.
///
/// Used by one thread at a time; its calls block that thread. Only its ``cancelHandle`` may be used by others. A
/// connection that was lost stays lost: make a new one.
public final class Connection {
    let handle: OpaquePointer
    let url: DatabaseURL
    var statements = StatementCache()
    var savepointDepth = 0
    private let warnings: WarningReceiver
    let beforeCommit: (@Sendable (Connection) throws -> Void)?

    /// Interrupts this connection from another thread.
    public let cancelHandle: CancelHandle

    /// Connects, for at most ten seconds unless the URL says otherwise.
    ///
    /// - parameter url: a `postgres://` URL, or libpq's `keyword=value` form.
    /// - parameter applicationName: what the server's administrator sees.
    /// - parameter onConnected: is told how to interrupt the connection, before it is used for the first time.
    /// - throws: ``DatabaseError``, which names the URL (without the password) and what to do.
    public init(
        url: String, applicationName: String, options: ConnectionOptions = ConnectionOptions(),
        onConnected: (CancelHandle) -> Void = { _ in }
    ) throws {
        let url = try DatabaseURL(url)
        // What stands before the URL is a default; what stands after it wins.
        let parameters = [
            ("connect_timeout", "10"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "30000"), ("target_session_attrs", url.targetSession),
            ("dbname", url.text),
            ("application_name", applicationName), ("client_encoding", "UTF8"),
        ]
        guard let handle = connect(parameters) else { throw DatabaseError(message: "out of memory") }
        guard PQstatus(handle) == CONNECTION_OK else {
            defer { PQfinish(handle) }
            let reason = String(cString: PQerrorMessage(handle))
            throw DatabaseError.unreachable(url, reason: reason, ConnectionFailure(reason, url))
        }
        self.handle = handle
        self.url = url
        cancelHandle = CancelHandle(handle)
        beforeCommit = options.beforeCommit
        warnings = WarningReceiver(options.onWarning)
        warnings.install(on: handle)
        onConnected(cancelHandle)
        try executeScript(options.script)
        try options.onOpening?(self)
    }

    /// Looks at a URL without connecting.
    ///
    /// - throws: ``DatabaseError`` when it can't be one, without repeating any of it, for its password may be anywhere.
    public static func check(url: String) throws {
        _ = try DatabaseURL(url)
    }

    deinit {
        cancelHandle.connectionCloses()
        PQfinish(handle)
    }

    /// Whether the session still stands, as far as is known without asking.
    public var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }

    /// Whether a transaction is open, be it a failed one.
    public var isInTransaction: Bool {
        let status = PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE
    }

    /// The database's name.
    public var database: String { String(cString: PQdb(handle)) }

    /// The server's process, as in `pg_stat_activity`.
    public var backendProcess: Int32 { PQbackendPID(handle) }

    /// Whether the server has closed an idle session meanwhile; asks the socket, not the server.
    var isClosedByServer: Bool {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        // First comes what the server said last, then the end.
        while isUsable, poll(&descriptor, 1, 0) > 0 {
            if PQconsumeInput(handle) == 0 { return true }
        }
        return !isUsable
    }
}

private func connect(_ parameters: [(name: String, value: String)]) -> OpaquePointer? {
    let names = parameters.map { strdup($0.name) }
    let values = parameters.map { strdup($0.value) }
    defer {
        for text in names + values { free(text) }
    }
    return PQconnectdbParams(
        names.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
}

/// Takes the server's warnings from libpq, which would print them.
private final class WarningReceiver {
    private let onWarning: (@Sendable (String) -> Void)?

    init(_ onWarning: (@Sendable (String) -> Void)?) {
        self.onWarning = onWarning
    }

    /// The connection keeps the receiver as long as libpq may call it.
    func install(on connection: OpaquePointer) {
        PQsetNoticeProcessor(
            connection,
            { receiver, message in
                guard let receiver, let message else { return }
                Unmanaged<WarningReceiver>.fromOpaque(receiver).takeUnretainedValue()
                    .onWarning?(String(cString: message))
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
