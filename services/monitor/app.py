"""The wiring of the monitor: it asks Kafka, Postgres, the journal and the inbox, and shows what they say."""

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence, Set
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from aiokafka.errors import KafkaError

from services.monitor import ledger
from services.monitor.canary import DIRECTORY, Canary, Found, canary, missing
from services.monitor.metrics import MonitorMetrics
from services.monitor.settings import MonitorSettings
from sitrep.runtime.endpoint import Endpoint
from sitrep.runtime.health import Health
from sitrep.runtime.inflight import FLOW, Ranges, uncommitted
from sitrep.runtime.outcomes import Cause

log = logging.getLogger(__name__)

ASK_MS = 5000
POLL_SECONDS = 0.5
DONE = "_done"
SILENT_SECONDS = 60.0
ROUND_SECONDS = 60.0
"""A round may take so much longer than the time between two."""

ANSWER_SECONDS = 10.0
"""Of each round, for looking through the topics after a loss."""

CLEAR_TRIES = 20
OLD_SECONDS = 3600.0
"""Canaries that are older are cleared away, also those that did not come through."""
GROUP_OF = {topic.name: group for group, topic in FLOW}
AWAY = (KafkaError, OSError, TimeoutError, psycopg.Error, sqlite3.Error)
_PLACES = "SELECT name FROM sitrep.article_entities WHERE article_id = %s AND entity_id LIKE 'gn:%%'"
_SPEAKERS = "SELECT speaker_name FROM sitrep.claims WHERE article_id = %s"


