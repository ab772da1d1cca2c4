import Contracts
import Kafka

/// A message by which a log is known again.
struct LogMark: Hashable, Sendable {
    let offset: Int64
    /// SHA-256 over its key and value.
    let fingerprint: [UInt8]
}

extension SHA256 {
    /// Over key and value of a message, by which a position knows it again.
    func fingerprint(_ message: Kafka.Message) -> [UInt8] {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        return withUnsafeBytes(of: 0 as UInt8) { separator in
            digest(message.key ?? nothing, separator, message.value ?? nothing).bytes
        }
    }
}

/// The messages of a partition by which its log can be known again while it is consumed.
///
/// When an older message, the anchor, is still in the log after newer ones were consumed, those were of the same log: one
/// that was made anew does not become the old one again. So the anchor moves on, each time that it is seen, to the last
/// message that had been consumed by then. A log that was cut off behind the anchor is known by the marks in between.
struct LogMarks: Sendable {
    private(set) var anchor: LogMark?
    /// The last messages of the batches since, oldest first.
    private(set) var since: [LogMark] = []

    /// More than come between two looks, as a rule.
    private static let most = 64

    init(anchor: LogMark?, last: LogMark?) {
        self.anchor = anchor
        if let last, last != anchor { since = [last] }
    }

    /// The last message that was consumed.
    var last: LogMark? { since.last ?? anchor }

    mutating func append(_ mark: LogMark) {
        if anchor == nil {
            anchor = mark
            return
        }
        since.append(mark)
        // Every other one is left, and the last of all.
        guard since.count > Self.most else { return }
        since = since.enumerated().filter { $0.offset % 2 == 1 || $0.element == mark }.map(\.element)
    }

    /// The log is known again, up to and with a message.
    mutating func moveAnchor(to mark: LogMark) {
        guard mark.offset > anchor?.offset ?? -1 else { return }
        anchor = mark
        since.removeAll { $0.offset <= mark.offset }
    }
}
