import CLibPQ
import Glibc
import Synchronization

/// Interrupts a connection from another thread, so that a service can leave within a bounded time.
public final class CancelHandle: @unchecked Sendable {
    // Safe to share: a PGcancel is never changed, and PQcancel may be called from any thread.
    private let cancel: OpaquePointer?
    private let socket: Mutex<Int32?>

    init(_ connection: OpaquePointer) {
        cancel = PQgetCancel(connection)
        socket = Mutex(PQsocket(connection))
    }

    deinit { PQfreeCancel(cancel) }

    /// Asks the server to cancel the statement that the connection is running, if any: the statement then throws an
    /// error that ``DatabaseError/isCancelled``.
    ///
    /// - returns: whether the server could be asked.
    @discardableResult
    public func cancelStatement() -> Bool {
        guard let cancel else { return false }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            PQcancel(cancel, buffer.baseAddress, 256) != 0
        }
    }

    /// Cuts the connection without asking the server, as when the network hangs: whatever waits for it throws an error
    /// that ``DatabaseError/isConnectionLost``.
    public func disconnect() {
        socket.withLock { socket in
            if let socket { _ = shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// The connection closes its socket: from now on the number may be another's.
    func connectionCloses() {
        socket.withLock { $0 = nil }
    }
}
