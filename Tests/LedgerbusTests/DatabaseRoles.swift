import Bus
import Foundation
import Testbed
import Testing

@testable import Database

/// The roles of `deploy/roles`, made on a server under a name of the test's own, and a login for each.
struct DatabaseRoles {
    enum Role: String, CaseIterable, Sendable {
        case dataverseProducer = "dataverse_producer"
        case dataverseConsumer = "dataverse_consumer"
        case financeConsumer = "finance_consumer"
        case postingConsumer = "posting_consumer"
        case `operator`, accountant, monitor

        /// The role of a program.
        init(_ program: Program) {
            switch program {
            case .dataverseProducer: self = .dataverseProducer
            case .dataverseConsumer: self = .dataverseConsumer
            case .financeConsumer: self = .financeConsumer
            case .postingConsumer: self = .postingConsumer
            case .ledgerbus: self = .operator
            }
        }
    }

    static let password = "open-sesame"

    private let prefix = TestBroker.unique("t").replacing("-", with: "_") + "_"
    /// The databases by side, for a superuser.
    private let urls: [Side: String]

    /// - parameter urls: of databases that have their schema, for a superuser.
    init(_ urls: [Side: String]) throws {
        self.urls = urls
        for side in urls.keys {
            let outcome = try grant(side)
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        for role in Role.allCases {
            try forEachDatabase { connection in
                guard try connection.query("SELECT 1 FROM pg_roles WHERE rolname = $1", login(role)).isEmpty,
                    try !connection.query("SELECT 1 FROM pg_roles WHERE rolname = $1", prefix + role.rawValue).isEmpty
                else { return }
                try connection.executeScript(
                    "CREATE ROLE \(login(role)) LOGIN PASSWORD '\(Self.password)' IN ROLE \(prefix)\(role.rawValue)")
            }
        }
    }

    /// The name by which somebody of a role logs in.
    func login(_ role: Role) -> String { "\(prefix)\(role.rawValue)_login" }

    /// Runs the script of a side.
    func grant(_ side: Side) throws -> (status: Int32, output: String, errors: String) {
        let file = ProcessBus.export + "/../roles/\(side.rawValue).sql"
        return try ProcessBus.run(
            "/usr/bin/psql",
            ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "prefix=\(prefix)", "-f", file, try #require(urls[side])])
    }

    /// The URL of a side's database for a role, on a socket where no password is asked for.
    func url(_ role: Role, _ side: Side) throws -> String {
        let administration = try #require(urls[side])
        var components = try #require(URLComponents(string: administration))
        components.queryItems = components.queryItems?.filter { $0.name != "user" }
        components.queryItems?.append(URLQueryItem(name: "user", value: login(role)))
        return try #require(components.string)
    }

    func remove() {
        for role in Role.allCases {
            for name in [login(role), prefix + role.rawValue] {
                try? forEachDatabase { _ = try? $0.executeScript("DROP OWNED BY \(name)") }
                try? forEachDatabase { _ = try? $0.executeScript("DROP ROLE IF EXISTS \(name)") }
            }
        }
    }

    private func forEachDatabase(_ body: (Connection) throws -> Void) throws {
        for url in urls.values { try body(try Connection(url: url, applicationName: "tests")) }
    }
}
