"""`sitrep reenrich`: articles that an older version has enriched are sent through the topics once more.

It sends only so much text at a time that a new report behind it waits for less than a second, and the next when the store
has committed that. (One article that is longer goes alone; the longest that there can be takes a language process five seconds.) What it has done stands in Postgres and nowhere else, so that a run that was killed is simply started again.
"""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
from aiokafka.errors import KafkaError

from services.enrich.language.version import VERSION
from sitrep.cli.kafka import cluster, silent
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.cli.stored import load_articles
from sitrep.contracts import headers
from sitrep.contracts.article import Article, SightingMessage
from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import ARTICLE, RAW, SIGHTING
from sitrep.runtime import clock
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.inflight import FLOW
from sitrep.runtime.kafka import Publisher, Record
from sitrep.runtime.lag import lags
from sitrep.runtime.outcomes import Retry

Connection = psycopg.Connection[Any]

ON_ITS_WAY = 20_000
"""Characters on their way at once, unless one article alone is longer: half a second of one language process."""

LOOK_EVERY = 0.05
SHOW_EVERY = 2.0
STALLED_SECONDS = 120.0
LOCK = 7_305_021_046
"""Number of the advisory lock that keeps two runs apart; any constant does."""

_CHOSEN = """
SELECT article_id FROM articles
WHERE NOT canary AND version < %(present)s AND (%(version)s::int IS NULL OR version = %(version)s)
  AND (%(since)s::date IS NULL OR published_on >= %(since)s) AND (%(until)s::date IS NULL OR published_on <= %(until)s)
ORDER BY published_on DESC NULLS LAST, article_id
"""
_STORED = "SELECT article_id FROM articles WHERE article_id = ANY(%s) AND version >= %s"
_REFUSED = """
SELECT j.article_id, j.rejection_id, t.at FROM rejections AS j JOIN refusal_times AS t USING (rejection_id)
WHERE j.article_id = ANY(%s)
"""


@dataclass(frozen=True)
class Choice:
    """Which of the articles of older versions are meant; None means all. Both days are included."""

    version: int | None = None
    since: date | None = None
    until: date | None = None

    def ids(self, connection: Connection) -> list[str]:
        """Return the ids of the articles, those published last first."""
        return [id_ for (id_,) in connection.execute(_CHOSEN, {**vars(self), "present": VERSION})]


@dataclass(frozen=True)
class Limits:
    """How many articles a second at most (None: as fast as it goes), whether it is only said, and which servers are asked."""

    rate: float | None = None
    dry_run: bool = False
    postgres: str = ""
    bootstrap: str = ""


@dataclass
class Progress:
    """How many articles have become what, and which are on their way, with their characters."""

    total: int
    stored: int = 0
    refused: list[str] = field(default_factory=list)
    under_way: dict[str, int] = field(default_factory=dict)

    @property
    def settled(self) -> int:
        """Return how many have come to an end."""
        return self.stored + len(self.refused)


def run_reenrich(data: Path, choice: Choice, limits: Limits) -> int:
    """Bring the chosen articles to the present version; return 1 where some of them were refused. Raises Problem."""
    running = Running.on(data)
    try:
        with closing(running.connect(limits.postgres)) as connection:
            connection.autocommit = True
            connection.execute("SET statement_timeout = 0")  # the reader's is for people who wait
            ids = _chosen(connection, choice)
            if limits.dry_run or not ids:
                sys.stderr.write(f"{_counted(len(ids))} of an older version {'is' if len(ids) == 1 else 'are'} meant.\n")
                return 0
            mine = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
            if not mine or not mine[0]:
                raise Problem("another `sitrep reenrich` is at work at this moment; wait until it has ended")
            kafka = cluster(running, limits.bootstrap)
            try:
                progress = asyncio.run(_send(connection, kafka, ids, limits.rate))
            except (KafkaError, OSError, Retry, TimeoutError) as problem:
                raise silent(kafka, problem) from problem
    except psycopg.OperationalError as problem:
        raise Problem(f"Postgres: {str(problem).splitlines()[0]}; run it again, it goes on where it was") from problem
    sys.stderr.write(f"{_counted(progress.stored)} brought to version {VERSION}, {len(progress.refused)} refused.\n")
    if progress.refused:
        sys.stderr.write("`sitrep rejected list` says why; these articles keep what an older version found in them.\n")
    return 1 if progress.refused else 0


def _chosen(connection: Connection, choice: Choice) -> list[str]:
    try:
        return choice.ids(connection)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        raise Problem("the schema of this database is not that of this version of Sitrep; run `sitrep migrate`") from None


