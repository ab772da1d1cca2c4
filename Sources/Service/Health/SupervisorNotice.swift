import Foundation

/// Tells the supervisor that started this process how it is, as `sd_notify(3)` does: one datagram a notice to the socket
/// that `NOTIFY_SOCKET` names.
public struct SupervisorNotice: Sendable {
    /// A path, or a name in the abstract namespace after `@`.
    private let socketName: String
    /// How often the supervisor wants to hear that the process lives: half the time after which it ends it; nil when it does
    /// not want to.
    public let watchdogInterval: Duration?

    /// - Parameters:
    ///   - environment: of the process.
    ///   - process: whose watchdog it would be; this one when nil.
    /// - Returns: nil when nobody wants to be told.
    public init?(environment: [String: String], process: Int32? = nil) {
        guard let name = environment["NOTIFY_SOCKET"], let first = name.first, first == "/" || first == "@",
            name.utf8.count > 1, name.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        else { return nil }
        socketName = name
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(process ?? getpid())" } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogInterval = isMeant && microseconds > 0 ? .microseconds(microseconds / 2) : nil
    }

    /// It does its work, or is about to, since what it needs is there.
    public func ready() { send("READY=1") }

    public func stopping() { send("STOPPING=1") }

    /// It lives.
    public func watchdog() { send("WATCHDOG=1") }

    /// It is still starting, and lives: it may take so much longer from now on.
    public func extendStart(by duration: Duration) {
        send("EXTEND_TIMEOUT_USEC=\(Int64(duration.inSeconds * 1e6))")
    }

    /// One line, as `systemctl status` shows it.
    public func status(_ text: String) {
        send("STATUS=\(text.split(whereSeparator: \.isNewline).joined(separator: " "))")
    }

    /// A supervisor that does not listen keeps nobody from work.
    private func send(_ text: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(socketName.utf8)
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let size = socklen_t(MemoryLayout.offset(of: \sockaddr_un.sun_path)! + name.count)
        var message = text
        message.withUTF8 { bytes in
            withUnsafePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    _ = sendto(
                        descriptor, bytes.baseAddress, bytes.count,
                        Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
                        address, size)
                }
            }
        }
    }
}
