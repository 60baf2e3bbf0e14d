"""Brings the schema to the newest migration: numbered SQL, forward only, each in one transaction, once."""

import logging
import os
import sys
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from services.store.settings import MigrateSettings
from sitrep.runtime import logs
from sitrep.runtime.settings import SettingsError

log = logging.getLogger(__name__)

DIRECTORY = Path(__file__).with_name("migrations")
ATTEMPTS = 10
LOCK = 7_305_021_044
"""Number of the advisory lock that keeps two migrations apart; any constant does."""


def migrations(directory: Path = DIRECTORY) -> list[tuple[int, Path]]:
    """Return the migrations by number."""
    return sorted((int(path.name.split("_")[0]), path) for path in directory.glob("*.sql"))


class NewerSchemaError(Exception):
    """The database was migrated by a newer Sitrep: this one would not know what it writes."""


def migrate(uri: str, last: int | None = None, directory: Path = DIRECTORY) -> list[int]:
    """Apply what is missing, up to the migration `last`, and return the numbers applied; doing it again changes nothing.

    A migration that a running store is in the way of is tried again. Raises psycopg.Error, or NewerSchemaError before anything
    is changed.
    """
    known = migrations(directory)
    applied: list[int] = []
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS public.sitrep_migrations "
            "(number integer PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT now())"
        )
        done = {number for (number,) in connection.execute("SELECT number FROM public.sitrep_migrations")}
        if newer := done - {number for number, _ in known}:
            raise NewerSchemaError(
                f"the database is of a newer Sitrep (migration {max(newer)}; this one knows {known[-1][0]}): use that one"
            )
        for number, path in known:
            if number not in done and (last is None or number <= last):
                _apply(connection, number, path)
                applied.append(number)
                log.info("migration %s applied", path.stem)
    return applied


def _apply(connection: psycopg.Connection[Any], number: int, path: Path) -> None:
    """Apply one migration, whole or not at all."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with connection.transaction():
                connection.execute(path.read_bytes())
                row = (number, path.stem)
                connection.execute("INSERT INTO public.sitrep_migrations (number, name) VALUES (%s, %s)", row)
        except psycopg.errors.DeadlockDetected:  # with a store that writes; Postgres has ended one of the two
            if attempt == ATTEMPTS:
                raise
            log.warning("migration %s met a store at work; it is tried again", path.stem)
        else:
            return


def set_passwords(uri: str, passwords: dict[str, str]) -> None:
    """Give roles their passwords. Raises psycopg.Error."""
    with psycopg.connect(uri, autocommit=True) as connection:
        for role, password in passwords.items():
            statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
            connection.execute(statement)


def main() -> int:
    """Migrate the database that the environment names; return the exit code."""
    try:
        settings = MigrateSettings.load(os.environ)
    except SettingsError as problem:
        sys.stderr.write(f"sitrep migrate: {problem}\n")
        return 2
    logs.configure("migrate", settings.log_level, settings.log_format)
    given = {"sitrep_writer": settings.postgres_writer_password, "sitrep_reader": settings.postgres_reader_password}
    try:
        applied = migrate(settings.postgres_owner_uri)
        set_passwords(settings.postgres_owner_uri, {role: word for role, word in given.items() if word})
    except (psycopg.Error, NewerSchemaError) as problem:
        sys.stderr.write(f"sitrep migrate: {problem}\n")
        return 1
    log.info("the schema is up to date (%d of %d migrations were missing)", len(applied), len(migrations()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
