/// Why import from staging cannot take a row yet, and the cure.
struct Blockage: Error, Hashable, Sendable {
    let code: String
    let reason: String
    /// Whether the row is looked at again by the next import, and not only after a change of set-up.
    var isBrief = false

    init(code: String, reason: String, isBrief: Bool = false) {
        self.code = code
        self.reason = reason
        self.isBrief = isBrief
    }

    init(_ gap: SetupGap) { self.init(code: gap.code.rawValue, reason: gap.reason) }

    /// The code of a line whose journal was deleted.
    static let requeued = "requeued"
}
