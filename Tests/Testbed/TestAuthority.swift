import Foundation

/// An authority of a test's own, and what it certifies, made by `openssl`.
public struct TestAuthority: Sendable {
    /// A certificate with its key, each a file.
    public struct Identity: Sendable {
        public let certificate: String
        public let key: String
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    public let folder: String
    private let name: String

    /// Its own certificate, which others trust.
    public var certificate: String { "\(folder)/\(name).pem" }

    /// - parameter folder: is there already.
    public init(in folder: String, name: String = "authority") throws {
        self.folder = folder
        self.name = name
        try openssl(
            ["req", "-x509"] + Self.newKey + [
                "-keyout", "\(name).key", "-out", "\(name).pem", "-subj", "/CN=\(name)", "-days", "2",
            ])
    }

    /// Certifies a name.
    ///
    /// - parameter host: of a server; nil for a client.
    /// - parameter days: for how long; a negative number has been over for so long.
    public func certify(_ subject: String, host: String? = nil, days: Int = 2) throws -> Identity {
        let file = "\(subject)-\(UUID().uuidString.prefix(8))"
        try openssl(
            ["req"] + Self.newKey + ["-keyout", "\(file).key", "-out", "\(file).csr", "-subj", "/CN=\(subject)"])
        try "subjectAltName=DNS:\(host ?? subject)\n".write(
            toFile: "\(folder)/\(file).ext", atomically: true, encoding: .utf8)
        try openssl([
            "x509", "-req", "-in", "\(file).csr", "-CA", "\(name).pem", "-CAkey", "\(name).key", "-days", "\(days)",
            "-extfile", "\(file).ext", "-out", "\(file).crt",
        ])
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder)/\(file).key")
        return Identity(certificate: "\(folder)/\(file).crt", key: "\(folder)/\(file).key")
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "openssl \(arguments): \(said)") }
    }
}
