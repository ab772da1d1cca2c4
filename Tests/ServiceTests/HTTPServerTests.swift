import Foundation
import Testing

@testable import Service

/// A client that sends bytes as they are.
struct RawClient {
    /// Sends bytes, ends its side, and returns all that comes back.
    static func exchange(_ bytes: [UInt8], with address: HTTPAddress) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = address.port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0)
        bytes.withUnsafeBytes { _ = send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        shutdown(descriptor, Int32(SHUT_WR))
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    static func get(_ path: String, _ headers: [String] = [], from address: HTTPAddress) throws -> String {
        let lines = ["GET \(path) HTTP/1.1", "Host: localhost"] + headers + ["", ""]
        return try exchange(Array(lines.joined(separator: "\r\n").utf8), with: address)
    }
}

struct HTTPServerTests {
    private let token = "a-token-of-many-characters"

    private func server(
        on address: HTTPAddress = HTTPAddress(port: 0), token: String? = nil, silence: UInt32 = 10
    ) throws -> HTTPServer {
        try HTTPServer(address, token: token.flatMap { BearerToken($0) }, silence: silence) { request in
            HTTPResponse(body: "\(request.method) \(request.path) \(request.isTrusted)\n")
        }
    }

    @Test func whatIsAskedIsAnswered() throws {
        let server = try server()
        defer { server.stop() }
        let answer = try RawClient.get("/metrics?name=a", from: server.address)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nGET /metrics true\n"))
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "BREW"])
    func onlyReadingIsAnswered(_ method: String) throws {
        let server = try server()
        defer { server.stop() }
        let request = "\(method) /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
        let answer = try RawClient.exchange(Array(request.utf8), with: server.address)
        #expect(answer.hasPrefix("HTTP/1.1 405 "))
        #expect(answer.contains("Allow: GET, HEAD\r\n"))
    }

    @Test func othersThanThisMachineAreNotServedWithoutAToken() throws {
        let error = #expect(throws: HTTPServerError.self) { try server(on: HTTPAddress(host: "0.0.0.0", port: 0)) }
        #expect(error?.description == "others than this machine can reach 0.0.0.0:0, which takes a token")
    }

    @Test func thePortOfAnotherIsTaken() throws {
        let first = try server()
        defer { first.stop() }
        let error = #expect(throws: HTTPServerError.self) { try server(on: first.address) }
        #expect(error?.isTaken == true)
        #expect(error?.description == "cannot listen on \(first.address): Address already in use")
    }

    @Test func anAddressOfAnotherMachineCannotBeListenedOn() throws {
        let error = #expect(throws: HTTPServerError.self) {
            try server(on: HTTPAddress(host: "192.0.2.1", port: 0), token: token)
        }
        #expect(error?.isTaken == false)
    }

    @Test(arguments: [
        ("Authorization: Bearer a-token-of-many-characters", true),
        ("authorization: bearer a-token-of-many-characters", true),
        ("Authorization: Bearer a-token-of-many-character", false),
        ("Authorization: Bearer a-token-of-many-characters2", false),
        ("Authorization: Bearer b-token-of-many-characters", false),
        ("Authorization: Basic a-token-of-many-characters", false),
        ("Authorization: Bearer", false),
        ("Authorization:", false),
        ("X-Token: a-token-of-many-characters", false),
    ])
    func whoShowsTheTokenIsTrusted(_ header: String, _ isTrusted: Bool) throws {
        let server = try server(on: HTTPAddress(host: "0.0.0.0", port: 0), token: token)
        defer { server.stop() }
        let answer = try RawClient.get("/", [header], from: server.address)
        #expect(answer.hasSuffix("\r\n\r\nGET / \(isTrusted)\n"))
    }

    @Test(arguments: ["", "short", "with a space in the middle", "ümlaut-ümlaut-ümlaut", "line\nbreak-line-break"])
    func aTokenThatIsWeakOrCannotBeSentIsNone(_ text: String) {
        #expect(BearerToken(text) == nil)
    }

    @Test(
        arguments: [
            Array("nonsense\r\n\r\n".utf8), Array("GET\r\n\r\n".utf8), Array("\r\n\r\n\r\n".utf8), [],
            [0, 0xFF, 0x16, 3, 1],
            Array("GET / HTTP/9.9\r\n\r\n".utf8), Array("GET /%00%ff%c0%80 HTTP/1.1\r\nHost: x\r\n\r\n".utf8),
            Array("GET / HTTP/1.1\r\nHost: x\r\nX: ".utf8) + Array(repeating: UInt8(ascii: "a"), count: 1 << 20),
            Array("GET /".utf8) + Array(repeating: UInt8(ascii: "b"), count: 1 << 20),
            Array("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n".utf8),
            Array("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".utf8),
            Array("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \u{FFFF}\r\n\r\n".utf8) + [0xC3, 0x28],
        ] as [[UInt8]])
    func hostileBytesEndTheirConnectionAlone(_ bytes: [UInt8]) throws {
        let server = try server(silence: 1)
        defer { server.stop() }
        let answer = try RawClient.exchange(bytes, with: server.address)
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1."))
        #expect(try RawClient.get("/livez", from: server.address).hasSuffix("GET /livez true\n"))
    }

    @Test(
        arguments: [
            ("9464", "127.0.0.1:9464"), ("127.0.0.1:1", "127.0.0.1:1"), ("[::1]:9464", "[::1]:9464"),
            ("*:9464", "0.0.0.0:9464"), ("metrics.example:80", "metrics.example:80"), ("", nil), ("x", nil),
            (":80", nil),
            ("70000", nil), ("::1:9464", nil), ("a b:80", nil), ("10.0.0.7:", nil), ("http://x:80", nil), ("+80", nil),
        ] as [(String, String?)])
    func anAddressIsAPortOrAHostWithOne(_ text: String, _ expected: String?) {
        #expect(HTTPAddress(text)?.description == expected)
    }
}
