import Foundation
import Operations
import Testbed
import Testing

/// `ledgerbus bench` on an embedded broker and a private PostgreSQL.
@Suite(.tags(.broker, .processes))
struct BenchTests {
    @Test("The bench measures every stage and the whole way, checks the result, and leaves nothing", .tags(.long))
    func everyStage() throws {
        let report = try bench("--stages", "relay,import,posting,write-back", "--rows", "500", "--lines", "300")
        #expect(
            report.stages.map(\.stage) == [
                "relay", "import journals", "import proposal", "post journals", "post proposal", "write back",
            ])
        #expect(report.stages.map(\.rows) == [500, 500, 500, 500, 500, 1_000])
        #expect((report.stages.first?.ratio ?? 0) > 0)
        let whole = try #require(report.wholeWays.first)
        #expect(whole.lines == 300)
        #expect(whole.actualsUpdated == 300)
        #expect(
            whole.steps.map(\.name) == [
                "load", "confirm", "relay and stage", "import journals", "post journals", "import proposal",
                "post proposal", "write back",
            ])
        // Four processes, the broker, and three commands.
        #expect(whole.peakMemory.count == 8)
        #expect(whole.peakMemory.allSatisfy { $0.megabytes > 1 })
    }

    @Test("The bench compares staging, batch after batch, with a plain COPY", .tags(.long))
    func staging() throws {
        // More than fit into one batch: measured is what comes after the first.
        let report = try bench("--stages", "staging", "--rows", "15000", "--lines", "none")
        #expect(report.stages.map(\.stage) == ["staging"])
        let staging = try #require(report.stages.first)
        #expect((1..<15_000).contains(staging.rows))
        #expect((staging.ratio ?? 0) > 0)
    }

    /// Runs the bench to its end.
    private func bench(_ arguments: String...) throws -> Report {
        let directory = NSTemporaryDirectory() + "ledgerbus-bench-\(UUID().uuidString.prefix(8))"
        let output = directory + ".json"
        defer { try? FileManager.default.removeItem(atPath: output) }
        let run = try ProcessBus.run(
            "\(ProcessBus.binaries)/ledgerbus", ["bench", "--directory", directory, "--output", output] + arguments)
        try #require(run.status == 0, "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: directory))
        return try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(fileURLWithPath: output)))
    }

    /// What the figures are read by.
    private struct Report: Decodable {
        struct Stage: Decodable {
            let stage: String
            let rows: Int
            let ratio: Double?
        }
        struct Step: Decodable { let name: String }
        struct Memory: Decodable { let megabytes: Double }
        struct WholeWay: Decodable {
            let lines: Int
            let actualsUpdated: Int
            let steps: [Step]
            let peakMemory: [Memory]
        }
        let stages: [Stage]
        let wholeWays: [WholeWay]
    }
}
