import Bus
import Foundation
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// What the real processes tell of themselves, and what `ledgerbus status` makes of databases and a cluster that are there,
/// or not.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .processes))
struct WatchTests {
    /// What is measured only when something is not well.
    private static let troubles: Set<String> = [
        BusMetrics.handlerFailures.name, BusMetrics.setAside.name, BusMetrics.deadLetters.name,
        BusMetrics.heldMessages.name,
    ]

    private func get(_ path: String, of member: ProcessFleet.Member) throws -> (status: String, body: String) {
        let log = try String(contentsOfFile: member.log, encoding: .utf8)
        let address = try #require(log.firstMatch(of: /address=(127\.0\.0\.1:\d+)/)?.1, "\(log)")
        let result = try ProcessBus.run(
            "/bin/bash",
            [
                "-c",
                "exec 3<>/dev/tcp/${1/:/\\/} && printf 'GET %s HTTP/1.0\\r\\nHost: x\\r\\n\\r\\n' \"$2\" >&3 && cat <&3",
                "-",
                String(address), path,
            ])
        let parts = result.output.components(separatedBy: "\r\n\r\n")
        return (
            parts.first?.split(separator: " ").dropFirst().first.map(String.init) ?? "",
            parts.dropFirst().joined(separator: "\r\n\r\n")
        )
    }

    @Test("Every process is ready, measures what the catalogue has, and a status is partial, not well, or well")
    func watched() async throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        _ = try demo.run(isKept: true)
        let programs = Program.services.map(\.rawValue)
        let members = test.bus.fleet.members.filter { programs.contains($0.name) }
        #expect(members.count == 4)
        var measured: Set<String> = []
        for member in members {
            #expect(try get("/livez", of: member).status == "200")
            var answer = (status: "", body: "")
            try await eventually("\(member.name): \(answer)") {
                answer = try get("/readyz", of: member)
                return answer.status == "200"
            }
            #expect(answer.body == "{\"ready\":true,\"reasons\":[]}\n")
            try await eventually("\(member.name) has not looked at its work") {
                try get("/metrics", of: member).body.contains("\nledgerbus_brokers_up 1\n")
            }
            let text = try get("/metrics", of: member).body
            #expect(
                text.contains("ledgerbus_build_info{program=\"\(member.name)\",version=\"\(Program.version)\"} 1\n"))
            measured.formUnion(text.matches(of: #/TYPE (\w+) /#).map { String($0.1) })
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool") else { continue }
            let file = "\(test.bus.directory)/metrics"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let lint = try ProcessBus.run("/bin/bash", ["-c", "promtool check metrics <\(file)"])
            #expect(lint.status == 0, "\(lint.output)\(lint.errors)")
        }
        let catalogue = Set((BusMetrics.all + ProcessMetrics.all).map(\.name))
        #expect(measured.subtracting(catalogue).isEmpty, "\(measured.subtracting(catalogue))")
        #expect(
            catalogue.subtracting(measured).subtracting(Self.troubles).isEmpty, "\(catalogue.subtracting(measured))")

        #expect(try test.ledgerbus("status").status == 0)
        try await paused(test)
        try partial(test)
        try notWell(test)
    }

    /// A wait ends at once, and says what it is that would be waited for in vain.
    private func paused(_ test: ProcessBus) async throws {
        #expect(try test.ledgerbus("status", "--wait", "60").status == 0)
        #expect(try test.ledgerbus("maps", "pause", "connections", "--reason", "to look at it").status == 0)
        let consumer = try #require(test.bus.fleet.members.first { $0.name == "finance-consumer" })
        try await eventually("the consumer does not follow") {
            try String(contentsOfFile: consumer.log, encoding: .utf8).contains("maps are paused")
        }
        #expect(try test.ledgerbus("status", "--wait", "60").status == 0)
        try test.dataverse.execute(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, payload)
            VALUES ('transaction-connected', 'k', gen_random_uuid(), gen_random_uuid(), 'x')
            """)
        let waited = try test.ledgerbus("status", "--wait", "60")
        #expect(waited.status == 1)
        #expect(
            waited.errors.contains("1 messages wait for maps that are paused (connections): see ledgerbus maps"),
            "\(waited.errors)")
        #expect(try test.ledgerbus("maps", "resume", "connections").status == 0)
        #expect(try test.ledgerbus("status", "--wait", "60").status == 0)
        #expect(try test.ledgerbus("errors", "discard", "--all", "--reason", "typed in a test").status == 0)
    }

    private func partial(_ test: ProcessBus) throws {
        let away = ["FINANCE_DATABASE_URL": "postgres://127.0.0.1:1/finance"]
        let database = try test.ledgerbus(["status"], environment: away)
        #expect(database.status == 3)
        #expect(database.output.contains("dataverse-consumer"))
        #expect(database.errors.hasPrefix("not known, since finance does not answer: "), "\(database.errors)")
        let json = try test.ledgerbus(["status", "--json"], environment: away)
        #expect(json.status == 3)
        let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((document?["missing"] as? [[String: Any]])?.first?["source"] as? String == "finance")
        #expect((document?["sides"] as? [Any])?.count == 1)

        let cluster = try test.ledgerbus(["status"], environment: ["KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1"])
        #expect(cluster.status == 3)
        #expect(
            cluster.output.contains(/finance-consumer +actual-created +\?/.dotMatchesNewlines())
                || cluster.output.contains("?"))
        #expect(cluster.errors.hasPrefix("not known, since kafka does not answer: "), "\(cluster.errors)")
        let neither = try test.ledgerbus(
            ["status"],
            environment: away.merging(["DATAVERSE_DATABASE_URL": "postgres://127.0.0.1:1/dataverse"]) { $1 })
        #expect(neither.status == 3)
    }

    private func notWell(_ test: ProcessBus) throws {
        try test.bus.fleet.stop("dataverse-producer")
        try test.dataverse.execute(
            """
            INSERT INTO outbox (topic, key, event_id, trace_id, payload)
            VALUES ('actual-created', 'k', gen_random_uuid(), gen_random_uuid(), 'x')
            """)
        let result = try test.ledgerbus("status")
        #expect(result.status == 1, "\(result.errors)")
        #expect(
            result.output.contains("dataverse: 1 messages are to be published, and no process relays them"),
            "\(result.output)")
    }

    @Test("Settings by which others could reach a process without a token, or that are no address, are refused")
    func refused() throws {
        for (environment, says) in [
            (["HTTP_LISTEN": "0.0.0.0:0"], "which takes a token"),
            (["HTTP_LISTEN": "here"], "http.listen is 'here': expected a port"),
            (["HTTP_LISTEN": "0.0.0.0:0", "HTTP_TOKEN": "short"], "http.token is not usable"),
            (["HEALTH_PATIENCE": "soon"], "health.patience"),
        ] {
            let result = try ProcessBus.run(
                "\(ProcessBus.binaries)/finance-consumer", [],
                environment: environment.merging([
                    "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1", "FINANCE_DATABASE_URL": "postgres://127.0.0.1:1/x",
                ]) { $1 })
            #expect(result.status == 1)
            #expect(result.errors.contains(says), "\(result.errors)")
            #expect(!result.errors.contains("short"))
        }
    }
}
