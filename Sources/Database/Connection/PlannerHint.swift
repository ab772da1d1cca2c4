/// What we know better than the planner, whose statistics lag behind tables that have just grown.
public enum PlannerHint: Sendable {
    /// The statements find the rows that they touch by index, however many rows the tables hold.
    case lookUpByKey
    /// Each row is looked up by index, by one plan for ever, and without workers, which take longer to start than it takes.
    case lookUpOneByOne
    /// A cursor is read to its end, so that its first rows need not come early.
    case readWholeCursor
    /// Rows are read through an index and in its order, a page after another, however many rows the tables hold.
    case readInIndexOrder

    fileprivate var settings: [String] {
        switch self {
        case .lookUpByKey: ["enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off"]
        case .lookUpOneByOne:
            ["plan_cache_mode = force_generic_plan", "enable_seqscan = off", "max_parallel_workers_per_gather = 0"]
        case .readWholeCursor: ["cursor_tuple_fraction = 1"]
        case .readInIndexOrder: ["enable_seqscan = off", "enable_bitmapscan = off", "enable_sort = off"]
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

    /// Has all that the connection does from now on planned with a hint.
    ///
    /// - throws: ``DatabaseError``.
    public func planAlways(_ hint: PlannerHint) throws {
        try executeScript(hint.settings.map { "SET \($0)" }.joined(separator: "; "))
    }
}
