import Bus
import Foundation
import Service
import Testing

/// What watches the bus from outside names what the processes measure, and its own tools find it sound.
struct MonitoringTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../deploy/monitoring").standardizedFileURL.path
    private static let promtool = "/usr/bin/promtool"
    private static let isThere = FileManager.default.isExecutableFile(atPath: promtool)

    private static func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    /// The names in a text that are metrics' as a series has them.
    private static func names(in text: String) -> Set<String> {
        Set(
            text.matches(of: /\b(?:ledgerbus|process)_[a-z_]+\b/).map { match in
                let name = String(match.0)
                let base = name.replacing(/_(bucket|count|sum)$/, with: "")
                return (BusMetrics.all + ProcessMetrics.all).contains { $0.kind == .histogram && $0.name == base }
                    ? base : name
            })
    }

    private static let catalogue = Set((BusMetrics.all + ProcessMetrics.all).map(\.name))

    @Test(
        "Metrics have one name each, and are described with kind, labels and help",
        arguments: BusMetrics.all + ProcessMetrics.all)
    func described(metric: Metric) throws {
        let row =
            "| `\(metric.name)` | \(metric.kind.rawValue) | \(metric.labels.joined(separator: ", ")) | \(metric.help) |"
        #expect(try Self.text("README.md").contains(row), "deploy/monitoring/README.md lacks: \(row)")
        #expect((BusMetrics.all + ProcessMetrics.all).count { $0.name == metric.name } == 1)
    }

    @Test(
        "README, rules and dashboard name metrics that exist",
        arguments: ["README.md", "alerts.yml", "alerts.test.yml", "dashboard.json"])
    func existing(file: String) throws {
        let named = try Self.names(in: Self.text(file))
        #expect(named.count > 10)
        #expect(named.subtracting(Self.catalogue).isEmpty, "\(file) names \(named.subtracting(Self.catalogue))")
    }

    @Test("Every metric is on the dashboard")
    func shown() throws {
        let named = try Self.names(in: Self.text("dashboard.json"))
        #expect(Self.catalogue.subtracting(named).isEmpty, "\(Self.catalogue.subtracting(named))")
    }

    @Test("Every rule has a test that it fires and one that it does not")
    func tested() throws {
        let alerts = try Self.text("alerts.yml").matches(of: /- alert: (\w+)/).map { String($0.1) }
        let tests = try Self.text("alerts.test.yml").components(separatedBy: "alertname: ").dropFirst()
        #expect(alerts.count > 10)
        for alert in alerts {
            let own = tests.filter { $0.hasPrefix("\(alert)\n") }
            #expect(own.contains { $0.contains("exp_labels") }, "\(alert)")
            #expect(own.contains { $0.contains("exp_alerts: []") }, "\(alert)")
        }
    }

    @Test(
        "promtool finds configuration and rules sound, and their tests pass", .enabled(if: isThere),
        arguments: [
            ["check", "config", "prometheus.yml"], ["check", "rules", "alerts.yml"],
            ["test", "rules", "alerts.test.yml"],
        ])
    func sound(arguments: [String]) throws {
        let words = arguments.dropLast() + ["\(Self.folder)/\(arguments.last ?? "")"]
        let result = try ProcessBus.run(Self.promtool, Array(words))
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test("Every expression of the dashboard is one that Prometheus reads", .enabled(if: isThere))
    func expressions() throws {
        let dashboard = try JSONSerialization.jsonObject(with: Data(Self.text("dashboard.json").utf8))
        let panels = try #require((dashboard as? [String: Any])?["panels"] as? [[String: Any]])
        let expressions = panels.flatMap {
            ($0["targets"] as? [[String: Any]] ?? []).compactMap { $0["expr"] as? String }
        }
        #expect(expressions.count > 30)
        var rules = "groups:\n- name: dashboard\n  rules:\n"
        for (index, expression) in expressions.enumerated() {
            let text = expression.replacing("$__rate_interval", with: "5m").replacing("$consumer", with: ".*")
            rules += "  - record: panel:expression:\(index)\n    expr: '\(text.replacing("'", with: "''"))'\n"
        }
        let file = NSTemporaryDirectory() + "ledgerbus-dashboard-\(UUID().uuidString).yml"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try rules.write(toFile: file, atomically: true, encoding: .utf8)
        let result = try ProcessBus.run(Self.promtool, ["check", "rules", file])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
}
