"""The wiring of the monitor: it asks Kafka, Postgres, the journal and the inbox, and shows what they say."""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from aiokafka.errors import KafkaError

from services.monitor import ledger
from services.monitor.canary import DIRECTORY, Canary, Found, canary, missing
from services.monitor.metrics import MonitorMetrics
from services.monitor.settings import MonitorSettings
from sitrep.runtime.endpoint import Endpoint, Health
from sitrep.runtime.inflight import Ranges, uncommitted

log = logging.getLogger(__name__)

ASK_MS = 5000
POLL_SECONDS = 0.5
DONE = "_done"
SIDECAR = ".meta.json"
SILENT_SECONDS = 60.0
GROUP_OF = {topic.name: group for group, topic in ledger.GROUPS}
AWAY = (KafkaError, OSError, TimeoutError, psycopg.Error)
_PLACES = "SELECT name FROM sitrep.article_entities WHERE article_id = %s AND entity_id LIKE 'gn:%%'"
_SPEAKERS = "SELECT speaker_name FROM sitrep.claims WHERE article_id = %s"


class Monitor:
    """Three rounds beside each other: servers and lag, the ledger, and the canaries where they are wanted."""

    def __init__(self, settings: MonitorSettings, metrics: MonitorMetrics, health: Health) -> None:
        self._settings = settings
        self._metrics = metrics
        self._health = health
        self._journal = ledger.Journal(settings.data, settings.inbox)

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
        while not stop.is_set():
            began = time.monotonic()
            await work()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), max(0.1, seconds - (time.monotonic() - began)))

    async def _look(self) -> None:
        flow, answers = await asyncio.gather(self._flow(), asyncio.to_thread(self._database_answers))
        self._metrics.kafka_up.set(flow is not None)
        self._metrics.database_up.set(answers)
        self._metrics.lag(
            (GROUP_OF[tp.topic], tp.topic, tp.partition, max(0, end - first), end) for tp, (first, end) in (flow or {}).items()
        )
        self._health.ok()

    async def _flow(self) -> Ranges | None:
        try:
            async with asyncio.timeout(2 * ASK_MS / 1000):
                return await uncommitted(self._settings.kafka_bootstrap, ledger.GROUPS, ASK_MS)
        except AWAY as problem:
            log.warning("Kafka cannot be asked: %r", problem)
            return None

    def _database_answers(self) -> bool:
        try:
            with psycopg.connect(self._settings.postgres_uri, connect_timeout=5) as connection:
                return connection.execute("SELECT 1").fetchone() is not None
        except psycopg.Error as problem:
            log.warning("Postgres cannot be asked: %s", problem)
            return False

    async def _ledger(self) -> None:
        try:
            intake = await asyncio.to_thread(self._journal.read)
            flow = await self._flow()
            if flow is None:
                self._metrics.ledger([])
                return
            rows = await asyncio.to_thread(ledger.stored, self._settings.postgres_uri)
        except AWAY as problem:
            log.warning("the ledger cannot be made up: %r", problem)
            self._metrics.ledger([])
            return
        self._metrics.ledger(ledger.made_up(intake, flow, rows))

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
            await asyncio.to_thread(clear, self._settings.inbox, one)
        else:
            log.error("the canary %s did not come through whole: %s", one.name, lacks)
            self._metrics.canary_failed.labels(lacks).inc()


def drop(inbox: Path, one: Canary) -> None:
    """Put a canary into the inbox, its sidecar first, each whole by a rename. Raises OSError."""
    target = inbox / one.name
    target.parent.mkdir(exist_ok=True)
    for path, text in ((target.with_name(target.name + SIDECAR), one.sidecar), (target, one.text)):
        hidden = path.with_name(f".{path.name}.{os.getpid()}")
        hidden.write_text(text, "utf-8")
        hidden.replace(path)


def look_up(uri: str, one: Canary) -> Found | None:
    """Return what the database has of a canary, None where it is not there yet. Raises psycopg.Error."""
    with psycopg.connect(uri, connect_timeout=5) as connection:
        there = connection.execute("SELECT 1 FROM sitrep.articles WHERE article_id = %s AND canary", (one.article_id,))
        if there.fetchone() is None:
            return None
        places = connection.execute(_PLACES, (one.article_id,)).fetchall()
        speakers = connection.execute(_SPEAKERS, (one.article_id,)).fetchall()
    return Found(tuple(name for (name,) in places), tuple(name for (name,) in speakers))


def clear(inbox: Path, one: Canary) -> None:
    """Remove the files of a canary that came through: nobody wants to find thousands of them in _done."""
    place = inbox / DONE / one.name
    for path in (place.with_name(place.name + SIDECAR), place):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        (inbox / DONE / DIRECTORY).rmdir()


async def serve(settings: MonitorSettings, stop: asyncio.Event) -> None:
    """Run the monitor with its endpoint until told to stop."""
    metrics, health = MonitorMetrics([("data", settings.data), ("inbox", settings.inbox)]), Health(SILENT_SECONDS)
    endpoint = Endpoint(settings.metrics_host, settings.metrics_port, metrics.registry, health)
    log.info("monitor: metrics on http://%s:%d/metrics", settings.metrics_host, endpoint.port)
    try:
        await Monitor(settings, metrics, health).run(stop)
    finally:
        endpoint.close()
