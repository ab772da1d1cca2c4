/// Why something cannot be posted as it is: data or set-up that a person has to put right.
public struct PostingRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let code: ReasonCode
    /// The whole reason, in a sentence or two.
    public let reason: String
    /// The reason of each refused line, by line number; at most ``mostLines``.
    public let lines: [Int: LineRefusal]

    /// So many refused lines are named; the others go on being counted.
    static let mostLines = 1_000

    init(_ code: ReasonCode, _ reason: String, lines: [Int: LineRefusal] = [:]) {
        self.code = code
        self.reason = reason
        self.lines = lines
    }

    init(_ gap: SetupGap) { self.init(gap.code, gap.reason) }

    public var description: String { reason }
}

/// Why one line cannot be posted.
public struct LineRefusal: Error, Hashable, Sendable {
    public let code: ReasonCode
    public let reason: String

    init(_ code: ReasonCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    init(_ gap: SetupGap) { self.init(gap.code, gap.reason) }
}

/// The refused lines of one posting.
struct RefusedLines {
    private var lines: [Int: LineRefusal] = [:]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func refuse(_ line: Int, _ refusal: LineRefusal) {
        count += 1
        if lines.count < PostingRefusal.mostLines { lines[line] = refusal }
    }

    /// The refusal of the whole, `journal USPM-000043`, by the code of its first line; nil when no line was refused.
    func refusal(of what: String) -> PostingRefusal? {
        guard let first = lines.min(by: { $0.key < $1.key }) else { return nil }
        return PostingRefusal(
            first.value.code,
            "\(what) was not posted, because of \(count) of its lines: line \(first.key): \(first.value.reason)",
            lines: lines)
    }
}
