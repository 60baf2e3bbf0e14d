"""The ledger: what went into each stage is what came out of it, was refused or still waits; the remainder is lost.

It is made of what is durable on either side of a stage, never of counters that a death sets back: intake's journal, the offsets
of the broker, the rows of the database. They are asked in the order in which reports flow, so that what moves on meanwhile is
counted where it arrives, and a remainder is never one that only looked so.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg

from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, REJECTED_TOPIC
from sitrep.runtime.inflight import FLOW, Ranges

CLAIMED = "_claimed"
LIVENESS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that vanished without a word is noticed soon (libpq's connection parameters)."""
SIDECAR = ".meta.json"
_OPEN = """
SELECT n FROM transitions AS c
WHERE n > ? AND state = 'claimed' AND NOT EXISTS (
    SELECT 1 FROM transitions AS o WHERE o.key = c.key AND o.n > c.n AND o.state IN ('published', 'rejected', 'released')
) AND NOT EXISTS (
    -- Parts of a container are called KEY#line=1, and '$' is what follows '#'.
    SELECT 1 FROM transitions AS o
    WHERE o.key >= c.key || '#' AND o.key < c.key || '$' AND o.n > c.n AND o.state IN ('published', 'rejected')
)
ORDER BY n
"""
_REFUSED = """
SELECT count(*) FILTER (WHERE stage = 'enrich'),
       count(*) FILTER (WHERE stage <> 'enrich' AND topic IS DISTINCT FROM 'news.rejected')
FROM rejections
"""
_MISSING = """
SELECT w.n, EXISTS (SELECT FROM rejections AS j WHERE j.article_id = w.article_id)
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS w (n, article_id, sighting_id)
WHERE NOT EXISTS (
    SELECT FROM sightings AS s WHERE s.article_id = w.article_id AND s.sighting_id = w.sighting_id
)
"""
CHUNK = 10_000


@dataclass(frozen=True)
class Line:
    """One stage. A remainder above 0 that stays means that something was lost there."""

    stage: Stage
    inputs: int
    outputs: int
    rejected: int
    waiting: int

    @property
    def remainder(self) -> int:
        """Return what went in and is nowhere; what was done twice does not count against it."""
        return max(0, self.inputs - self.outputs - self.rejected - self.waiting)

    def counts(self) -> dict[str, int]:
        """Return the numbers by name."""
        numbers = {name: number for name, number in asdict(self).items() if name != "stage"}
        return {**numbers, "remainder": self.remainder}

    @staticmethod
    def meanings() -> dict[str, str]:
        """Return what each number is."""
        return {
            "inputs": "what went into a stage.",
            "outputs": "what came out of it.",
            "rejected": "what it refused.",
            "waiting": "what still waits there.",
            "remainder": "what went in and is nowhere; 0, or something was lost.",
        }


@dataclass(frozen=True)
class Intake:
    """What intake's journal says: sightings published, parts refused, files claimed that have no outcome yet, files in `_claimed`."""

    published: int
    refused: int
    unfinished: int
    claimed: int


