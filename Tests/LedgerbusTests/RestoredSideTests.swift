import Bus
import Dataverse
import Finance
import Foundation
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// A side's server that is brought back to an earlier moment, from a base backup and its archived log, while the processes of
/// the bus run on: the way of `deploy/HANDBOOK.md`.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .processes, .chaos, .long))
struct RestoredSideTests {
    @Test("Finance before the invoices were posted: nothing is posted anew, and they are posted again as they were")
    func finance() async throws {
        try await withSides { sides in
            try sides.stage()
            let invoices = try sides.finance { server in
                try sides.markMoment(server)
                try sides.run("finance", "post", "--proposals", "--wait")
                try sides.arrive()
                return try sides.invoices()
            }
            #expect(invoices.count == 7)
            try sides.arrive()
            #expect(try sides.invoices().isEmpty)
            #expect(try sides.tool("finance", "post", "--proposals", "--wait").status == 1)
            #expect(try sides.invoices().isEmpty, "nothing is posted before a person has decided")
            try sides.run("finance", "sequences", "advance")
            try sides.run("finance", "import-from-staging")
            try sides.run("finance", "lost-invoices", "repeat", "--all")
            try sides.run("finance", "post", "--proposals", "--wait")
            try sides.arrive()
            #expect(try sides.invoices() == invoices)
            try sides.run("reconcile")
        }
    }

    @Test("Dataverse before it had anything: its loss is noticed, and loading again makes it as it was")
    func dataverse() async throws {
        try await withSides { sides in
            try sides.dataverse { server in
                try sides.markMoment(server)
                try sides.stage()
                try sides.run("finance", "post", "--proposals", "--wait")
                try sides.arrive()
            }
            try await eventually {
                try sides.tool("errors", "log").output.contains("this database has lost that")
            }
            try sides.run("dataverse", "load", "\(ProcessBus.export)/pages")
            try sides.arrive()
            #expect(try sides.tool("dataverse", "lost-invoices", "list").output.contains("No invoice is lost."))
            try sides.run("errors", "retry", "--all")
            try await eventually { try sides.tool("reconcile").status == 0 }
        }
    }

    private func withSides(_ body: (Sides) async throws -> Void) async throws {
        let sides = try Sides()
        do {
            try await body(sides)
            sides.remove()
        } catch {
            sides.remove()
            throw error
        }
    }
}

/// A bus of real processes, of which each side has a server of its own, with a base backup and an archive of its log.
private final class Sides {
    let bus: PrivateBus
    private var servers: [Server]

    private struct Server {
        var cluster: PrivateCluster
        let port: Int
        let archive: String
        var backup: TestCluster.BaseBackup?
    }

    init() throws {
        let port = TestCluster.freePort()
        servers = try [port, port + 1].map { port in
            let archive = try TestCluster.folder()
            let settings = TestCluster.replicating.merging([
                "archive_mode": "on", "archive_command": "cp %p \(archive)/%f",
            ]) { $1 }
            let cluster = try PrivateCluster.start(
                directory: TestCluster.folder(),
                options: PrivateCluster.Options(sharedBuffers: 64, port: port, settings: settings))
            try cluster.createDatabase("bus")
            return Server(cluster: cluster, port: port, archive: archive)
        }
        var options = PrivateBus.Options(binaries: ProcessBus.binaries)
        options.databaseURLs = (Self.url(port), Self.url(port + 1))
        bus = try PrivateBus(
            directory: NSTemporaryDirectory() + "ledgerbus-restored-\(UUID().uuidString.prefix(8))", options: options)
        for index in servers.indices { servers[index].backup = try TestCluster.baseBackup(of: servers[index].cluster) }
        for program in Program.allCases where program != .ledgerbus { try bus.fleet.start(program) }
        try run("finance", "configure", "\(ProcessBus.export)/finance.yaml")
    }

    func remove() {
        bus.stop()
        for server in servers {
            try? server.cluster.remove()
            try? ClusterOwner().removeDirectory(server.archive)
        }
        try? FileManager.default.removeItem(atPath: bus.directory)
    }

    private static func url(_ port: Int) -> String { "postgres://ledgerbus@127.0.0.1:\(port)/bus" }

    /// The moment to which a server is brought back.
    func markMoment(_ connection: Connection) throws {
        try connection.executeScript("SELECT pg_create_restore_point('the moment')")
    }

    /// Does something, and brings Dataverse's server back to the moment that was marked.
    func dataverse<T>(_ body: (Connection) throws -> T) throws -> T { try restore(0, body) }

    /// Does something, and brings Finance's server back to the moment that was marked.
    func finance<T>(_ body: (Connection) throws -> T) throws -> T { try restore(1, body) }

    private func restore<T>(_ index: Int, _ body: (Connection) throws -> T) throws -> T {
        let server = servers[index]
        let value = try body(Connection(url: Self.url(server.port), applicationName: "tests"))
        // Its end archives the last piece of its log.
        try server.cluster.stop(.fast)
        let backup = try #require(server.backup)
        servers[index].cluster = try backup.restore(archive: server.archive, to: "the moment", port: server.port)
        try server.cluster.remove()
        return value
    }

    /// Until the journals are posted, and the proposals can be.
    func stage() throws {
        try run("dataverse", "load", "\(ProcessBus.export)/pages")
        try arrive()
        try run("finance", "import-from-staging")
        try run("finance", "post", "--journals", "--wait")
        try run("finance", "import-from-staging")
        try arrive()
    }

    /// Waits until nothing is on its way.
    func arrive() throws { try run("status", "--wait", "120") }

    /// The posted invoices.
    func invoices() throws -> [String] {
        try Connection(url: Self.url(servers[1].port), applicationName: "tests").values(
            String.self,
            "SELECT concat_ws(' ', proposal_number, customer_invoice_number, voucher, invoice_date) FROM project_invoices ORDER BY 1"
        )
    }

    func tool(_ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
        try ProcessBus.run("\(ProcessBus.binaries)/ledgerbus", arguments, environment: bus.environment)
    }

    func run(_ arguments: String...) throws {
        let outcome = try ProcessBus.run(
            "\(ProcessBus.binaries)/ledgerbus", arguments, environment: bus.environment)
        try #require(
            outcome.status == 0, "\(arguments): \(outcome.output)\(outcome.errors)\n\(bus.fleet.lastWords)")
    }
}
