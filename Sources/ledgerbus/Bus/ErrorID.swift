import Bus
import Terminal

/// `F12`: dead letter 12 of Finance; `DW3`: waiting message 3 of Dataverse.
struct ErrorID: ExpressibleByArgument, Hashable, CustomStringConvertible {
    let side: Side
    let kind: ErrorList.Kind
    let number: Int64

    init?(argument: String) {
        guard let side = Side.allCases.first(where: { argument.hasPrefix($0.letter) }) else { return nil }
        let rest = argument.dropFirst(side.letter.count)
        kind = rest.hasPrefix("W") ? .waiting : .deadLetter
        let digits = kind == .waiting ? rest.dropFirst() : rest
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int64(digits) else { return nil }
        self.side = side
        self.number = number
    }

    var description: String { "\(side.letter)\(kind == .waiting ? "W" : "")\(number)" }

    static var expectation: String? { "an id as errors list shows it, such as F12 or DW3" }
}