class Monitor:
    """Three rounds beside each other: servers and lag, the ledger, and the canaries where they are wanted."""

    def __init__(self, settings: MonitorSettings, metrics: MonitorMetrics, health: Health) -> None:
        self._settings = settings
        self._metrics = metrics
        self._health = health
        self._journal = ledger.Journal(settings.data, settings.inbox)
        self._answers = ledger.Answers(settings.cluster)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop."""
        rounds = [
            self._every(self._settings.look_seconds, self._look, stop),
            self._every(self._settings.ledger_seconds, self._ledger, stop),
        ]
        if self._settings.canary:
            rounds.append(self._every(self._settings.canary_seconds, self._canary, stop))
        await asyncio.gather(*rounds)

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
        """Do the work again and again; a round that fails, or hangs, is not the end of the others."""
        while not stop.is_set():
            began = time.monotonic()
            try:
                async with asyncio.timeout(seconds + ROUND_SECONDS):
                    await work()
            except Exception:
                log.exception("a round of the monitor has failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), max(0.1, seconds - (time.monotonic() - began)))

    async def _look(self) -> None:
        await asyncio.gather(self._look_at_kafka(), self._look_at_database())
        self._health.ok()

    async def _look_at_kafka(self) -> None:
        flow = await self._flow()
        if flow is not None:
            self._health.over(Cause.KAFKA)
        self._metrics.kafka_up.set(flow is not None)
        self._metrics.lag(
            (GROUP_OF[tp.topic], tp.topic, tp.partition, max(0, end - first), end) for tp, (first, end) in (flow or {}).items()
        )

    async def _look_at_database(self) -> None:
        answers = await self._database_answers()
        if answers:
            self._health.over(Cause.POSTGRES)
        self._metrics.database_up.set(answers)

    async def _flow(self) -> Ranges | None:
        try:
            async with asyncio.timeout(2 * ASK_MS / 1000):
                return await uncommitted(self._settings.cluster, FLOW, ASK_MS)
        except AWAY as problem:
            self._health.trouble(Cause.KAFKA, await self._settings.cluster.trouble(problem))
            return None

    async def _database_answers(self) -> bool:
        def ask() -> bool:
            with psycopg.connect(self._settings.postgres_uri, **ledger.LIVENESS) as connection:
                return connection.execute("SELECT 1").fetchone() is not None

        try:
            async with asyncio.timeout(2 * ASK_MS / 1000):  # one that hangs is as good as none
                return await asyncio.to_thread(ask)
        except AWAY as problem:
            self._health.trouble(Cause.POSTGRES, f"Postgres cannot be asked: {type(problem).__name__}")
            return False

    async def _ledger(self) -> None:
        lines: list[ledger.Line] = []  # what cannot be made up, or not in time, is shown as unknown
        try:
            intake = await asyncio.to_thread(self._journal.read)
            flow = await self._flow()
            if flow is not None and intake is not None:
                absent = await asyncio.to_thread(ledger.missing, self._settings.postgres_uri, self._journal)
                lines = ledger.made_up(intake, flow, absent, await self._answered(ledger.lost(flow, absent)))
        except AWAY as problem:
            log.warning("the ledger cannot be made up: %r", problem)
        finally:
            self._metrics.ledger(lines)

    async def _answered(self, nowhere: Sequence[ledger.Missing]) -> Set[str] | None:
        """Return which of what is nowhere enrich has answered; None where nothing is, or where that is not known yet."""
        if not nowhere:
            return None
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._answers.look(nowhere, self._journal)
        except AWAY:
            return None

    async def _canary(self) -> None:
        """Drop a canary, follow it to its rows, check them, and clear its file away."""
        one = canary(datetime.now(UTC))
        began = time.monotonic()
        try:
            await asyncio.to_thread(drop, self._settings.inbox, one)
        except OSError as problem:
            log.warning("no canary could be dropped: %s", problem)
            self._metrics.canary_failed.labels("not_dropped").inc()
            return
        found: Found | None = None
        while found is None and time.monotonic() - began < self._settings.canary_seconds:
            await asyncio.sleep(POLL_SECONDS)
            with suppress(psycopg.Error):
                found = await asyncio.to_thread(look_up, self._settings.postgres_uri, one)
        lacks = "late" if found is None else missing(found)
        if lacks is None:
            self._metrics.canary.observe(time.monotonic() - began)
            self._metrics.canary_passed.set_to_current_time()
        else:
            log.error("the canary %s did not come through whole: %s", one.name, lacks)
            self._metrics.canary_failed.labels(lacks).inc()
        for _ in range(CLEAR_TRIES):  # its rows may be there before its file is in _done
            if await asyncio.to_thread(clear, self._settings.inbox, one, whole=lacks is None):
                break
            await asyncio.sleep(POLL_SECONDS)


def drop(inbox: Path, one: Canary) -> None:
    """Put a canary into the inbox, its sidecar first, each whole by a rename. Raises OSError."""
    target = inbox / one.name
    target.parent.mkdir(exist_ok=True)
    for path, text in ((target.with_name(target.name + ledger.SIDECAR), one.sidecar), (target, one.text)):
        hidden = path.with_name(f".{path.name}.{os.getpid()}")
        hidden.write_text(text, "utf-8")
        hidden.replace(path)


def look_up(uri: str, one: Canary) -> Found | None:
    """Return what the database has of a canary, None where it is not there yet. Raises psycopg.Error."""
    with psycopg.connect(uri, **ledger.LIVENESS) as connection:
        there = connection.execute("SELECT 1 FROM sitrep.articles WHERE article_id = %s AND canary", (one.article_id,))
        if there.fetchone() is None:
            return None
        places = connection.execute(_PLACES, (one.article_id,)).fetchall()
        speakers = connection.execute(_SPEAKERS, (one.article_id,)).fetchall()
    return Found(tuple(name for (name,) in places), tuple(name for (name,) in speakers))


def clear(inbox: Path, one: Canary, *, whole: bool) -> bool:
    """Remove the files of a canary that came through, and all that are old: nobody wants to find thousands of them in _done.

    Return whether there is nothing left to do.
    """
    done = inbox / DONE / DIRECTORY
    oldest = time.time() - OLD_SECONDS
    gone = not whole
    try:
        for path in list(done.iterdir()):
            if (whole and path.name.startswith(Path(one.name).name)) or path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                gone = gone or path.name == Path(one.name).name
        if not any(done.iterdir()):
            done.rmdir()
    except FileNotFoundError:
        return gone
    except OSError as problem:  # the next one tries again
        log.warning("canaries cannot be cleared away: %s", problem)
        return True
    return gone


async def serve(settings: MonitorSettings, stop: asyncio.Event) -> None:
    """Run the monitor with its endpoint until told to stop."""
    metrics, health = MonitorMetrics([("data", settings.data), ("inbox", settings.inbox)]), Health(SILENT_SECONDS)
    endpoint = Endpoint(settings.metrics_host, settings.metrics_port, metrics.registry, health)
    log.info("monitor: metrics on http://%s:%d/metrics", settings.metrics_host, endpoint.port)
    try:
        await Monitor(settings, metrics, health).run(stop)
    finally:
        endpoint.close()
