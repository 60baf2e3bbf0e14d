"""The wiring of ingest: inbox -> steps -> confirmed records -> journal -> `_done` or `_rejected`."""

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import islice
from typing import TypeVar

from aiokafka.errors import KafkaError
from watchfiles import Change, awatch

from services.ingest import disk, language, outbox
from services.ingest.inbox import CLAIMED, DONE, REJECTED, Inbox, InboxGoneError
from services.ingest.intake import Intake
from services.ingest.journal import open_journal, set_aside
from services.ingest.metrics import IngestMetrics
from services.ingest.outbox import Batch
from services.ingest.readiness import Patience, Settling, ignore_lease_breaks
from services.ingest.rebuild import rebuild
from services.ingest.settings import IngestSettings
from services.ingest.work import FileWork, Ready, Step, too_large
from services.ingest.work import Refused as RefusedStep
from sitrep.contracts.topics import RAW, REJECTED_TOPIC
from sitrep.runtime import clock
from sitrep.runtime.backoff import FOR_EVER, IN_PLACE, Backoff, retrying
from sitrep.runtime.endpoint import Endpoint
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.health import Health, keep_asking
from sitrep.runtime.kafka import Publisher, TooLargeError, topics_of, wait_for_topics
from sitrep.runtime.outcomes import Cause, Retry
from sitrep.runtime.process import unless_stopped

T = TypeVar("T")
log = logging.getLogger(__name__)

TICK_SECONDS = 0.02
"""By which a look is later than the moment that a file has settled, lest it be a little too early."""

SILENT_SECONDS = 240.0
"""More than one look at the inbox, or one batch, takes."""

TEXT_LIMIT = 4 * 1024 * 1024
"""Characters of text that are read ahead of Kafka's confirmation."""


