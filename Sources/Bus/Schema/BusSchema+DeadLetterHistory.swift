extension BusSchema {
    /// What has become of dead letters: what was put in the place of their values, by whom, and how trying went.
    static let deadLetterHistory = """
        ALTER TABLE dead_letters ADD COLUMN edited_payload bytea;
        COMMENT ON COLUMN dead_letters.edited_payload IS
            'what an operator has put in the place of the payload, which stays as it came';
        -- Of very many that are settled, the few that are not.
        CREATE INDEX dead_letters_unsettled ON dead_letters (code, topic, received_at)
            WHERE state IN ('parked', 'requested');
        CREATE INDEX dead_letters_requested ON dead_letters (consumer, id)
            WHERE state = 'requested';
        CREATE INDEX dead_letters_edited ON dead_letters (consumer, topic, partition, message_offset)
            WHERE edited_payload IS NOT NULL;

        CREATE TABLE dead_letter_events (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            letter_id bigint NOT NULL REFERENCES dead_letters (id) ON DELETE CASCADE,
            happened_at timestamptz NOT NULL DEFAULT now(),
            event text NOT NULL CHECK (event IN ('requested', 'edited', 'failed', 'resolved', 'discarded')),
            -- The operator, or the consumer that tried it.
            actor text NOT NULL,
            code text,
            reason text,
            payload bytea,
            payload_sha256 bytea
        );
        CREATE INDEX ON dead_letter_events (letter_id);
        COMMENT ON COLUMN dead_letter_events.payload IS 'of an edit: what was put in the place of the value';
        """
}
