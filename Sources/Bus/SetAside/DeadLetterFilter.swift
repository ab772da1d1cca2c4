import Contracts

/// Which of the messages that did not take effect are meant. Nil is any.
public struct DeadLetterFilter: Hashable, Sendable {
    /// When they were received.
    public var days: DayRange
    /// Why they did not take effect.
    public var cause: FailureCode?
    /// Without the environment's prefix.
    public var topic: String?
    /// What the value contains, byte for byte.
    public var text: String?

    public init(
        _ days: DayRange = DayRange(), cause: FailureCode? = nil, topic: String? = nil, containing text: String? = nil
    ) {
        self.days = days
        self.cause = cause
        self.topic = topic
        self.text = text
    }

    /// Whether a message is meant, in SQL: `$1` to `$3` are the filter's days and their zone, `$4` its cause, `$5` its topic,
    /// `$6` its ``bytes``.
    ///
    /// - parameter payload: the column of its value, which is only named where it counts: not everybody may read it.
    func condition(payload: String) -> String {
        """
        \(DayRange.contains("received_at")) AND ($4::text IS NULL OR code = $4)
        AND ($5::text IS NULL OR topic = $5)
        AND \(text == nil ? "$6::bytea IS NULL" : "position($6::bytea IN \(payload)) > 0")
        """
    }

    /// What the text is as bytes.
    var bytes: [UInt8]? { text.map { Array($0.utf8) } }

    /// As the audit tells it.
    public var description: String {
        let parts = [
            cause.map { "cause \($0.rawValue)" }, topic.map { "topic \($0)" }, days.from.map { "from \($0)" },
            days.to.map { "to \($0)" }, text.map { "containing \($0)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "all" : parts.joined(separator: ", ")
    }
}
