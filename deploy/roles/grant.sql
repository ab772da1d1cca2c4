-- Makes the roles of a side and gives them what its matrix says, and no more: included by dataverse.sql and finance.sql.
-- In one transaction: who has rights keeps them until the new ones are there.
\if :{?prefix}
\else
    \set prefix ledgerbus_
\endif
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT set_config('ledgerbus.matrix', :'matrix', true), set_config('ledgerbus.prefix', :'prefix', true),
    set_config('ledgerbus.processes', :'processes', true), set_config('ledgerbus.side', :'side', true) \gset ignored_
DO $grant$
DECLARE
    prefix text := current_setting('ledgerbus.prefix');
    rows text[] := regexp_split_to_array(trim(E' \n' FROM current_setting('ledgerbus.matrix')), '\n+');
    heads text[] := regexp_split_to_array(rows[1], ' +');
    cells text[];
    named text[] := '{}';
    role text;
    problem text;
    key_column text;
    plain_columns text;
    rights text;
BEGIN
    IF prefix !~ '^[a-z_][a-z0-9_]*$' THEN
        RAISE EXCEPTION 'prefix is "%": letters of a to z, digits and _ alone', prefix;
    END IF;
    SELECT format('its schema is the one of %s', split_part(name, ':', 1)) INTO problem
    FROM schema_migrations WHERE version = 1 AND split_part(name, ':', 1) <> current_setting('ledgerbus.side');
    IF FOUND THEN RAISE EXCEPTION 'the database % is not the one meant: %', current_database(), problem; END IF;
    FOR i IN 2..cardinality(rows) LOOP named := named || split_part(rows[i], ' ', 1); END LOOP;
    SELECT string_agg(relname, ', ' ORDER BY relname) INTO problem FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND relname <> ALL (named);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'no line says who may do what with: %', problem
            USING HINT = 'use the files that came with the program that made the schema, or add a line for each';
    END IF;
    SELECT string_agg(name, ', ') INTO problem FROM unnest(named) name WHERE to_regclass('public.' || name) IS NULL;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'the database has no table %', problem USING HINT = 'first run: ledgerbus database migrate';
    END IF;

    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    FOR i IN 2..cardinality(heads) LOOP
        role := prefix || heads[i];
        IF to_regrole(quote_ident(role)) IS NULL THEN EXECUTE format('CREATE ROLE %I NOLOGIN', role); END IF;
        EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', current_database(), role);
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role);
        -- It takes the rights on columns along.
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', role);
        EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM %I', role);
        -- Who takes a partition over ends the session of a frozen owner, and has to see what it does.
        IF heads[i] = ANY (string_to_array(current_setting('ledgerbus.processes'), ',')) THEN
            EXECUTE format('GRANT pg_signal_backend, pg_read_all_stats TO %I', role);
        END IF;
        IF heads[i] = 'monitor' THEN EXECUTE format('GRANT pg_read_all_stats TO %I', role); END IF;
    END LOOP;

    FOR i IN 2..cardinality(rows) LOOP
        cells := regexp_split_to_array(trim(rows[i]), ' +');
        IF cardinality(cells) <> cardinality(heads) THEN
            RAISE EXCEPTION 'the line of % does not have % columns', cells[1], cardinality(heads);
        END IF;
        SELECT quote_ident(a.attname) INTO key_column FROM pg_index x
            JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
        WHERE x.indrelid = to_regclass('public.' || cells[1]) AND x.indisprimary;
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO plain_columns FROM pg_attribute
        WHERE attrelid = to_regclass('public.' || cells[1]) AND attnum > 0 AND NOT attisdropped
            AND attname !~ '(^|_)(headers|payload|before|after)$';
        FOR j IN 2..cardinality(heads) LOOP
            role := prefix || heads[j];
            IF cells[j] !~ '^(-|[rawdml]+)$' THEN
                RAISE EXCEPTION 'the line of % gives % the right "%": letters of rawdml, or -', cells[1], heads[j], cells[j];
            END IF;
            SELECT string_agg(privilege, ', ') INTO rights
            FROM (VALUES ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) AS known (letter, privilege)
            WHERE strpos(cells[j], letter) > 0;
            IF rights IS NOT NULL THEN EXECUTE format('GRANT %s ON public.%I TO %I', rights, cells[1], role); END IF;
            IF strpos(cells[j], 'm') > 0 THEN
                EXECUTE format('GRANT SELECT (%s) ON public.%I TO %I', plain_columns, cells[1], role);
            END IF;
            IF strpos(cells[j], 'l') > 0 THEN
                EXECUTE format('GRANT UPDATE (%s) ON public.%I TO %I', key_column, cells[1], role);
            END IF;
        END LOOP;
    END LOOP;
    -- Counts the imports; whoever stages marks rows with it.
    FOR i IN 2..cardinality(heads) LOOP
        IF heads[i] IN ('finance_consumer', 'posting_consumer', 'operator')
            AND to_regclass('public.staging_batch') IS NOT NULL
        THEN EXECUTE format('GRANT USAGE ON SEQUENCE public.staging_batch TO %I', prefix || heads[i]); END IF;
    END LOOP;
END $grant$;
COMMIT;
