/// Why something cannot be posted as it is: data or set-up that a person has to put right.
public struct PostingRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole reason, in a sentence or two.
    public let reason: String
    /// The reason of each refused line, by line number; at most ``mostLines``.
    public let lines: [Int: String]

    /// So many refused lines are named; the others go on being counted.
    static let mostLines = 1_000

    init(_ reason: String, lines: [Int: String] = [:]) {
        self.reason = reason
        self.lines = lines
    }

    public var description: String { reason }
}

/// The refused lines of one posting.
struct RefusedLines {
    private var reasons: [Int: String] = [:]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func refuse(_ line: Int, _ refusal: PostingRefusal) {
        count += 1
        if reasons.count < PostingRefusal.mostLines { reasons[line] = refusal.reason }
    }

    /// The refusal of the whole, `journal USPM-000043`.
    func refusal(of what: String) -> PostingRefusal {
        let first = reasons.min { $0.key < $1.key }
        let example = first.map { ": line \($0.key): \($0.value)" } ?? ""
        return PostingRefusal(
            "\(what) was not posted, because of \(count) of its lines\(example)", lines: reasons)
    }
}
