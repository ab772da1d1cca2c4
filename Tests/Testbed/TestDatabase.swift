public import Database
import Foundation
import Testing

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

    /// Returns when a session of this name waits for another's lock.
    public func untilWaiting(for applicationName: String) throws {
        let observer = try Connection(url: url, applicationName: "observer")
        try eventually("\(applicationName) does not wait") {
            try observer.value(
                Bool.self,
                """
                SELECT EXISTS (SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name = $1 AND wait_event_type = 'Lock')
                """, applicationName)
        }
    }

    public func connect() throws -> Connection {
        try Connection(url: url, applicationName: "tests")
    }
}
