public import Database
import Foundation

/// A fresh database for a test, on the ``TestServer``.
public final class TestDatabase: Sendable {
    public let name: String
    public let url: String

    /// Makes a database with a random name.
    ///
    /// - Parameter migrations: its schema, copied from a database that the first who wants it makes.
    public init(_ migrations: [Migration] = []) throws {
        name = "test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        let server = try TestServer.shared.get()
        let template = try server.template(migrations)
        try server.connect().executeScript("CREATE DATABASE \(name) TEMPLATE \(template) STRATEGY file_copy")
        url = server.url(name)
    }

    /// Drops the database, whoever is still connected.
    deinit {
        _ = try? TestServer.shared.get().connect().executeScript("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    public func connect() throws -> Connection {
        try Connection(url: url, applicationName: "tests")
    }
}
