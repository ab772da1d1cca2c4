import Bus
import Testing

@testable import Operations

/// The table of where an actual is, row by row (``TracedActual``).
struct TracedActualTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let actual: TracedActual
        let sentence: String
        let cure: String?
    }

    static let rows = [
        Row(
            testDescription: "Skip Sync", actual: TracedActual(skipSync: true, isPublished: true),
            sentence: "kept from Finance", cure: nil),
        Row(
            testDescription: "written back", actual: TracedActual(isStaged: true, isPosted: true, isWrittenBack: true),
            sentence: "posted, and written back", cure: nil),
        Row(
            testDescription: "posted", actual: TracedActual(isStaged: true, document: "journal J-1", isPosted: true),
            sentence: "posted, and not written back", cure: "dataverse-consumer"),
        Row(
            testDescription: "posted, and kept by a paused map",
            actual: TracedActual(isStaged: true, isPosted: true, pausedMaps: [.accountingDetail]),
            sentence: "map accounting-detail is paused", cure: "maps resume accounting-detail"),
        Row(
            testDescription: "has a line",
            actual: TracedActual(isPublished: true, isStaged: true, document: "journal J-1"),
            sentence: "in journal J-1, which is not posted", cure: "finance post"),
        Row(
            testDescription: "blocked", actual: TracedActual(isStaged: true, blockedReason: "no exchange rate"),
            sentence: "blocked: no exchange rate", cure: "import from staging"),
        Row(
            testDescription: "staged", actual: TracedActual(isPublished: true, isStaged: true, pausedMaps: [.actuals]),
            sentence: "staged, and not imported", cure: "import-from-staging"),
        Row(
            testDescription: "messages in the outbox", actual: TracedActual(isPublished: true, inOutbox: 1),
            sentence: "in the outbox", cure: "dataverse-producer"),
        Row(
            testDescription: "published", actual: TracedActual(isPublished: true),
            sentence: "published, and not staged",
            cure: "finance-consumer"),
        Row(
            testDescription: "published, and kept by a paused map",
            actual: TracedActual(isPublished: true, pausedMaps: [.actuals]), sentence: "map actuals is paused",
            cure: "maps resume actuals"),
        Row(
            testDescription: "waits in Dataverse", actual: TracedActual(waitingReason: "waiting for project P"),
            sentence: "waiting for project P", cure: "dataverse load"),
        Row(
            testDescription: "captured", actual: TracedActual(), sentence: "captured, and not published",
            cure: "dataverse waiting"),
    ]

    @Test("Each row of the table of whereabouts", arguments: rows)
    func row(_ row: Row) {
        let (sentence, cure) = row.actual.whereabouts
        #expect(sentence.contains(row.sentence), "\(sentence)")
        #expect((cure == nil) == (row.cure == nil))
        if let words = row.cure { #expect(cure?.contains(words) ?? false, "\(cure ?? "")") }
    }
}
