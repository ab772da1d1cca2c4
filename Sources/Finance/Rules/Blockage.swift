import Bus

/// Why import from staging cannot take a row yet, and the cure (design §4).
struct Blockage: Error, Hashable, Sendable {
    let code: FailureCode
    /// What is wrong and what to do, in a sentence or two.
    let reason: String

    init(_ code: FailureCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Set-up lacks something: the row is looked at again when set-up has changed.
    init(_ gap: SetupGap) { self.init(gap.code, gap.reason) }

    /// Whether the row is looked at again by each import, and not only after a change of set-up: what it waits for is
    /// another row.
    var isRetriedByEachImport: Bool {
        [.waitsForReversed, .waitsForConnection, .contradictsOriginal, .reversedTwice].contains(code)
    }
}
