public import Database

/// The table `operator_actions`.
public enum OperatorActionStore {
    /// Keeps what an operator does, in the transaction that does it: neither is there without the other.
    ///
    /// - throws: `DatabaseError`.
    public static func record(_ action: OperatorAction, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO operator_actions (actor, action, subject, reason, before, after)
            VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb)
            """, action.actor, action.action, action.subject, action.reason, action.before, action.after)
    }
}
