/// What the second version adds on every side: what an operator needs. A text for each concern.
///
/// Processes of the first version run on with it, so it only adds: tables, and columns that have a default or may be null.
extension BusSchema {
    /// The statements of the second migration.
    public static let version2 = [operatorActions, tableMaps, deadLetterHistory].joined(separator: "\n")

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
            after jsonb,
            run uuid DEFAULT nullif(current_setting('\(OperatorActionStore.runSetting)', true), '')::uuid,
            command_line text DEFAULT nullif(current_setting('\(OperatorActionStore.commandLineSetting)', true), '')
        );
        COMMENT ON COLUMN operator_actions.actor IS 'who asked for it: LEDGERBUS_ACTOR, or else the user of the system';
        COMMENT ON COLUMN operator_actions.action IS 'the command: errors discard';
        COMMENT ON COLUMN operator_actions.run IS 'the same for all that one run of a command did';
        CREATE INDEX ON operator_actions (run);

        -- What was done stays done: for nobody to change or to remove, also not by retention.
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only: its rows are neither changed nor deleted', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END $$;
        CREATE TRIGGER operator_actions_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON operator_actions
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """

    private static let tableMaps = """
        -- How each table map into this side was switched last. One without a row runs.
        CREATE TABLE table_maps (
            map text PRIMARY KEY,
            state text NOT NULL CHECK (state IN ('running', 'paused')),
            paused_with text,
            changed_at timestamptz NOT NULL DEFAULT now(),
            changed_by text NOT NULL,
            reason text,
            CHECK (paused_with IS NULL OR state = 'paused')
        );
        COMMENT ON COLUMN table_maps.paused_with IS 'the map with which it was paused, and will be resumed';
        """
}
