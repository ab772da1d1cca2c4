import Foundation
import Service
import Testbed
import Testing

/// The torture, in small: `deploy/torture` runs it for as long as one likes.
@Suite(.serialized, .tags(.broker, .processes, .chaos, .long))
struct TortureTests {
    private static let table = Result { try Torture("--crash-points", "--seed", "1") }

    @Test(
        "A process ends at a named point and is started again; nothing is lost, nothing twice, nothing half done",
        arguments: CrashPoint.allCases)
    func crashPoint(point: CrashPoint) throws {
        let table = try Self.table.get()
        let rows = (table.report["rows"] as? [[String: Any]] ?? []).filter { $0["point"] as? String == point.rawValue }
        #expect(!rows.isEmpty, "no process is said to come to it")
        for row in rows { #expect(row["isHit"] as? Bool == true, "\(row)") }
        #expect(table.contradictions.isEmpty, "\(table.contradictions)")
    }

    @Test("Under faults of every kind that come and go by a seed, everything comes through, once and to the cent")
    func seededRun() throws {
        let run = try Torture("--seconds", "40")
        #expect(run.contradictions.isEmpty, "seed \(run.report["seed"] ?? ""): \(run.contradictions)")
        #expect((run.report["entries"] as? Int ?? 0) > 0)
        #expect((run.report["snapshots"] as? Int ?? 0) > 0)
    }
}

/// A run of the torture.
private struct Torture: @unchecked Sendable {
    // Safe: nobody changes what was read.
    let report: [String: Any]

    var contradictions: [String] { report["contradictions"] as? [String] ?? ["it gave no report"] }

    init(_ arguments: String...) throws {
        let outcome = try ProcessBus.run("\(ProcessBus.binaries)/torture", arguments + ["--json"])
        report =
            try #require(
                JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any],
                "\(outcome.output) \(outcome.errors)")
    }
}
