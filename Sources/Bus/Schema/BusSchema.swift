/// The tables that every side of the bus has (design §3). A version that has shipped never changes; a later one adds to it.
public enum BusSchema {
    /// The first migration's tables: outbox, positions, dead letters, held
    /// messages, execution log.
    public static let version1 = """
        -- What this side has published or will publish. Append-only: it can rebuild a lost cluster.
        CREATE TABLE outbox (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            topic text NOT NULL,
            key bytea,
            event_id uuid NOT NULL,
            trace_id uuid NOT NULL,
            headers bytea[],
            payload bytea,
            created_at timestamptz NOT NULL DEFAULT now()
        );
        COMMENT ON COLUMN outbox.trace_id IS 'the invoice where there is one, so that all its messages are one trace';
        COMMENT ON COLUMN outbox.topic IS 'the topic, without the environment''s prefix';
        COMMENT ON COLUMN outbox.headers IS
            'name, value, name, value, …: the whole headers of a dead letter; null for an event, whose headers follow from the row';

        -- What the broker has not acknowledged yet, with its size.
        CREATE TABLE outbox_pending (id bigint PRIMARY KEY, bytes int NOT NULL);

        CREATE FUNCTION outbox_header_bytes(headers bytea[]) RETURNS int LANGUAGE sql IMMUTABLE AS
            'SELECT coalesce(sum(octet_length(part)), 0)::int FROM unnest(headers) part';

        -- Whatever commits into the outbox is pending, and wakes the relay.
        CREATE FUNCTION outbox_rows_are_pending() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO outbox_pending SELECT id, \(OutboxStore.rowBytes) FROM inserted;
            NOTIFY \(OutboxStore.channel);
            RETURN NULL;
        END $$;
        CREATE TRIGGER outbox_pending AFTER INSERT ON outbox REFERENCING NEW TABLE AS inserted
            FOR EACH STATEMENT EXECUTE FUNCTION outbox_rows_are_pending();

        -- The environment that this database belongs to: no row until the first process has met its cluster.
        CREATE TABLE cluster_binding (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            cluster_id text NOT NULL,
            topic_prefix text NOT NULL,
            bound_at timestamptz NOT NULL DEFAULT now()
        );

        -- Who relays the outbox, to which cluster it was relayed last, and why messages stay in it.
        CREATE TABLE outbox_lease (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            owner text,
            epoch bigint NOT NULL DEFAULT 0,
            expires_at timestamptz NOT NULL DEFAULT '-infinity',
            cluster_id text,
            last_failure text,
            last_failure_at timestamptz
        );
        COMMENT ON COLUMN outbox_lease.last_failure IS 'null when nothing is in the way';
        INSERT INTO outbox_lease DEFAULT VALUES;

        -- The next offset of each partition, committed with the rows that the messages before it made.
        CREATE TABLE consumer_positions (
            consumer text NOT NULL,
            topic text NOT NULL,
            partition int NOT NULL,
            next bigint NOT NULL CHECK (next >= 0),
            epoch bigint NOT NULL,
            cluster_id text NOT NULL,
            fingerprint bytea,
            anchor_offset bigint,
            anchor_fingerprint bytea,
            held_offset bigint,
            held_reason text,
            steps_over bigint,
            updated_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (consumer, topic, partition),
            CHECK ((anchor_offset IS NULL) = (anchor_fingerprint IS NULL)),
            CHECK ((held_offset IS NULL) = (held_reason IS NULL))
        );
        COMMENT ON COLUMN consumer_positions.fingerprint IS 'SHA-256 over key and value of the message at next - 1';
        COMMENT ON COLUMN consumer_positions.anchor_offset IS
            'an older message, seen again in the log after those that were consumed up to then: while it is there, the log is the same';
        COMMENT ON COLUMN consumer_positions.held_offset IS 'the message at which the partition stands still';
        COMMENT ON COLUMN consumer_positions.steps_over IS
            'the held message that an operator wants to become a dead letter';

        -- Messages that can never take effect: the truth of which the dead-letter topics are the publication.
        CREATE TABLE dead_letters (
            id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
            cluster_id text NOT NULL,
            topic text NOT NULL,
            partition int NOT NULL,
            message_offset bigint NOT NULL,
            consumer text NOT NULL,
            key bytea,
            headers bytea[],
            payload bytea,
            payload_size bigint NOT NULL,
            payload_sha256 bytea NOT NULL,
            code text NOT NULL,
            reason text NOT NULL,
            state text NOT NULL DEFAULT 'parked' CHECK (state IN ('parked', 'requested', 'resolved', 'discarded')),
            attempts int NOT NULL DEFAULT 1,
            -- Who discarded it, and why.
            discarded_by text,
            discard_reason text,
            CHECK ((state = 'discarded') = (discarded_by IS NOT NULL AND discard_reason IS NOT NULL)),
            received_at timestamptz NOT NULL DEFAULT now(),
            changed_at timestamptz NOT NULL DEFAULT now(),
            -- With the digest, since a topic that was made anew has other messages at the same offsets.
            PRIMARY KEY (cluster_id, topic, partition, message_offset, payload_sha256)
        );

        -- Good messages that wait for something: kept, and tried again when it may have come.
        CREATE TABLE held_messages (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            cluster_id text NOT NULL,
            topic text NOT NULL,
            partition int NOT NULL,
            message_offset bigint NOT NULL,
            consumer text NOT NULL,
            key bytea,
            headers bytea[],
            payload bytea NOT NULL,
            code text NOT NULL,
            reason text NOT NULL,
            received_at timestamptz NOT NULL DEFAULT now()
        );
        COMMENT ON COLUMN held_messages.reason IS 'what the message waits for';
        CREATE UNIQUE INDEX ON held_messages (cluster_id, topic, partition, message_offset, sha256(payload));

        -- What the periodic and posting jobs have to say.
        CREATE TABLE execution_log (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            logged_at timestamptz NOT NULL DEFAULT now(),
            activity text NOT NULL,
            subject text NOT NULL,
            level text NOT NULL CHECK (level IN ('info', 'warning', 'error')),
            message text NOT NULL
        );
        """
}
