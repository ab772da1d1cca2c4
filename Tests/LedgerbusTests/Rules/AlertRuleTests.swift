import Foundation
import Service
import Testing

@testable import Operations

struct AlertRuleTests {
    private let rule = AlertRule("lag", .lag, above: 100, lasting: 60)

    /// The rows of the table at ``AlertRule/judge(_:_:at:reminding:)``: looks at seconds and values, and what is told.
    @Test(
        "What is told, and when",
        arguments: [
            ("not above", [(0, 100, nil), (600, 3, nil)]),
            ("above, not for long", [(0, 101, nil), (59, 101, nil), (60, 50, nil), (90, 101, nil)]),
            ("above for long enough", [(0, 101, nil), (60, 500, .firing), (61, 500, nil), (3_600, 500, nil)]),
            ("it stays", [(0, 101, nil), (60, 101, .firing), (14_459, 101, nil), (14_460, 101, .reminder)]),
            ("it recovers", [(0, 101, nil), (60, 101, .firing), (70, 100, .recovered), (80, 100, nil)]),
            (
                "it comes back",
                [(0, 101, nil), (60, 101, .firing), (70, 0, .recovered), (80, 101, nil), (140, 101, .firing)]
            ),
            ("nobody can tell", [(0, 101, nil), (60, 101, .firing), (70, nil, nil), (80, 0, .recovered)]),
            ("nobody could tell before", [(0, nil, nil), (60, 101, nil), (119, nil, nil), (120, 101, .firing)]),
        ] as [(String, [(Int, Double?, AlertRule.Notice?)])])
    func told(name: String, looks: [(Int, Double?, AlertRule.Notice?)]) {
        var state = AlertRule.State()
        for (seconds, value, expected) in looks {
            let verdict = rule.judge(
                value, state, at: Date(timeIntervalSince1970: Double(seconds)), reminding: 14_400)
            state = verdict.state
            #expect(verdict.notice == expected, "\(name) after \(seconds) s")
        }
    }
}

/// The run of rules over statuses, with who is told replaced by the test.
struct AlertRunTests {
    private let file = NSTemporaryDirectory() + "ledgerbus-alerts-\(UUID().uuidString)/alerts.json"

    /// As every command does.
    init() { signal(SIGPIPE, SIG_IGN) }

    private func settings(_ extra: [String: String] = [:]) throws -> AlertSettings {
        try AlertSettings(
            reader: ConfigReader(providers: [
                InMemoryProvider(
                    values: ["alerts.state": file, "alerts.rules.missing-sources.above": "0"].merging(extra) { $1 })
            ]))
    }

    private struct Away: Error, CustomStringConvertible { let description = "it does not answer" }

    private var away: BusStatus {
        var status = BusStatus()
        status.miss("finance", Away())
        return status
    }

    @Test("What was told before a restart is not told again, and its recovery is")
    func restart() throws {
        defer { try? FileManager.default.removeItem(atPath: (file as NSString).deletingLastPathComponent) }
        var first = try AlertRun(settings()) { _ in }
        #expect(try first.look(at: away, now: Date()).told.map(\.state) == ["firing"])
        var second = try AlertRun(settings()) { _ in }
        #expect(try second.look(at: away, now: Date()).told.isEmpty)
        #expect(
            try second.look(at: BusStatus(), now: Date()).told.map(\.text) == [
                "missing-sources: missing-sources is 0 again"
            ])
    }

    @Test("What could not be told is told at the next look, a recovery too")
    func untold() throws {
        defer { try? FileManager.default.removeItem(atPath: (file as NSString).deletingLastPathComponent) }
        var isReached = false
        var run = try AlertRun(settings()) { _ in if !isReached { throw Away() } }
        let first = try run.look(at: away, now: Date())
        #expect(first.told.isEmpty)
        #expect(first.failed == ["missing-sources was not told: it does not answer"])
        isReached = true
        #expect(try run.look(at: away, now: Date()).told.map(\.state) == ["firing"])
        isReached = false
        #expect(try run.look(at: BusStatus(), now: Date()).failed.count == 1)
        isReached = true
        #expect(try run.look(at: BusStatus(), now: Date()).told.map(\.state) == ["recovered"])
    }

    @Test("A program is given the alert as JSON, and one that fails or is not there is said")
    func program() throws {
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let told = "\(folder)/told"
        let script = "\(folder)/page"
        try "#!/bin/sh\ncat > \(told)\n".write(toFile: script, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        try AlertDelivery(settings(["alerts.command": script])).deliver(.test)
        let json =
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: told))) as? [String: Any]
        #expect(json?["alert"] as? String == "test")
        #expect(json?["text"] as? String == "a test of ledgerbus alerts: nothing is wrong")
        let failed = #expect(throws: AlertProblem.self) {
            try AlertDelivery(settings(["alerts.command": "/bin/false"])).deliver(.test)
        }
        #expect(failed?.description == "/bin/false ended with code 1")
        let nowhere = #expect(throws: AlertProblem.self) {
            try AlertDelivery(settings(["alerts.command": "/nowhere"])).deliver(.test)
        }
        #expect(nowhere?.description.hasPrefix("/nowhere is not there") == true)
        // It does not end by itself.
        try "#!/bin/sh\nexec tail -f /dev/null\n".write(toFile: script, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        let late = #expect(throws: AlertProblem.self) {
            try AlertDelivery(settings(["alerts.command": script]), limit: .seconds(-5)).deliver(.test)
        }
        #expect(late?.description == "\(script) did not end in time")
    }

    @Test("Neither address nor token of a webhook is among a program's arguments")
    func webhook() throws {
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let curl = "\(folder)/curl"
        try "#!/bin/sh\necho \"$@\" > \(folder)/arguments\ncat > \(folder)/input\n"
            .write(toFile: curl, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: curl)
        let settings = try settings(["alerts.webhook": "https://hooks.example/s3cret", "alerts.webhook.token": "t0ken"])
        try AlertDelivery(settings, curl: curl).deliver(.test)
        let arguments = try String(contentsOfFile: "\(folder)/arguments", encoding: .utf8)
        #expect(!arguments.contains("s3cret") && !arguments.contains("t0ken"), "\(arguments)")
        let input = try String(contentsOfFile: "\(folder)/input", encoding: .utf8)
        #expect(input.contains("url = \"https://hooks.example/s3cret\"\n"))
        #expect(input.contains("header = \"Authorization: Bearer t0ken\"\n"))
        #expect(input.contains("data-raw = \"{\\\"above\\\":0,\\\"alert\\\":\\\"test\\\""))
    }

    @Test(
        "A rule that cannot be read is named",
        arguments: [
            ("alerts.rules.x.watch", "moon", "alerts.rules.x.watch is 'moon': expected one of lag, outbox-seconds"),
            ("alerts.rules.lag.above", "many", "alerts.rules.lag.above is 'many'"),
            ("alerts.rules.lag.for", "soon", "alerts.rules.lag.for is 'soon': expected a duration"),
            ("alerts.rules.lag.over", "1", "alerts.rules.lag.over is not known"),
            ("alerts.webhook", "ftp://x", "alerts.webhook is not an address"),
        ])
    func malformed(key: String, value: String, says: String) throws {
        let error = #expect(throws: ConfigError.self) { try settings([key: value]) }
        #expect("\(try #require(error))".hasPrefix(says), "\(String(describing: error))")
    }
}