class Ingest:
    """Takes files in and lets go of each only when everything in it is confirmed and written down."""

    def __init__(self, settings: IngestSettings, inbox: Inbox, metrics: IngestMetrics, health: Health) -> None:
        self._settings = settings
        self._metrics = metrics
        self._health = health
        self._failpoints = Failpoints.of(settings)
        self._inbox = inbox
        self._journal_path = settings.data / "ingest" / "journal.sqlite"
        self._journal = open_journal(self._journal_path)
        self._settling = Settling(Patience(settings.settle_seconds, settings.unsure_seconds, settings.give_up_seconds))
        self._intake = Intake(self._inbox, self._journal, self._settling, metrics, self._failpoints, settings.published)
        self._publisher = Publisher(settings.cluster, "sitrep-ingest", lambda: self._failpoints.kill("ingest.after_send"))
        self._hint = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop. Raises Retry where the broker stays away too long."""
        cluster = self._settings.cluster
        if not await unless_stopped(stop, wait_for_topics(cluster, self._health, (RAW, REJECTED_TOPIC))):
            return
        if not self._journal.complete:
            read = await self._persistently(self._rebuild, FOR_EVER)
            log.info("the journal was made from %d records on the topics", read)

        beside = [
            asyncio.create_task(self._watch(stop)),
            asyncio.create_task(
                keep_asking({Cause.KAFKA: partial(topics_of, cluster), Cause.DISK_SPACE: self._space}, self._health, stop)
            ),
        ]
        try:
            while not stop.is_set():
                if not await self._look(stop):
                    await self._pause(stop)
        finally:
            for task in beside:
                task.cancel()
            await self._publisher.close()
            self._journal.close()

    async def _look(self, stop: asyncio.Event) -> bool:
        """Look through the inbox once and take what is ready; return whether anything was."""
        self._health.ok()
        try:
            ready = await self._on_disk(self._intake.scan)
        except Retry as problem:
            self._metrics.retried.inc()
            self._metrics.inbox_gone.set(problem.cause is Cause.INBOX)
            self._health.trouble(problem.cause, str(problem))
            return False
        self._metrics.inbox_gone.set(0)
        self._health.over(Cause.INBOX)
        if not ready and not self._intake.sets_aside:
            self._health.over(Cause.DISK)
        # What cannot be sent or written down is better left where it is than claimed.
        if not ready or self._health.lacks(Cause.KAFKA) or self._health.lacks(Cause.DISK_SPACE):
            return False
        return await self._take(self._intake.steps(ready), stop)

    async def _space(self) -> None:
        """Raise Retry where there is no space on a disk that intake writes to."""
        await self._on_disk(partial(disk.check, (self._settings.data, self._settings.inbox)))

    async def _rebuild(self) -> int:
        try:
            return await rebuild(self._journal, self._settings.cluster)
        except (KafkaError, OSError, sqlite3.OperationalError) as problem:
            raise Retry(Cause.KAFKA, f"Kafka or the journal: {problem}") from problem

    async def _pause(self, stop: asyncio.Event) -> None:
        """Wait for a hint, for the next full look, or for what is settling; whichever is first."""
        seconds = self._settings.rescan_seconds
        if (due := self._settling.due) is not None:
            seconds = min(seconds, due + TICK_SECONDS)
        waits = [asyncio.ensure_future(event.wait()) for event in (self._hint, stop)]
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        self._hint.clear()

    async def _watch(self, stop: asyncio.Event) -> None:
        """Set the hint when something happens in the inbox. It is only a hint: without it the rescan finds everything."""
        own = tuple(str(self._inbox.root.absolute() / area) for area in (CLAIMED, DONE, REJECTED))

        def theirs(_change: Change, path: str) -> bool:
            return not path.startswith(own)

        while not stop.is_set():
            if self._health.lacks(Cause.INBOX):  # a watcher of a directory that is gone sees nothing of its successor
                await asyncio.sleep(self._settings.rescan_seconds)
                continue
            try:
                hints = awatch(self._inbox.root, watch_filter=theirs, stop_event=stop, debounce=50, yield_on_timeout=True)
                async for changes in hints:
                    if self._health.lacks(Cause.INBOX):
                        break
                    if changes:
                        self._hint.set()
            except Exception as problem:  # noqa: BLE001 - a name that is no text ends the watcher, and nothing else may
                log.warning("no change notices from the system, the inbox is looked through instead: %s", problem)
                await asyncio.sleep(self._settings.rescan_seconds)

    async def _take(self, steps: Iterator[Step], stop: asyncio.Event) -> bool:
        """Send the steps in batches; return whether there were any.

        A file is moved only after the batch with its last part is confirmed.
        """
        some = False
        while not stop.is_set():
            began = time.perf_counter()
            taken, failed = await self._persistently(
                partial(self._on_disk, partial(_limited, steps, self._settings.ingest_batch)), IN_PLACE
            )
            if taken:
                some = True
                await self._finished(taken, began)
            if failed is not None:  # what was claimed is taken up again with a later look
                self._metrics.retried.inc()
                self._health.trouble(Cause.DISK, _disk_says(failed))
                return False
            if not taken:
                self._health.over(Cause.DISK)
                return some
        return some

    async def _finished(self, steps: list[Step], began: float) -> None:
        """Return when the steps are confirmed by Kafka, written down, and their files where they end."""
        batch = await self._confirmed(steps, time.perf_counter() - began)
        self._failpoints.kill("ingest.after_ack")
        await self._persistently(partial(self._on_disk, partial(self._write_down, batch)), IN_PLACE)
        self._count(batch)
        self._metrics.duration.observe(time.perf_counter() - began)
        self._metrics.last_progress.set_to_current_time()
        self._health.ok()  # one look may have more to take than a service may be silent

    async def _confirmed(self, steps: list[Step], seconds: float) -> Batch:
        """Return the batch of the steps when Kafka has confirmed all of it."""
        while True:
            make = partial(outbox.batch, steps, self._journal, clock.now, seconds)
            batch = await self._persistently(partial(self._on_disk, make), IN_PLACE)
            try:
                await self._persistently(partial(self._publisher.publish, batch.records), IN_PLACE)
            except TooLargeError as problem:
                steps = [self._shrunk(step, problem) for step in steps]
            else:
                return batch

    def _shrunk(self, step: Step, problem: TooLargeError) -> Step:
        """Return the refusal of an article whose record is too large; any other step as it is."""
        if isinstance(step, Ready) and step.article.article_id == problem.record.key:
            step.work.good -= 1
            return RefusedStep(step.work, too_large(step.article, step.work, clock.now()))
        return step

    def _write_down(self, batch: Batch) -> None:
        self._journal.record(batch.transitions, batch.sightings)
        batch.transitions, batch.sightings = [], []  # written once, also where a move has to be tried again
        while batch.finished:
            self._finish(batch.finished[0])
            batch.finished.pop(0)

    def _finish(self, work: FileWork) -> None:
        """Move a file to where it ends; one that cannot go there does not keep the others from going on."""
        area = DONE if work.good else REJECTED
        error_file = None
        if work.errors:
            error_file = json.dumps(work.error_file(), indent=1, ensure_ascii=False).encode("utf-8", "replace")
        try:
            self._intake.finish(work, area, error_file)
        except OSError as problem:
            if problem.errno in disk.PASSING:
                raise
            log.warning("%s cannot be moved to its place in %s: %s", work.key, area, problem)
            self._finish_elsewhere(work, area, error_file)
        self._metrics.files.labels(area.removeprefix("_")).inc()

    def _finish_elsewhere(self, work: FileWork, area: str, error_file: bytes | None) -> None:
        try:
            self._intake.finish_flat(work, area, error_file)
        except OSError as problem:
            if problem.errno in disk.PASSING:
                raise
            log.error("%s stays in %s: %s", work.key, CLAIMED, problem)  # noqa: TRY400 - the sentence says it
            self._intake.set_aside(work.path)

    def _count(self, batch: Batch) -> None:
        for rejection in batch.rejected:
            self._metrics.rejected.labels(rejection.code).inc()
            log.warning("refused %s: %s", rejection.key, rejection.sentence)
        for record in batch.records:
            if record.topic is RAW:
                type_ = next(value.decode() for name, value in record.headers if name == "ce_type")
                self._metrics.sent.labels(type_).inc()

    async def _on_disk(self, action: Callable[[], T]) -> T:
        """Return what a blocking action returns. Raises Retry where the inbox is gone, or our disk does not let us."""
        try:
            return await asyncio.to_thread(action)
        except InboxGoneError as problem:
            raise Retry(Cause.INBOX, str(problem)) from problem
        except (OSError, sqlite3.OperationalError) as problem:
            raise Retry(Cause.DISK, _disk_says(problem)) from problem
        except sqlite3.DatabaseError:
            set_aside(self._journal_path)
            raise

    async def _persistently(self, action: Callable[[], Awaitable[T]], policy: Backoff) -> T:
        """Return what `action` returns, tried again in place."""
        return await retrying(action, policy, self._health, on_retry=self._metrics.retried.inc)


def _limited(steps: Iterator[Step], most: int) -> tuple[list[Step], OSError | None]:
    """Return the next steps, up to `most`, and fewer where their texts are long; and the error that ended them, if one did."""
    taken: list[Step] = []
    characters = 0
    try:
        for step in islice(steps, most):
            taken.append(step)
            characters += len(step.article.text) if isinstance(step, Ready) else 0
            if characters >= TEXT_LIMIT:
                break
    except OSError as problem:
        return taken, problem
    return taken, None


def _disk_says(problem: Exception) -> str:
    return f"the disk of the inbox or of the data directory fails: {problem}"


async def serve(settings: IngestSettings, stop: asyncio.Event) -> None:
    """Run ingest with its endpoint until told to stop. Raises SettingsError where another one has the inbox."""
    ignore_lease_breaks()
    metrics, health = IngestMetrics(), Health(SILENT_SECONDS)
    inbox = Inbox(settings.inbox)
    inbox.make()
    inbox.acquire()
    endpoint = Endpoint(settings.metrics_host, settings.metrics_port, metrics.registry, health)
    log.info("ingest: watching %s, metrics on http://%s:%d/metrics", settings.inbox, settings.metrics_host, endpoint.port)
    try:
        # Before the first file: without it every report would fail.
        await retrying(_loaded, FOR_EVER, health)
        await Ingest(settings, inbox, metrics, health).run(stop)
    finally:
        endpoint.close()
        inbox.release()


async def _loaded() -> None:
    """Load what tells languages apart. Raises Retry where its disk has no room."""
    try:
        await asyncio.to_thread(language.load)
    except OSError as problem:
        raise Retry(Cause.DISK, f"the model that tells languages apart cannot be unpacked: {problem}") from problem
