import Foundation
import Glibc
import Synchronization

/// A proxy between a client and a database, which can fall silent: it acknowledges and forwards nothing, as networks do.
public final class SilentProxy: Sendable {
    /// Where clients connect to, on 127.0.0.1 unless it was made otherwise.
    public let port: UInt16
    private let listener: Int32
    private let target: @Sendable () -> Int32
    private let state = Mutex(State())

    private struct State {
        var isSilent = false
        /// The message after which connections are cut before its answer gets through, how often still, and how often it was.
        var fatal: [UInt8] = []
        var timesLeft = 0
        var lostAnswers = 0
        /// Servers whose next answer is lost.
        var muted: Set<Int32> = []
        var isClosed = false
        var accepted = 0
        var losesAnswer = false
        var sockets: Set<Int32> = []
    }

    struct Failure: Error {}

    /// - Parameter url: of the database, as ``TestDatabase/url`` has it: on a Unix socket, or on a host and port.
    /// - Parameter host: an address of this machine's loopback.
    public init(to url: String, listeningOn host: String = "127.0.0.1") throws {
        guard let components = URLComponents(string: url) else { throw Failure() }
        let directory = components.queryItems?.first { $0.name == "host" }?.value
        let portOfTarget =
            components.queryItems?.first { $0.name == "port" }?.value.flatMap { UInt16($0) }
            ?? components.port.map { UInt16($0) } ?? 5432
        let targetHost = components.host ?? "127.0.0.1"
        target = {
            if let directory { return Self.connectUnix("\(directory)/.s.PGSQL.\(portOfTarget)") }
            return Self.connectTCP(targetHost, portOfTarget)
        }
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = Self.address(host, 0)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, 16) }
        }
        guard bound == 0, listen(listener, 64) == 0 else { throw Failure() }
        var length = socklen_t(16)
        withUnsafeMutablePointer(to: &address) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        port = UInt16(bigEndian: address.sin_port)
        startThread { [self] in accept() }
    }

    /// The URL by which a database is reached through this proxy.
    public func url(_ url: String) throws -> String {
        guard var components = URLComponents(string: url) else { throw Failure() }
        components.queryItems = components.queryItems?.filter { !["host", "port"].contains($0.name) }
        if components.queryItems?.isEmpty ?? false { components.queryItems = nil }
        components.host = "127.0.0.1"
        components.port = Int(port)
        return components.string ?? url
    }

    /// How many clients have connected so far.
    public var accepted: Int { state.withLock { $0.accepted } }

    /// Forwards nothing any more, of connections old and new.
    public func fallSilent() { state.withLock { $0.isSilent = true } }

    /// Forwards again what new connections send; those from before are cut.
    public func speak() {
        let sockets = state.withLock { state in
            state.isSilent = false
            return state.sockets
        }
        for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// From now on, cuts connections that send a statement when the server has answered it, and before the client hears of it.
    public func loseAnswers(to statement: String, times: Int) {
        let text = Array(statement.utf8) + [0]
        let message = [UInt8(ascii: "Q"), 0, 0, 0, UInt8(text.count + 4)] + text
        state.withLock { state in
            state.fatal = message
            state.timesLeft = times
        }
    }

    /// How many answers have been lost so.
    public var lostAnswers: Int { state.withLock { $0.lostAnswers } }

    /// Cuts the connection that the server answers next, in the place of its answer: what it was asked is done.
    public func loseNextAnswer() { state.withLock { $0.losesAnswer = true } }

    /// Whether the server has not answered since ``loseNextAnswer()``.
    public var losesAnswer: Bool { state.withLock { $0.losesAnswer } }

    public func close() {
        state.withLock { $0.isClosed = true }
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
        speak()
    }

    private func accept() {
        while !state.withLock({ $0.isClosed }) {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { return }
            state.withLock { $0.accepted += 1 }
            let server = target()
            guard server >= 0 else {
                Glibc.close(client)
                continue
            }
            state.withLock { $0.sockets.formUnion([client, server]) }
            startThread { [self] in forward(client, server, isAnswer: false) }
            startThread { [self] in forward(server, client, isAnswer: true) }
        }
    }

    private func forward(_ source: Int32, _ destination: Int32, isAnswer: Bool) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            if state.withLock({ $0.isSilent }) { continue }
            if losesAnswer(source, destination, buffer[..<count]) || (isAnswer && takeLoss()) { break }
            var sent = 0
            while sent < count {
                let more = buffer.withUnsafeBytes {
                    send(destination, $0.baseAddress! + sent, count - sent, Int32(MSG_NOSIGNAL))
                }
                guard more > 0 else { break }
                sent += more
            }
        }
        shutdown(destination, Int32(SHUT_RDWR))
        state.withLock { _ = $0.sockets.remove(source) }
    }

    /// - returns: whether this is an answer that does not get through.
    private func losesAnswer(_ source: Int32, _ destination: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
        state.withLock { state in
            if state.muted.remove(source) != nil {
                state.lostAnswers += 1
                return true
            }
            if state.timesLeft > 0, bytes.count >= state.fatal.count,
                bytes.suffix(state.fatal.count).elementsEqual(state.fatal)
            {
                state.timesLeft -= 1
                state.muted.insert(destination)
            }
            return false
        }
    }

    private func takeLoss() -> Bool {
        state.withLock { state in
            defer { state.losesAnswer = false }
            return state.losesAnswer
        }
    }

    private func startThread(_ body: @escaping @Sendable () -> Void) { Thread(block: body).start() }

    private static func address(_ host: String, _ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr)
        return address
    }

    private static func connectTCP(_ host: String, _ port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = address(host, port)
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, 16) }
        }
        return outcome == 0 ? descriptor : -1
    }

    private static func connectUnix(_ path: String) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            for (index, byte) in path.utf8.prefix(bytes.count - 1).enumerated() { bytes[index] = byte }
        }
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return outcome == 0 ? descriptor : -1
    }
}
