public import Bus

/// Why something cannot be posted as it is: data or set-up that a person has to put right.
public struct PostingRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let code: FailureCode
    /// The whole reason, in a sentence or two.
    public let reason: String
    /// The reason of each refused line, by line number; at most ``mostLines``.
    public let lines: [Int: Reason]

    /// So many refused lines are named; the others go on being counted.
    static let mostLines = 1_000

    init(_ code: FailureCode, _ reason: String, lines: [Int: Reason] = [:]) {
        self.code = code
        self.reason = reason
        self.lines = lines
    }

    init(_ gap: SetupGap) { self.init(gap.code, gap.reason) }

    public var description: String { reason }
}

/// Why one line cannot be posted.
struct LineRefusal: Error, Hashable {
    let reason: Reason

    init(_ code: FailureCode, _ sentence: String) { reason = Reason(code, sentence) }

    init(_ gap: SetupGap) { self.init(gap.code, gap.reason) }

    init(_ blockage: Blockage) { self.init(blockage.code, blockage.reason) }
}

/// The refused lines of one posting.
struct RefusedLines {
    private var lines: [Int: Reason] = [:]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func refuse(_ line: Int, _ refusal: LineRefusal) {
        count += 1
        if lines.count < PostingRefusal.mostLines { lines[line] = refusal.reason }
    }

    /// The refusal of the whole, `journal USPM-000043`, by the code of its first line; nil when no line was refused.
    func refusal(of what: String) -> PostingRefusal? {
        guard let first else { return nil }
        return PostingRefusal(
            first.reason.code,
            "\(what) was not posted, because of \(count) of its lines: line \(first.line): \(first.reason)",
            lines: lines)
    }

    /// The first refused line.
    var first: (line: Int, reason: Reason)? {
        lines.min { $0.key < $1.key }.map { (line: $0.key, reason: $0.value) }
    }
}
