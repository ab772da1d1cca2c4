import Bus

/// Where an actual is, and what it needs to go on.
///
/// | facts | it is |
/// |---|---|
/// | Skip Sync | kept from Finance |
/// | written back | done |
/// | posted | on its way back, or kept by a paused map |
/// | has a line | to be posted |
/// | blocked | blocked, with the reason |
/// | staged | to be imported |
/// | messages in the outbox | to be delivered |
/// | published | on its way, or kept by a paused map |
/// | waits in Dataverse | waiting, with the reason |
/// | captured | to be published |
struct TracedActual: Hashable {
    var skipSync = false
    var waitingReason: String?
    var isPublished = false
    var inOutbox = 0
    var isStaged = false
    var blockedReason: String?
    /// The document that it has a line in.
    var document: String?
    var isPosted = false
    var isWrittenBack = false
    var pausedMaps: Set<TableMap> = []

    /// What it is in a sentence, and what to do; nil when nothing is to be done.
    var whereabouts: (sentence: String, cure: String?) {
        if skipSync { return ("kept from Finance: its Skip Sync is set", nil) }
        if isWrittenBack { return ("posted, and written back", nil) }
        if isPosted {
            if pausedMaps.contains(.accountingDetail) { return paused(.accountingDetail, "posted") }
            return (
                "posted, and not written back yet",
                "see that posting-consumer and dataverse-consumer run and have no lag (ledgerbus status)"
            )
        }
        if let document { return ("in \(document), which is not posted", "ledgerbus finance post --help") }
        if let blockedReason {
            return ("blocked: \(blockedReason)", "it goes on with the next import from staging once the cause is gone")
        }
        if isStaged { return ("staged, and not imported", "ledgerbus finance import-from-staging") }
        if inOutbox > 0 {
            return ("in the outbox of Dataverse's side", "see that dataverse-producer runs; ledgerbus outbox list")
        }
        if isPublished {
            if pausedMaps.contains(.actuals) { return paused(.actuals, "published") }
            return (
                "published, and not staged",
                "see that finance-consumer runs and has no lag (ledgerbus status), and ledgerbus errors list"
            )
        }
        if let waitingReason { return (waitingReason, "load what is missing (ledgerbus dataverse load)") }
        return ("captured, and not published", "ledgerbus dataverse waiting")
    }

    private func paused(_ map: TableMap, _ state: String) -> (sentence: String, cure: String?) {
        ("\(state); the map \(map.rawValue) is paused", "ledgerbus maps resume \(map.rawValue)")
    }
}
