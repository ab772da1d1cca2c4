import Contracts

/// Where a consumer is to read a partition from again.
public enum ResetTarget: Hashable, Sendable {
    /// From its beginning, whatever log it is by now.
    case earliest
    case offset(Int64)
    /// From the first message that was sent then or later, in milliseconds since 1970.
    case time(Int64)
    /// So many messages before the position.
    case back(Int64)

    /// What is known of a partition.
    struct Facts: Hashable {
        /// The consumer's next offset.
        let next: Int64
        /// The oldest offset that the log still has.
        let low: Int64
        /// The offset that the next message will have.
        let high: Int64
        /// The first offset of the target's time; nil when no message is so new.
        var atTime: Int64?
    }

    /// The consumer's next offset after the reset. It never goes forward: what lies between would never take effect.
    ///
    /// | target | next |
    /// |---|---|
    /// | earliest | 0, the beginning |
    /// | an offset of the log before the position, or the position | that |
    /// | an offset that the log has no longer | refused |
    /// | an offset after the position | refused |
    /// | a time | the first message since; the position, when that has not come so far |
    /// | back | so many before the position, and not before the oldest that is kept |
    ///
    /// - throws: ``ResetRefusal``.
    func next(_ facts: Facts) throws(ResetRefusal) -> Int64 {
        let latest = min(facts.next, facts.high)
        switch self {
        case .earliest:
            return 0
        case .offset(let offset):
            guard offset <= latest else {
                throw ResetRefusal(
                    "offset \(offset) is after its position, \(latest): what lies between would never take effect")
            }
            guard offset >= facts.low else {
                throw ResetRefusal("offset \(offset) is no longer kept: the oldest message is at \(facts.low)")
            }
            return offset
        case .time:
            return max(facts.low, min(facts.atTime ?? latest, latest))
        case .back(let count):
            guard count >= 0 else {
                throw ResetRefusal("\(-count) messages after its position would never take effect")
            }
            return min(latest, max(facts.low, facts.next - count))
        }
    }
}

/// Why a position is not reset.
public struct ResetRefusal: Error, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