async def _send(connection: Connection, kafka: Cluster, ids: Sequence[str], rate: float | None) -> Progress:
    sender = _Sender(connection, kafka, ids, rate)
    sys.stderr.write(f"{_counted(len(ids))} to be brought to version {VERSION} ({sender.run}) …\n")
    try:
        return await sender.send_all()
    finally:
        await sender.close()


class _Sender:
    """Sends articles, as many at once as may be on their way, and sees what becomes of them."""

    def __init__(self, connection: Connection, kafka: Cluster, ids: Sequence[str], rate: float | None) -> None:
        self.run = f"reenrich-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        self.progress = Progress(len(ids))
        self._connection, self._kafka, self._rate = connection, kafka, rate
        self._publisher = Publisher(kafka, "sitrep-reenrich")
        self._pairs = load_articles(connection, ids)
        self._next = next(self._pairs, None)
        self._refused_before: set[tuple[str, str]] = set()
        self._began = self._moved = self._shown = time.monotonic()
        self._sent = 0

    async def send_all(self) -> Progress:
        """Return when every article is stored or refused. Raises Problem where nothing comes of them."""
        while self._next is not None or self.progress.under_way:
            batch = list(self._batch())
            if batch:
                self._refused_before |= self._refusals([article.article_id for _, article in batch]).keys()
                await self._publisher.publish([record for pair in batch for record in _records(*pair, self.run)])
                self.progress.under_way |= {article.article_id: len(article.text) for _, article in batch}
            if self._settle() or not self.progress.under_way:
                self._moved = time.monotonic()
            elif time.monotonic() - self._moved > STALLED_SECONDS:
                await self._look_into_the_stall()
            if not batch:
                await asyncio.sleep(LOOK_EVERY)
            if time.monotonic() - self._shown > SHOW_EVERY:
                self._shown = time.monotonic()
                _show(self.progress, self._shown - self._began)
        return self.progress

    async def close(self) -> None:
        """Let go of the broker."""
        await self._publisher.close()

    def _batch(self) -> Iterator[tuple[SightingMessage, Article]]:
        """Yield the articles that may be sent now, each with its best sighting."""
        characters, count = sum(self.progress.under_way.values()), len(self.progress.under_way)
        while (pair := self._next) is not None:
            length = len(pair[1].text)
            too_fast = self._rate is not None and self._sent > self._rate * (time.monotonic() - self._began)
            if too_fast or (count and characters + length > ON_ITS_WAY):
                return
            characters, count = characters + length, count + 1
            self._sent += 1
            self._next = next(self._pairs, None)
            yield pair

    def _refusals(self, ids: list[str]) -> dict[tuple[str, str], str]:
        """Return the refusals of articles by their id and time, with the article of each."""
        return {(refusal, at): id_ for id_, refusal, at in self._connection.execute(_REFUSED, (ids,))}

    def _settle(self) -> bool:
        """Note what is stored or refused meanwhile; return whether anything is."""
        progress = self.progress
        under_way = list(progress.under_way)
        stored = {id_ for (id_,) in self._connection.execute(_STORED, (under_way, VERSION))}
        refusals = self._refusals(under_way)
        refused = {id_ for refusal, id_ in refusals.items() if refusal not in self._refused_before} - stored
        progress.stored += len(stored)
        progress.refused += sorted(refused)
        for id_ in stored | refused:
            del progress.under_way[id_]
        return bool(stored or refused)

    async def _look_into_the_stall(self) -> None:
        """Wait on where new reports are before ours; raise Problem where nothing else explains that nothing moves."""
        behind = (await lags(self._kafka, FLOW))[0]
        if behind > 2 * len(self.progress.under_way):
            sys.stderr.write(f"  … waiting: {behind:,} records are before enrich\n")
            self._moved = time.monotonic()
            return
        raise Problem(
            f"nothing has become of {_counted(len(self.progress.under_way))} for {STALLED_SECONDS:.0f} seconds: look at "
            f"`sitrep status`. Where all is well there, enrich is older than version {VERSION}. Run it again after that; "
            "it goes on where it was"
        )


def _records(seen: SightingMessage, article: Article, run: str) -> Iterator[Record]:
    """Yield the records of an article: its fields are merged from all sightings, so that its own one speaks for itself first."""
    for message, type_ in ((seen, SIGHTING), (article, ARTICLE)):
        value = message.to_bytes()
        head = headers.write(value, type_, Stage.CLI, at=clock.now(), trace=article.article_id, run=run)
        yield Record(RAW, article.article_id, value, head)


def _show(progress: Progress, seconds: float) -> None:
    rest = (progress.total - progress.settled) * seconds / progress.settled if progress.settled else None
    time_left = "" if rest is None else f", about {rest / 60:.0f} min left" if rest > 90 else f", about {rest:.0f} s left"
    sys.stderr.write(f"  … {progress.settled:,} of {progress.total:,}{time_left}\n")


def _counted(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
