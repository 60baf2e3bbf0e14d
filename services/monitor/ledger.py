"""The ledger: what went into each stage is what came out of it, was refused or still waits; the remainder is lost.

It is made of what is durable, never of counters that a death sets back: intake's journal, the offsets of the broker, the rows of
the database. They are asked in the order in which reports flow, so that what moves on meanwhile is counted where it arrives, and a
remainder is never one that only looked so. Every sighting is asked for by its identity: a record that was done twice, or was sent
again by hand and refused again, hides none that was lost.
"""

import asyncio
import math
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from aiokafka import TopicPartition

from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, REJECTED_TOPIC
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.inflight import FLOW, Ranges, bounds, records

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
_MISSING = """
SELECT w.n, r.stage, r.state, r.last_refused_at, r.redriven_at
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS w (n, article_id, sighting_id, key)
LEFT JOIN LATERAL (
    SELECT j.stage, j.state, j.last_refused_at, j.redriven_at FROM refusals AS j
    -- What could not be read has no article; its key is then that of its record.
    WHERE j.stage <> 'ingest'
      AND (j.article_id = w.article_id AND j.key = w.key
           OR j.article_id IS NULL AND md5(j.key) = md5(w.article_id) AND j.key = w.article_id)
    ORDER BY j.last_refused_at DESC NULLS LAST LIMIT 1
) AS r ON true
WHERE NOT EXISTS (
    SELECT FROM sightings AS s WHERE s.article_id = w.article_id AND s.sighting_id = w.sighting_id
)
"""
_PUBLISHED = "SELECT max(at) FROM transitions WHERE state = 'published' AND article_id = ? AND sighting_id = ?"
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
        """Return what went in and is nowhere."""
        return self.inputs - self.outputs - self.rejected - self.waiting

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
class Sighting:
    """A sighting by its article, its own id and its key."""

    article_id: str
    sighting_id: str
    key: str


_NAMES = ("article_id", "sighting_id", "key")


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
        self.pending: dict[int, Sighting] = {}
        """Each sighting (by its row in the journal) that was not seen as a row of the database yet."""

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
        query = """SELECT rowid, article_id, sighting_id, json_extract(fields, '$.sighting.key') FROM sightings
                   WHERE rowid > ? ORDER BY rowid"""
        for number, *names in connection.execute(query, (self._last,)):
            self.pending[number] = Sighting(*names)
            self._last = number
        (published,) = connection.execute("SELECT count(*) FROM sightings").fetchone()
        query = "SELECT count(DISTINCT rejection_id) FROM transitions WHERE rejection_id IS NOT NULL"
        (refused,) = connection.execute(query).fetchone()
        return Intake(published, refused, len(unfinished), claimed)

    def published_at(self, sightings: Iterable[Sighting]) -> list[float]:
        """Return when each was last published, in seconds since 1970; 0 where the journal does not say. Raises sqlite3.Error."""
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=10)) as connection:
            found = [connection.execute(_PUBLISHED, (one.article_id, one.sighting_id)).fetchone()[0] for one in sightings]
        return [datetime.fromisoformat(at).timestamp() if at else 0.0 for at in found]


def _files(directory: Path) -> int:
    """Return how many files are below a directory, without sidecars and locks."""
    return sum(not name.startswith(".") and not name.endswith(SIDECAR) for _, _, names in os.walk(directory) for name in names)


@dataclass(frozen=True)
class Missing:
    """A sighting that was published and that the database does not have, and the stage whose refusal of it stands.

    A refusal stands where the sighting was neither published again nor sent again since. `sent_at` is when it was last sent again by
    hand, in seconds since 1970.
    """

    sighting: Sighting
    refused_by: Stage | None = None
    sent_at: float = 0.0


def missing(uri: str, journal: Journal) -> list[Missing]:
    """Return what the database does not have of what was published, and forget what it has.

    Raises psycopg.Error or sqlite3.Error.
    """
    found = []
    refused: list[tuple[Missing, float]] = []
    with psycopg.connect(uri, **LIVENESS) as connection:
        for some in _batches(journal.pending, CHUNK):
            columns = ([n for n, _ in some], *([vars(one)[name] for _, one in some] for name in _NAMES))
            rows = {n: rest for n, *rest in connection.execute(_MISSING.encode(), columns).fetchall()}
            for number, sighting in some:
                if number not in rows:
                    journal.pending.pop(number, None)
                    continue
                stage, state, refused_at, sent_at = rows[number]
                sent = sent_at.timestamp() if sent_at else 0.0
                if stage is None or state == "redriven":
                    found.append(Missing(sighting, sent_at=sent))
                else:
                    refused.append((Missing(sighting, Stage(stage), sent), refused_at.timestamp() if refused_at else math.inf))
    published = journal.published_at(one.sighting for one, _ in refused)
    for (one, refused_at), at in zip(refused, published, strict=True):
        found.append(one if refused_at >= at else Missing(one.sighting, sent_at=one.sent_at))
    return found


