"""What became of files and articles: the journal of ingest joined with the receipts and rejections in Postgres."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg.rows import dict_row

from services.enrich.language.reading import not_read
from sitrep.cli.journal import rows
from sitrep.cli.lookup import after
from sitrep.contracts.codes import SENTENCES, RejectionCode

Row = dict[str, Any]
State = Literal["on its way", "stored", "rejected", "ignored"]

_COLUMNS = "n, at, key, state, article_id, sighting_id, rejection_id, detail"
_STORED = """
SELECT a.article_id, a.published, a.title, a.language, a.coverage,
       coalesce((r.rows ->> 'article_entities')::int, 0) AS entities,
       coalesce((r.rows ->> 'dates')::int, 0) AS dates,
       coalesce((r.rows ->> 'claims')::int, 0) AS claims,
       to_char(r.stored_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
       extract(epoch FROM r.stored_at)::float8 AS seconds
FROM articles a LEFT JOIN receipts r ON r.article_id = a.article_id AND r.sighting = ''
WHERE a.article_id = ANY(%s)
"""
_KNOWN = """
SELECT s.key, s.sighting_id, s.article_id, to_char(r.stored_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
FROM sightings s JOIN receipts r ON r.article_id = s.article_id AND r.sighting = ''
WHERE s.article_id = %s OR s.key = %s ORDER BY s.key
"""
_SEEN = "SELECT sighting_id FROM sightings WHERE sighting_id = ANY(%s)"
_REFUSED = """
SELECT rejection_id, article_id, key, stage, code, sentence, at
FROM rejections WHERE rejection_id = ANY(%s) OR article_id = ANY(%s) ORDER BY at
"""


@dataclass(frozen=True)
class Step:
    """One thing that happened, with its time (RFC 3339, UTC)."""

    at: str
    what: str


@dataclass
class History:
    """One file, or one part of one: its steps in order, where it has got to, and what was found in it.

    `not_read` says which language it is in, where that is not read.
    """

    key: str
    state: State = "on its way"
    steps: list[Step] = field(default_factory=list)
    article_id: str | None = None
    published: str | None = None
    found: dict[str, int] = field(default_factory=dict)
    not_read: str | None = None
    code: str | None = None
    seconds: float | None = None

    def as_json(self) -> Row:
        """Return the history as it is printed for scripts."""
        return {**vars(self), "steps": [vars(step) for step in self.steps]}


def of_keys(data: Path, keys: Sequence[str]) -> list[Row]:
    """Return the transitions of files and of the parts of them."""
    made: list[Row] = []
    for key in keys:
        query = f"SELECT {_COLUMNS} FROM transitions WHERE key = ? OR (key > ? AND key < ?) OR (key > ? AND key < ?) ORDER BY n"  # noqa: S608
        made += _named(rows(data, query, key, key + "#", key + "$", key + "!", key + '"'))
    return made


def of_id(data: Path, prefix: str) -> list[Row]:
    """Return the transitions of every file that holds an article, or met a refusal, whose id begins so."""
    is_one = "({0} >= ? AND {0} < ?)"
    keys = f"SELECT key FROM transitions WHERE {is_one.format('article_id')} OR {is_one.format('rejection_id')}"  # noqa: S608
    query = f"SELECT {_COLUMNS} FROM transitions WHERE key IN ({keys}) ORDER BY n"  # noqa: S608
    return _named(rows(data, query, *(prefix, after(prefix)) * 2))


def of_name(data: Path, like: str, sha256: str | None) -> list[Row]:
    """Return the transitions of files whose keys are like a pattern (escaped by a backslash), or that have the same bytes."""
    keys = "SELECT key FROM transitions WHERE key LIKE ? ESCAPE '\\' OR sha256 = ?"
    return _named(rows(data, f"SELECT {_COLUMNS} FROM transitions WHERE key IN ({keys}) ORDER BY n", like, sha256))  # noqa: S608


def of_store(connection: psycopg.Connection[Any], asked: str) -> list[Row]:
    """Return what the store knows of an article or a key, as transitions: on a server the journal is elsewhere."""
    with connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(_KNOWN, (asked, asked)).fetchall()
    return [{**row, "state": "published", "rejection_id": None, "detail": None} for row in found]


def since(data: Path, n: int) -> list[Row]:
    """Return the transitions after the n-th."""
    return _named(rows(data, f"SELECT {_COLUMNS} FROM transitions WHERE n > ? ORDER BY n", n))  # noqa: S608


def _named(found: Iterable[tuple[Any, ...]]) -> list[Row]:
    return [dict(zip(_COLUMNS.split(", "), row, strict=True)) for row in found]


def histories(transitions: Sequence[Row], connection: psycopg.Connection[Any] | None) -> list[History]:
    """Return the histories of files, in the order in which they were first seen.

    Without a connection what the store has done is not known.
    """
    stored, seen, refused = _stored(transitions, connection)
    made: dict[str, History] = {}
    began: dict[str, str] = {}
    for row in transitions:
        history = made.setdefault(row["key"], History(row["key"]))
        began.setdefault(row["key"], row["at"])
        _follow(history, row, stored, seen, refused)
    for history in made.values():
        _close(history, stored, refused, _seconds(began[history.key]))
    whole = {key.partition("#")[0].partition("!/")[0] for key in made if "#" in key or "!/" in key}
    return [history for key, history in made.items() if key not in whole or history.state != "on its way"]


def _stored(
    transitions: Sequence[Row], connection: psycopg.Connection[Any] | None
) -> tuple[dict[str, Row], frozenset[str], list[Row]]:
    if connection is None:
        return {}, frozenset(), []
    articles = [row["article_id"] for row in transitions if row["article_id"]]
    sightings = [row["sighting_id"] for row in transitions if row["sighting_id"]]
    rejections = [row["rejection_id"] for row in transitions if row["rejection_id"]]
    with connection.cursor(row_factory=dict_row) as cursor:
        stored = {row["article_id"]: row for row in cursor.execute(_STORED, (articles,)).fetchall()}
        seen = frozenset(row["sighting_id"] for row in cursor.execute(_SEEN, (sightings,)).fetchall())
        refused = cursor.execute(_REFUSED, (rejections, articles)).fetchall()
    return stored, seen, refused


def _follow(history: History, row: Row, stored: dict[str, Row], seen: frozenset[str], refused: Sequence[Row]) -> None:
    """Add one transition of the journal to a history."""
    match row["state"]:
        case "claimed":
            history.steps.append(Step(row["at"], "taken from the inbox"))
        case "published":
            history.article_id = row["article_id"]
            history.steps.append(Step(row["at"], f"published to Kafka as article {row['article_id']}"))
            history.state = "stored" if row["sighting_id"] in seen and row["article_id"] in stored else "on its way"
        case "rejected":
            why = next((one for one in refused if one["rejection_id"] == row["rejection_id"]), None)
            history.state, history.code = "rejected", row["detail"]
            history.steps.append(Step(row["at"], f"rejected: {why['sentence'] if why else _sentence(row['detail'])}"))
        case "released":
            history.steps.append(Step(row["at"], "put back: it is not whole yet, or changed while it was read"))
        case "ignored":
            history.state = "ignored"
            history.steps.append(Step(row["at"], f"left alone: {row['detail']}"))


def _sentence(code: str | None) -> str:
    """Return what a code means, for as long as the store has not written down the rejection itself."""
    return SENTENCES[RejectionCode(code)] if code in set(RejectionCode) else "no reason was noted"


def _close(history: History, stored: dict[str, Row], refused: Sequence[Row], began: float) -> None:
    """Add what the later stages have done."""
    row = stored.get(history.article_id or "")
    if row is not None and history.state != "rejected":
        history.published = row["published"]
        history.not_read = not_read(row["language"]) if row["coverage"] == "partial" and history.state == "stored" else None
        history.found = {name: row[name] for name in ("entities", "dates", "claims")}
        if row["at"] is not None:
            numbers = ", ".join(f"{count} {name}" for name, count in history.found.items())
            history.steps.append(Step(row["at"], history.not_read or f"stored: {numbers}"))
            history.seconds = max(0.0, round(row["seconds"] - began, 1))
    for one in refused if history.state == "on its way" else ():
        if one["article_id"] is not None and one["article_id"] == history.article_id:
            history.state, history.code = "rejected", one["code"]
            history.steps.append(Step(one["at"], f"rejected by {one['stage']}: {one['sentence']}"))


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
