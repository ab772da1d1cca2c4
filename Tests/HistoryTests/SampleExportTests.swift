import Bus
import Database
import Foundation
import Testbed
import Testing

@testable import Dataverse

/// The sample export, over a bus that keeps no order.
@Suite(.tags(.long))
struct SampleExportTests {
    private static let export = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("deploy/export").path

    @Test("Every invariant holds of the sample export, in whatever order and pieces it arrives")
    func invariantsHold() throws {
        var random = SeededRandom()
        let sides = try TwoSides(
            setup: String(contentsOfFile: "\(Self.export)/finance.yaml", encoding: .utf8))
        let load = LoadPages(connection: sides.dataverse, configuration: sides.configuration)
        for page in try PageSources(["\(Self.export)/pages"]).sources.shuffled(using: &random) {
            _ = try load.load([page]).whole()
            if Int.random(in: 0..<3, using: &random) == 0 {
                try sides.carrySome(using: &random)
                try sides.importAndPost(using: &random)
            }
        }
        // What says that more follows is loaded together with what follows.
        _ = try load.load(PageSources(["\(Self.export)/pages"]).sources).whole()
        try sides.settleCleanly(using: &random)
        let invoices = try sides.finance.value(Int.self, "SELECT count(*) FROM project_invoices")
        #expect(invoices == 7, "\(random)")
    }
}