def _batches(pending: dict[int, Sighting], size: int) -> Iterator[list[tuple[int, Sighting]]]:
    items = iter(list(pending.items()))
    while some := list(islice(items, size)):
        yield some


def behind(flow: Ranges) -> dict[str, int]:
    """Return the records that are not committed, by topic."""
    counts = {topic.name: 0 for _, topic in FLOW}
    for partition, (first, end) in flow.items():
        counts[partition.topic] += end - first
    return counts


def lost(flow: Ranges, absent: Sequence[Missing]) -> list[Missing]:
    """Return what is nowhere: neither stored nor refused, and more of it than records that wait."""
    nowhere = [one for one in absent if one.refused_by is None]
    return nowhere if len(nowhere) > sum(behind(flow).values()) else []


def made_up(intake: Intake | None, flow: Ranges, absent: Sequence[Missing], answered: Set[str] | None = None) -> list[Line]:
    """Return the ledger; `flow` has the offsets from the first that is not committed to the end.

    `answered` has the articles among those that are nowhere which enrich has answered; None where that was not asked, and all that
    enrich cannot have before it counts as the store's. Without a journal at hand nothing is known: no lines.
    """
    if intake is None:
        return []
    waiting = behind(flow)
    refused = Counter(one.refused_by for one in absent)
    nowhere = [one for one in absent if one.refused_by is None]
    if answered is None:
        unanswered = min(len(nowhere), waiting[RAW.name])
    else:
        unanswered = sum(one.sighting.article_id not in answered for one in nowhere)
    enriched = intake.published - refused[Stage.ENRICH] - unanswered
    return [
        Line(
            Stage.INGEST,
            inputs=intake.published + intake.refused + intake.unfinished,
            outputs=intake.published,
            rejected=intake.refused,
            waiting=min(intake.unfinished, intake.claimed),
        ),
        Line(
            Stage.ENRICH,
            inputs=intake.published,
            outputs=enriched,
            rejected=refused[Stage.ENRICH],
            waiting=min(unanswered, waiting[RAW.name]),
        ),
        Line(
            Stage.STORE,
            inputs=enriched,
            outputs=intake.published - len(absent),
            rejected=refused[Stage.STORE],
            waiting=min(len(nowhere) - unanswered, waiting[ENRICHED_TOPIC.name] + waiting[REJECTED_TOPIC.name]),
        ),
    ]


class Answers:
    """Looks through what enrich has sent for articles that are nowhere: whether enrich or the store has lost them.

    That reads the topics whole, so it is done only where something is lost. A look that is cut off goes on with the next one.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._wanted: dict[str, float] = {}
        self._answered: set[str] = set()
        self._read: dict[TopicPartition, int] = {}

    async def look(self, nowhere: Sequence[Missing], journal: Journal) -> Set[str]:
        """Return the ids of the articles that were answered since they last set out.

        Raises KafkaError, OSError, TimeoutError or sqlite3.Error.
        """
        published = await asyncio.to_thread(journal.published_at, [one.sighting for one in nowhere])
        wanted = {one.sighting.article_id: max(at, one.sent_at) for one, at in zip(nowhere, published, strict=True)}
        if not wanted.items() <= self._wanted.items():
            self._wanted, self._answered, self._read = wanted, set(), {}
        whole = await bounds(self._cluster, (ENRICHED_TOPIC, REJECTED_TOPIC))
        ranges = {tp: (max(first, self._read.get(tp, 0)), end) for tp, (first, end) in whole.items()}
        async for record in records(self._cluster, ranges):
            self._read[TopicPartition(record.topic, record.partition)] = record.offset + 1
            key = (record.key or b"").decode("utf-8", "replace")
            if key in self._wanted and record.at >= self._wanted[key]:
                self._answered.add(key)
        return self._answered & wanted.keys()
