import CMicroHTTPD
import Foundation
import Synchronization

/// A small HTTP server for operators and their tools. It only answers what is asked, and bounds what it reads: so many
/// connections, so much of headers, no bodies.
///
/// Answers are made on its own thread, so they must come from memory.
public final class HTTPServer: Sendable {
    public typealias Handler = @Sendable (HTTPRequest) -> HTTPResponse

    /// Where it listens, with the port that it has.
    public let address: HTTPAddress
    private let daemon: Mutex<OpaquePointer?>
    private let responder: Unmanaged<Responder>

    private static let mostConnections: UInt32 = 64
    private static let mostConnectionsOfOne: UInt32 = 16
    /// Bytes that a connection may take, which bounds its headers.
    private static let connectionMemory = 16 << 10

    /// Begins to serve.
    ///
    /// - Parameters:
    ///   - address: where to listen.
    ///   - token: what clients have to show; nil when nothing but this machine may ask.
    ///   - silence: how many seconds a connection may be silent.
    ///   - handler: answers; called by one thread at a time.
    /// - Throws: ``HTTPServerError`` when the address is taken, or others can reach it and there is no token.
    public init(_ address: HTTPAddress, token: BearerToken?, silence: UInt32 = 10, handler: @escaping Handler) throws {
        let socket = try ListeningSocket(address)
        guard socket.isLoopback || token != nil else {
            close(socket.descriptor)
            throw HTTPServerError("others than this machine can reach \(address), which takes a token", isTaken: false)
        }
        let responder = Unmanaged.passRetained(Responder(token: token, handler: handler))
        // Pairs of an option and its value, as the library reads them from a list of C.
        let options: [any CVarArg] = [
            MHD_OPTION.LISTEN_SOCKET.rawValue, socket.descriptor,
            MHD_OPTION.CONNECTION_LIMIT.rawValue, Self.mostConnections,
            MHD_OPTION.PER_IP_CONNECTION_LIMIT.rawValue, Self.mostConnectionsOfOne,
            MHD_OPTION.CONNECTION_TIMEOUT.rawValue, silence,
            MHD_OPTION.CONNECTION_MEMORY_LIMIT.rawValue, Self.connectionMemory,
            MHD_OPTION.END.rawValue,
        ]
        let daemon = withVaList(options) { list in
            MHD_start_daemon_va(
                MHD_USE_AUTO_INTERNAL_THREAD.rawValue, socket.port, nil, nil, answer, responder.toOpaque(), list)
        }
        guard let daemon else {
            close(socket.descriptor)
            responder.release()
            throw HTTPServerError("cannot serve HTTP on \(address)", isTaken: false)
        }
        self.daemon = Mutex(daemon)
        self.responder = responder
        self.address = HTTPAddress(host: address.host, port: socket.port)
    }

    /// Ends: connections are cut.
    public func stop() {
        daemon.withLock { daemon in
            guard let running = daemon else { return }
            MHD_stop_daemon(running)
            responder.release()
            daemon = nil
        }
    }

    deinit { stop() }
}

/// What the library calls back with.
private final class Responder: Sendable {
    let token: BearerToken?
    let handler: HTTPServer.Handler

    init(token: BearerToken?, handler: @escaping HTTPServer.Handler) {
        self.token = token
        self.handler = handler
    }

    func respond(method: String, path: String, authorization: String?) -> HTTPResponse {
        guard method == "GET" || method == "HEAD" else {
            var response = HTTPResponse(status: 405, body: "Only GET and HEAD are answered.\n")
            response.headers["Allow"] = "GET, HEAD"
            return response
        }
        let isTrusted = token?.matches(authorization) ?? true
        return handler(HTTPRequest(method: method, path: path, isTrusted: isTrusted))
    }
}

/// Answers at the end of the headers: a body is never read, and its connection is closed.
private let answer: MHD_AccessHandlerCallback = { context, connection, path, method, _, _, _, _ in
    guard let context, let connection, let path, let method else { return .NO }
    let responder = Unmanaged<Responder>.fromOpaque(context).takeUnretainedValue()
    let authorization = MHD_lookup_connection_value(connection, .HEADER_KIND, "Authorization")
    let response = responder.respond(
        method: String(cString: method), path: String(cString: path),
        authorization: authorization.map { String(cString: $0) })
    var body = response.body
    let prepared = body.withUTF8 { bytes in
        MHD_create_response_from_buffer(
            bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let prepared else { return .NO }
    defer { MHD_destroy_response(prepared) }
    MHD_add_response_header(prepared, "Content-Type", response.contentType)
    MHD_add_response_header(prepared, "Cache-Control", "no-store")
    for (name, value) in response.headers { MHD_add_response_header(prepared, name, value) }
    return MHD_queue_response(connection, UInt32(response.status), prepared)
}