class Journal:
    """Reads intake's journal; remembers what is settled, so that a look costs what is new."""

    def __init__(self, data: Path, inbox: Path) -> None:
        self._path = data / "ingest" / "journal.sqlite"
        self._claimed = inbox / CLAIMED
        self._settled = 0
        self._last = 0
        self.pending: dict[int, tuple[str, str]] = {}
        """Article and sighting id of each sighting (by its row in the journal) that was not seen as a row of the database yet."""

    def read(self) -> Intake | None:
        """Return what it says; None where there is none, or it is just being made."""
        claimed = _files(self._claimed)  # first: what is finished meanwhile has its outcome in the journal
        if not self._path.exists():
            return None
        try:
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True, timeout=10)) as connection:
                if connection.execute("SELECT 1 FROM meta WHERE name = 'complete'").fetchone() is None:
                    return None
                return self._read(connection, claimed)
        except sqlite3.DatabaseError:
            return None

    def _read(self, connection: sqlite3.Connection, claimed: int) -> Intake:
        (last,) = connection.execute("SELECT coalesce(max(n), 0) FROM transitions").fetchone()
        if last < self._settled:  # another journal, made anew
            self._settled = self._last = 0
            self.pending.clear()
        unfinished = [n for (n,) in connection.execute(_OPEN, (self._settled,))]
        self._settled = unfinished[0] - 1 if unfinished else last
        query = "SELECT rowid, article_id, sighting_id FROM sightings WHERE rowid > ? ORDER BY rowid"
        for number, article_id, sighting_id in connection.execute(query, (self._last,)):
            self.pending[number] = (article_id, sighting_id)
            self._last = number
        (published,) = connection.execute("SELECT count(*) FROM sightings").fetchone()
        query = "SELECT count(DISTINCT rejection_id) FROM transitions WHERE rejection_id IS NOT NULL"
        (refused,) = connection.execute(query).fetchone()
        return Intake(published, refused, len(unfinished), claimed)


def _files(directory: Path) -> int:
    """Return how many files are below a directory, without sidecars and locks."""
    return sum(not name.startswith(".") and not name.endswith(SIDECAR) for _, _, names in os.walk(directory) for name in names)


@dataclass(frozen=True)
class Stored:
    """What the database has: refusals by enrich and by the others, and of the sightings that it does not have how many were refused."""

    by_enrich: int
    by_others: int
    missing: int
    refused: int


def stored(uri: str, pending: dict[int, tuple[str, str]]) -> Stored:
    """Ask the database, and forget those of `pending` that are rows. Raises psycopg.Error."""
    with psycopg.connect(uri, **LIVENESS) as connection:
        by_enrich, by_others = connection.execute(_REFUSED).fetchone() or (0, 0)
        refused = 0
        for some in _batches(pending, CHUNK):
            numbers = [number for number, _ in some]
            ids = ([article_id for _, (article_id, _) in some], [sighting_id for _, (_, sighting_id) in some])
            missing = dict(connection.execute(_MISSING, (numbers, *ids)).fetchall())
            refused += sum(missing.values())
            for number in numbers:
                if number not in missing:
                    del pending[number]
    return Stored(by_enrich, by_others, len(pending), refused)


def _batches(pending: dict[int, tuple[str, str]], size: int) -> Iterator[list[tuple[int, tuple[str, str]]]]:
    items = iter(list(pending.items()))
    while some := list(islice(items, size)):
        yield some


def made_up(intake: Intake | None, flow: Ranges, rows: Stored) -> list[Line]:
    """Return the ledger; `flow` has the offsets from the first that is not committed to the end.

    Without a journal at hand there is no line for ingest and none for the store, whose input it counts.
    """
    behind = {topic.name: 0 for _, topic in FLOW}
    records = dict(behind)
    for partition, (first, end) in flow.items():
        behind[partition.topic] += end - first
        records[partition.topic] += end
    lines = []
    if intake is not None:
        lines.append(
            Line(
                Stage.INGEST,
                inputs=intake.published + intake.refused + intake.unfinished,
                outputs=intake.published,
                rejected=intake.refused,
                waiting=min(intake.unfinished, intake.claimed),
            )
        )
    # What is refused again is the same refusal, and one row; its records are counted, by what is left of all on the topic.
    refused_by_enrich = max(rows.by_enrich, records[REJECTED_TOPIC.name] - rows.by_others)
    lines.append(
        Line(
            Stage.ENRICH,
            inputs=records[RAW.name],
            outputs=records[ENRICHED_TOPIC.name],
            rejected=refused_by_enrich,
            waiting=behind[RAW.name],
        )
    )
    if intake is not None:
        lines.append(
            Line(
                Stage.STORE,
                inputs=intake.published,
                outputs=intake.published - rows.missing,
                rejected=rows.refused,
                waiting=behind[RAW.name] + behind[ENRICHED_TOPIC.name] + behind[REJECTED_TOPIC.name],
            )
        )
    return lines
