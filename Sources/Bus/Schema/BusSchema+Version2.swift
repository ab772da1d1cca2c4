/// What the second version adds on every side: what an operator needs. A text for each concern.
///
/// Processes of the first version run on with it, so it only adds: tables, and columns that have a default or may be null.
extension BusSchema {
    /// The statements of the second migration.
    public static let version2 = [operatorActions].joined(separator: "\n")

    private static let operatorActions = """
        -- What operators did. Append-only.
        CREATE TABLE operator_actions (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            acted_at timestamptz NOT NULL DEFAULT now(),
            actor text NOT NULL,
            database_role text NOT NULL DEFAULT session_user,
            action text NOT NULL,
            subject text NOT NULL,
            reason text,
            before jsonb,
            after jsonb
        );
        COMMENT ON COLUMN operator_actions.actor IS 'who asked for it: LEDGERBUS_ACTOR, or else the user of the system';
        COMMENT ON COLUMN operator_actions.action IS 'the command: errors discard';
        """
}
