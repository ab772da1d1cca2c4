import Foundation

/// The accountants of the Finance side: they import from staging and post, by the operator's tool.
struct Accounting {
    let world: World

    /// Imports and asks for all that can be posted, whatever becomes of it: the next round asks again.
    func round(once: [String: String] = [:]) throws {
        _ = try world.ledgerbus(["finance", "import-from-staging", "--json"], once: once)
        _ = try world.ledgerbus(["finance", "post", "--journals", "--json"])
        usleep(300_000)
        _ = try world.ledgerbus(["finance", "post", "--proposals", "--json"])
    }

    /// Imports and posts until nothing more comes of it.
    ///
    /// - parameter patience: of one wait.
    func settle(patience: Duration = .seconds(300)) throws {
        let seconds = "\(Int(patience / .seconds(1)))"
        // A posting can make ready what waits: a correction of a correction takes a round for each.
        for _ in 0..<4 {
            try world.insist(["status", "--json", "--wait", seconds])
            try world.insist(["finance", "import-from-staging", "--json"])
            try post("--journals")
            try world.insist(["finance", "import-from-staging", "--json"])
            try post("--proposals")
        }
        try world.insist(["status", "--json", "--wait", seconds])
    }

    private func post(_ what: String) throws {
        let outcome = try world.ledgerbus(["finance", "post", what, "--wait", "--json"])
        guard outcome.code != 0 else { return }
        world.history.contradict(
            "posting \(what) was refused: \(outcome.output.prefix(600)) \(outcome.errors.prefix(300))")
    }
}
