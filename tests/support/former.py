"""A data directory as a former version of Sitrep left it: its schema, with the rows that it had written."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from services.store.migrate import migrate
from sitrep.cli.running import Running
from tests.support.up import Up
from tests.support.wait import until

DIRECTORY = Path(__file__).with_name("rows")
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def schemas() -> list[int]:
    """Return the numbers of the migrations under which rows were kept."""
    return sorted(int(path.stem) for path in DIRECTORY.glob("*.json"))


def rows_of(schema: int) -> dict[str, list[dict[str, Any]]]:
    """Return rows as they were written under a schema (the number of its last migration), by table."""
    kept = max(number for number in schemas() if number <= schema)
    rows: dict[str, list[dict[str, Any]]] = json.loads((DIRECTORY / f"{kept:04}.json").read_text("utf-8"))
    return rows


def fill(uri: str, rows: Rows) -> None:
    """Insert rows, as the owner of the database."""
    with psycopg.connect(uri) as connection:
        for table, some in rows.items():
            columns = ", ".join(f'"{column}"' for column in some[0])
            query = f"INSERT INTO sitrep.{table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::sitrep.{table}, %s)"
            connection.execute(query.encode(), (json.dumps(some),))


def leave(inbox: Path, data: Path, schema: int, rows: Rows) -> None:
    """Make a data directory with these rows under a schema, as an earlier version would leave it."""
    with Up(inbox, data, env={"SITREP_MODEL": "light", "SITREP_POOL_SIZE": "1"}) as up:
        until(up.ready, 180, "ready")
        owner = Running.on(data).uri("owner")
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("DROP SCHEMA sitrep CASCADE")
            connection.execute("DELETE FROM public.sitrep_migrations")
        migrate(owner, last=schema)
        fill(owner, rows)
        assert up.end() == 0
