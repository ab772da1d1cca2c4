import Foundation
import Testbed
import Testing

/// The worked month in `deploy/month`.
@Suite(.tags(.broker, .processes, .long))
struct MonthTests {
    private static let folder = ProcessBus.export.replacing("deploy/export", with: "deploy/month")

    @Test("The month ends with the trial balances that its README shows, and both sides agree")
    func month() throws {
        let directory = "/tmp/ledgerbus-month-test-\(ProcessInfo.processInfo.processIdentifier)"
        let month = try ProcessBus.run(
            "\(Self.folder)/run", [],
            environment: ["LEDGERBUS_BINARIES": ProcessBus.binaries, "LEDGERBUS_MONTH_DIRECTORY": directory])
        #expect(month.status == 0, "\(month.output.suffix(2_000)) \(month.errors)")
        #expect(!FileManager.default.fileExists(atPath: directory), "nothing is left behind")
        for sentence in [
            "its proposal has no lines yet", "it has all its lines, and nobody has posted it",
            "unbilled sales that it bills are in journal", "It is customer invoice CIV-0005.", "Both sides agree.",
        ] {
            #expect(month.output.contains(sentence))
        }
        let readme = try String(contentsOfFile: "\(Self.folder)/README.md", encoding: .utf8)
        let balances = readme.components(separatedBy: "```").filter { $0.hasPrefix("\ncompany") }
        #expect(balances.count == 2)
        for balance in balances { #expect(month.output.contains(balance), "\(month.output.suffix(5_000))") }
    }
}
