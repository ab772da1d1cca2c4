import Foundation

/// A TCP socket that listens, and is not inherited by other programs.
struct ListeningSocket {
    let descriptor: Int32
    /// The port that it has.
    let port: UInt16
    /// Only programs on this machine can reach it.
    let isLoopback: Bool

    /// - Throws: ``HTTPServerError`` when the address is none of this machine, or is taken.
    init(_ address: HTTPAddress) throws {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(address.host, "\(address.port)", &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard status == 0, let first = found?.pointee, let name = first.ai_addr else {
            throw HTTPServerError(
                "cannot listen on \(address): \(String(cString: gai_strerror(status)))", isTaken: false)
        }
        let descriptor = socket(first.ai_family, first.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), first.ai_protocol)
        guard descriptor >= 0 else { throw HTTPServerError.system("cannot listen on \(address)") }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, name, first.ai_addrlen) == 0, listen(descriptor, 64) == 0 else {
            defer { close(descriptor) }
            throw HTTPServerError.system("cannot listen on \(address)")
        }
        self.descriptor = descriptor
        isLoopback = Self.isLoopback(name)
        port = Self.port(descriptor) ?? address.port
    }

    private static func isLoopback(_ name: UnsafeMutablePointer<sockaddr>) -> Bool {
        switch Int32(name.pointee.sa_family) {
        case AF_INET:
            name.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                UInt32(bigEndian: $0.pointee.sin_addr.s_addr) >> 24 == 127
            }
        case AF_INET6:
            name.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin6_addr) { bytes in
                    bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
                }
            }
        default: false
        }
    }

    private static func port(_ descriptor: Int32) -> UInt16? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { name -> UInt16? in
                guard getsockname(descriptor, name, &size) == 0 else { return nil }
                // The port stands at the same place in both kinds of addresses.
                return name.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    UInt16(bigEndian: $0.pointee.sin_port)
                }
            }
        }
    }
}

/// Why an ``HTTPServer`` cannot serve.
public struct HTTPServerError: Error, CustomStringConvertible {
    public let description: String
    /// Another program has the port.
    public let isTaken: Bool

    init(_ description: String, isTaken: Bool) {
        self.description = description
        self.isTaken = isTaken
    }

    static func system(_ doing: String) -> HTTPServerError {
        let code = errno
        return HTTPServerError("\(doing): \(String(cString: strerror(code)))", isTaken: code == EADDRINUSE)
    }
}
