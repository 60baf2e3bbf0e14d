-- The three roles: sitrep_owner migrates, sitrep_writer writes and cannot delete, sitrep_reader reads.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['sitrep_owner', 'sitrep_writer', 'sitrep_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOINHERIT', role_name);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO sitrep_owner', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO sitrep_writer', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO sitrep_reader', current_database());
    EXECUTE format('ALTER DATABASE %I SET search_path = sitrep', current_database());
END $$;

ALTER ROLE sitrep_writer CONNECTION LIMIT 20;
ALTER ROLE sitrep_writer SET statement_timeout = '120s';
ALTER ROLE sitrep_writer SET lock_timeout = '2s';
ALTER ROLE sitrep_writer SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE sitrep_reader SET statement_timeout = '5s';
ALTER ROLE sitrep_reader SET default_transaction_read_only = on;

CREATE SCHEMA IF NOT EXISTS sitrep;
GRANT USAGE ON SCHEMA sitrep TO sitrep_writer, sitrep_reader;
