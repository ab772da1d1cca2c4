import Contracts

/// Whether the billed sales that are there are those that were confirmed (design §4; `domain.md` §6.10.12, §9.18).
enum TotalsDisagreement: Hashable, Sendable, CustomStringConvertible {
    /// Some have not come yet.
    case missing(Int, of: Int)
    /// More came than were confirmed: a confirmation that names them all is still to come.
    case surplus(arrived: Int, confirmed: Int)
    /// As many came as were confirmed, and they are not the same.
    case mismatch(arrived: ControlTotals, confirmed: ControlTotals)

    /// By number alone; nil when the number is right, and the rows have to be summed.
    init?(arrived: Int, confirmed: ControlTotals) {
        if arrived < confirmed.count {
            self = .missing(confirmed.count - arrived, of: confirmed.count)
        } else if arrived > confirmed.count {
            self = .surplus(arrived: arrived, confirmed: confirmed.count)
        } else {
            return nil
        }
    }

    /// By number, amount and digest; nil when all agree.
    init?(arrived: ControlTotals, confirmed: ControlTotals) {
        guard arrived != confirmed else { return nil }
        self = .mismatch(arrived: arrived, confirmed: confirmed)
    }

    /// Whether some have not come.
    var isMissing: Bool {
        if case .missing = self { true } else { false }
    }

    /// Whether the rows need not be looked at to say so.
    var isByNumber: Bool {
        if case .mismatch = self { false } else { true }
    }

    var description: String {
        switch self {
        case .missing(let missing, let count): "waiting for \(missing) of \(count) billed sales"
        case .surplus(let arrived, let confirmed):
            "\(arrived) billed sales arrived, and \(confirmed) were confirmed: waiting for the confirmation that "
                + "names them all"
        case .mismatch(let arrived, let confirmed): Self.compare(arrived, confirmed)
        }
    }

    private static func compare(_ arrived: ControlTotals, _ confirmed: ControlTotals) -> String {
        func sign(_ isEqual: Bool) -> String { isEqual ? "=" : "≠" }
        var parts = [
            "count \(arrived.count) \(sign(arrived.count == confirmed.count)) \(confirmed.count)",
            "amount \(arrived.amount.shortText) \(sign(arrived.amount == confirmed.amount)) "
                + confirmed.amount.shortText,
        ]
        if arrived.count == confirmed.count, arrived.amount == confirmed.amount {
            parts.append("the digests differ: it is not the same rows, or not with the same amounts")
        }
        return "billed sales do not agree with the control totals: \(parts.joined(separator: ", "))"
    }
}

extension Money {
    /// With two decimal places where that is all there is: `1600.00`.
    fileprivate var shortText: String {
        let text = description
        return text.hasSuffix("00") ? String(text.dropLast(2)) : text
    }
}
