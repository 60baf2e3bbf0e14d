"""Writing to Postgres: one transaction a batch, and a batch that it refuses is unrolled until the bad one stands alone."""

import asyncio
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from services.store.columns import UPSERTS, listed
from services.store.read import Item
from services.store.rows import CHILDREN, Row
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.outcomes import Cause, Retry

Connection = psycopg.AsyncConnection[Any]
log = logging.getLogger(__name__)

_SQL = {path.stem: path.read_text("utf-8") for path in (Path(__file__).parent / "sql").glob("*.sql")}
_UPSERTS = {table: upsert.fill(_SQL[f"upsert_{table}"]) for table, upsert in UPSERTS.items()}


REFUSALS = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded)
"""What Postgres says when rows are at fault; everything else is its own trouble, and passes."""


TOO_MUCH = (psycopg.errors.QueryCanceled, psycopg.errors.OutOfMemory)
"""What Postgres says when a batch is more than it can do in time or in memory; less of it at once may be possible."""

LIVENESS: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A server that vanished without a word is noticed within half a minute (libpq's connection parameters)."""

ASK_SECONDS = 10.0
TRANSACTION_SECONDS = 150.0
"""More than the server's own statement_timeout, which speaks first where there is a server."""


class Database:
    """A connection to Postgres that comes back by itself."""

    def __init__(self, uri: str, failpoints: Failpoints) -> None:
        self._uri = uri
        self._failpoints = failpoints
        self._connection: Connection | None = None

    async def write(self, items: Sequence[Item], stored_at: str) -> list[tuple[Item, str]]:
        """Commit the rows of the items and return those that Postgres refuses, each with its reason.

        Raises Retry where Postgres is away, busy or full: that is never the fault of an item.
        """
        try:
            async with asyncio.timeout(TRANSACTION_SECONDS):
                await self._transaction(items, stored_at)
        except REFUSALS as problem:
            if len(items) == 1:
                said = (problem.diag.message_primary or str(problem), problem.diag.message_detail)
                return [(items[0], ": ".join(part for part in said if part))]
            return await self._divided(items, stored_at, problem)
        except TOO_MUCH as problem:
            if len(items) == 1:
                raise Retry(Cause.POSTGRES_WRITE, f"Postgres: {problem}") from problem
            return await self._divided(items, stored_at, problem)
        except (psycopg.Error, OSError, TimeoutError) as problem:
            # The commit may or may not have happened; the upserts make it safe to do it again.
            await self.close()
            raise Retry(Cause.POSTGRES_WRITE, f"Postgres: {_told(problem)}") from problem
        return []

    async def ask(self) -> None:
        """Return if Postgres takes a connection of ours and answers. Raises Retry."""
        try:
            async with asyncio.timeout(ASK_SECONDS):
                connection = await psycopg.AsyncConnection.connect(self._uri, autocommit=True, **LIVENESS)
                try:
                    await connection.execute("SELECT 1")
                finally:
                    await connection.close()
        except (psycopg.Error, OSError, TimeoutError) as problem:
            raise Retry(Cause.POSTGRES, f"Postgres does not answer: {_told(problem)}") from problem

    async def _divided(self, items: Sequence[Item], stored_at: str, why: psycopg.Error) -> list[tuple[Item, str]]:
        half = len(items) // 2
        log.warning("a batch of %d is divided: %s", len(items), why)
        return [*await self.write(items[:half], stored_at), *await self.write(items[half:], stored_at)]

    async def _transaction(self, items: Sequence[Item], stored_at: str) -> None:
        connection = await self._connected()
        async with connection.transaction():
            self._failpoints.kill("store.after_begin")
            ids = sorted({item.article_id for item in items if item.article_id is not None})
            await connection.execute(_SQL["lock_articles"], {"ids": ids})
            accepted = await self._write_articles(connection, items)
            await self._write_rest(connection, items)
            given = receipts([*accepted, *_sightings(items)], stored_at)
            await _upsert(connection, "receipts", [{**row, "rows": json.dumps(row["rows"])} for row in given])
            self._failpoints.kill("store.after_insert")
        self._failpoints.kill("store.after_db_commit")

    async def _write_articles(self, connection: Connection, items: Sequence[Item]) -> list[Item]:
        """Write the articles that are not older than what is there, with their children; return their items."""
        best = newest(row for item in items for row in item.rows.articles)
        written = await _upsert(connection, "articles", list(best.values()))
        if not written:
            return []
        if known := sorted(id_ for id_, was_there in written if was_there):
            await connection.execute(_SQL["delete_children"], {"ids": known})
        chosen = {id_: best[id_]["value_id"] for id_, _ in written}
        # One message a chosen article: the same one may be in a batch twice.
        sources = {i.article_id: i for i in items if i.rows.articles and _is_chosen(i, chosen)}
        for table in CHILDREN:
            # Nothing is there that they could be in conflict with, so they need no staging.
            await _copy(connection, f"sitrep.{table}", [row for i in sources.values() for row in i.rows.of(table)])
        return list(sources.values())

    async def _write_rest(self, connection: Connection, items: Sequence[Item]) -> None:
        sightings = first_by(
            (row for item in items for row in item.rows.sightings),
            name=lambda row: (row["article_id"], row["sighting_id"]),
            order=lambda row: (row["from_article"], row["sort_order"], row["fields_id"]),
        )
        await _upsert(connection, "sightings", sightings)
        if touched := sorted({row["article_id"] for row in sightings}):
            await connection.execute(_SQL["merge_fields"], {"ids": touched})
        rejections = first_by(
            (row for item in items for row in item.rows.rejections),
            name=lambda row: row["rejection_id"],
            order=lambda row: (row["at"], row["partition"] or -1, row["offset"] or -1),
        )
        await _upsert(connection, "rejections", rejections)
        times = {(row["rejection_id"], row["at"]) for item in items for row in item.rows.rejections}
        await _upsert(connection, "refusal_times", [{"rejection_id": id_, "at": at} for id_, at in sorted(times)])
        retractions = first_by(
            (row for item in items for row in item.rows.retractions),
            name=lambda row: row["article_id"],
            order=lambda row: (-row["seq"], not row["retracted"]),
        )
        await _upsert(connection, "retractions", retractions)

    async def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            connection = await psycopg.AsyncConnection.connect(self._uri, autocommit=True, **LIVENESS)
            try:
                await connection.execute(_SQL["stage"])
            except BaseException:
                await connection.close()
                raise
            self._connection = connection
        return self._connection

    async def close(self) -> None:
        """Close the connection; the next write opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def _told(problem: Exception) -> str:
    """Return what an error says; not that of an address that cannot be read, which repeats the password in it."""
    if isinstance(problem, psycopg.ProgrammingError) and problem.sqlstate is None:
        return "SITREP_POSTGRES_URI is no address of a database"
    return f"{type(problem).__name__} {problem}"


async def _copy(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Copy rows into a table; nothing where there are none."""
    if not rows:
        return
    columns = tuple(rows[0])
    statement = _SQL["copy"].format(table=table, columns=listed(columns))
    async with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            await copy.write_row([row[column] for column in columns])


async def _upsert(connection: Connection, table: str, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Copy rows into the staging table and from there, in one statement, where they belong; return what that returns."""
    if not rows:
        return []
    await _copy(connection, f"stage_{table}", rows)
    cursor = await connection.execute(_UPSERTS[table])
    return await cursor.fetchall() if cursor.description else []


def newest(rows: Any) -> dict[str, Row]:  # noqa: ANN401 - an iterable of rows
    """Return one row per article, by the same guard as upsert_articles.sql."""
    chosen = first_by(
        rows,
        name=lambda row: row["article_id"],
        order=lambda row: (-row["version"], row["anchor_order"], row["value_id"]),
    )
    return {row["article_id"]: row for row in chosen}


def first_by(rows: Any, *, name: Any, order: Any) -> list[Row]:  # noqa: ANN401 - an iterable of rows and two key functions
    """Return one row for each name, the first by order, since one statement may not write a row twice."""
    best: dict[Any, Row] = {}
    for row in rows:
        known = best.get(name(row))
        if known is None or order(row) < order(known):
            best[name(row)] = row
    return list(best.values())


def _is_chosen(item: Item, chosen: dict[str, str]) -> bool:
    row = item.rows.articles[0]
    return chosen.get(str(row["article_id"])) == str(row["value_id"])


def _sightings(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.sighting is not None]


def receipts(items: Sequence[Item], stored_at: str) -> list[Row]:
    """Return the receipts of a batch as rows, one for each article and each sighting in it."""
    made = (
        {
            "article_id": item.article_id,
            "sighting": item.sighting or "",
            "version": item.version,
            "stored_at": stored_at,
            "rows": item.rows.counts(),
        }
        for item in items
        if item.article_id is not None
    )
    return first_by(made, name=lambda r: (r["article_id"], r["sighting"]), order=lambda r: -(r["version"] or 0))
