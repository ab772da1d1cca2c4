import Contracts
import YAML

/// A number sequence as a set-up file wants it.
struct NumberSequenceSetting: Hashable, Sendable {
    var company: Company
    var sequence: NumberSequence
    var prefix: String
    /// The next number; nil when the file leaves that alone.
    var next: Int?
    var digits: Int

    static let section = "number-sequences"

    /// The sequence as it becomes: numbers never go back, or one would be given out twice.
    ///
    /// - parameter current: as it is; nil when there is none.
    func row(after current: NumberSequenceStore.Row?) -> NumberSequenceStore.Row {
        NumberSequenceStore.Row(
            company: company, sequence: sequence, prefix: prefix, next: max(next ?? 1, current?.next ?? 1),
            digits: digits)
    }

    var entry: SetupEntry {
        .keys(
            [Self.section, sequence.rawValue],
            ["prefix": .text(prefix), "next": next.map { YAMLValue($0) }, "digits": YAMLValue(digits)])
    }
}

extension NumberSequenceSetting {
    init(_ row: NumberSequenceStore.Row) {
        self.init(
            company: row.company, sequence: row.sequence, prefix: row.prefix, next: row.next, digits: row.digits)
    }
}
