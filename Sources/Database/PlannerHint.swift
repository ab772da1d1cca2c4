/// What we know better than the planner, whose statistics lag behind tables that have just grown.
public enum PlannerHint: Sendable {
    /// The statements find the rows that they touch by index, however many rows the tables hold.
    case lookUpByKey
    /// A cursor is read to its end, so that its first rows need not come early.
    case readWholeCursor

    fileprivate var settings: [String] {
        switch self {
        case .lookUpByKey: ["enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off"]
        case .readWholeCursor: ["cursor_tuple_fraction = 1"]
        }
    }
}

extension Connection {
    /// Has the rest of the transaction planned with a hint.
    ///
    /// - throws: ``DatabaseError``.
    public func plan(_ hint: PlannerHint) throws {
        try executeScript(hint.settings.map { "SET LOCAL \($0)" }.joined(separator: "; "))
    }
}
