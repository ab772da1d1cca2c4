import Foundation

/// Where an ``HTTPServer`` listens.
public struct HTTPAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or an address of this machine; without brackets.
    public let host: String
    /// 0 is any that is free.
    public let port: UInt16

    public init(host: String = Self.loopback, port: UInt16) {
        self.host = host
        self.port = port
    }

    public static let loopback = "127.0.0.1"

    /// `9464`, which is of this machine alone, `10.0.0.7:9464`, `[::1]:9464`, `*:9464` for every address of this machine.
    public init?(_ text: String) {
        let parts: (host: Substring, port: Substring)
        if let colon = text.lastIndex(of: ":") {
            parts = (text[..<colon], text[text.index(after: colon)...])
        } else {
            parts = (Self.loopback[...], text[...])
        }
        guard let port = UInt16(parts.port), parts.port.allSatisfy(\.isNumber) else { return nil }
        var host = parts.host
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "/" }) else { return nil }
        self.init(host: host == "*" ? "0.0.0.0" : String(host), port: port)
    }

    public static let expected = "a port, such as 9464, or an address with a port, such as 10.0.0.7:9464"

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
