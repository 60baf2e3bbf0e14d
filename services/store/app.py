"""The wiring of the store: records -> rows -> one transaction -> receipts -> offsets."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError
from aiokafka.structs import TopicPartition

from services.store import latency
from services.store.database import Database, receipts
from services.store.metrics import StoreMetrics
from services.store.read import Item, bad_record, read, refusal
from services.store.settings import StoreSettings
from sitrep.contracts import headers, identity
from sitrep.contracts.codes import RejectionCode, Stage
from sitrep.contracts.events import Receipt, Rejection
from sitrep.contracts.topics import ENRICHED_TOPIC, RECEIPT, RECEIPTS, REJECTED, REJECTED_TOPIC
from sitrep.runtime import clock
from sitrep.runtime.backoff import IN_PLACE, retrying
from sitrep.runtime.endpoint import Endpoint
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.flood import Flood
from sitrep.runtime.health import Health, keep_asking
from sitrep.runtime.kafka import Publisher, Record, consumer, topics_of, wait_for_topics
from sitrep.runtime.outcomes import Cause, Retry
from sitrep.runtime.process import unless_stopped
from sitrep.runtime.records import Incoming

T = TypeVar("T")
log = logging.getLogger(__name__)

GROUP = "sitrep-store"
POLL_MS = 250
COMMIT_SECONDS = 30.0
SILENT_SECONDS = 240.0
"""More than the longest transaction and the commit after it."""
SLICE_BYTES = 4 * 1024 * 1024
"""Of values in one transaction: their rows and what is made of them take up to ten times that."""


class Store:
    """Takes records in batches and acknowledges a batch only when its rows are committed and its receipts sent."""

    def __init__(self, settings: StoreSettings, metrics: StoreMetrics, health: Health) -> None:
        self.flood = Flood(settings.flood_limit, Stage.STORE, metrics, health)
        self._settings = settings
        self._metrics = metrics
        self._health = health
        self._assignment = Assignment()
        self._failpoints = Failpoints.of(settings)
        self._database = Database(settings.postgres_uri, self._failpoints)
        self._publisher = Publisher(settings.cluster, "sitrep-store")

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop. Raises Retry where broker or database stay away too long."""
        cluster = self._settings.cluster
        if not await unless_stopped(stop, wait_for_topics(cluster, self._health, (ENRICHED_TOPIC, REJECTED_TOPIC, RECEIPTS))):
            return

        asks: dict[Cause, Callable[[], Awaitable[object]]] = {
            Cause.KAFKA: partial(topics_of, cluster),
            Cause.POSTGRES: self._database.ask,
        }
        asking = asyncio.create_task(keep_asking(asks, self._health, stop))
        incoming = consumer(self._settings.cluster, GROUP, self._settings.slot, "sitrep-store")
        incoming.subscribe([ENRICHED_TOPIC.name, REJECTED_TOPIC.name], listener=self._assignment)
        try:
            await incoming.start()
            self._health.ok()
            while not stop.is_set():
                if self.flood.stopped:
                    await self._wait(incoming)
                else:
                    self._health.ok()
                    await self._round(incoming)
        except KafkaError as problem:
            raise Retry(Cause.KAFKA, f"Kafka: {type(problem).__name__} {problem}") from problem
        finally:
            asking.cancel()
            await self._publisher.close()
            await self._database.close()
            try:
                await incoming.stop()
            except Exception as problem:  # noqa: BLE001 - the end is near, and must not hide why
                log.info("while leaving the group: %r", problem)

    async def _wait(self, incoming: AIOKafkaConsumer) -> None:
        """Stay in the group without taking anything; what comes of a partition that was given to us just now is put back."""
        self._health.ok()
        incoming.pause(*incoming.assignment())
        for partition, taken in (await incoming.getmany(timeout_ms=POLL_MS)).items():
            incoming.seek(partition, taken[0].offset)

    async def _round(self, incoming: AIOKafkaConsumer) -> None:
        incoming.resume(*incoming.paused())
        fetched = await incoming.getmany(timeout_ms=POLL_MS, max_records=self._settings.store_batch)
        epochs = self._assignment.epochs(fetched)
        records = [
            Incoming(r.topic, r.partition, r.offset, r.key, r.value, r.headers) for part in fetched.values() for r in part
        ]
        self._metrics.received.inc(len(records))
        done: dict[TopicPartition, int] = {}
        for some in slices(records):
            if self.flood.stopped:  # what is left of the round is read again when it goes on
                for partition in incoming.assignment() & set(fetched):
                    if self._assignment.epochs([partition])[partition] == epochs[partition]:
                        incoming.seek(partition, done.get(partition, fetched[partition][0].offset))
                return
            began = time.perf_counter()
            await self._process(some)
            await self._commit(incoming, some, epochs)
            done |= {TopicPartition(record.topic, record.partition): record.offset + 1 for record in some}
            self._failpoints.kill("store.after_offset_commit")
            self._metrics.duration.observe(time.perf_counter() - began)
            self._metrics.last_progress.set_to_current_time()

    async def _process(self, records: Sequence[Incoming]) -> None:
        at = clock.now()
        outcomes = [read(record, at) for record in records]
        items = [outcome for outcome in outcomes if isinstance(outcome, Item)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
        began = time.perf_counter()
        bad = await self._persistently(lambda: self._database.write(items, at)) if items else []
        self._metrics.transaction.observe(time.perf_counter() - began)
        self._metrics.batch.observe(len(items))
        await self._keep_refused_rejections(bad, at)
        code = RejectionCode.REFUSED_BY_DATABASE
        refused += [refusal(item.record, code, reason, at) for item, reason in bad if not _is_rejection(item)]
        not_stored = {id(item) for item, _ in bad}
        stored = [item for item in items if id(item) not in not_stored]
        await self._send_rejections(refused)
        await self._send_receipts(stored, at)
        not_taken = {id(item.record) for item, _ in bad if not _is_rejection(item)}
        not_taken |= {id(record) for record, outcome in zip(records, outcomes, strict=True) if isinstance(outcome, Rejection)}
        # What comes back of its own refusals is no sign that all is well.
        self.flood.note(id(record) in not_taken for record in records if record.topic != REJECTED_TOPIC.name)
        self._measure(stored)

    def _measure(self, stored: Sequence[Item]) -> None:
        """Count rows, and how long each record was on its way, with an article to look at in each bucket."""
        now = datetime.now(UTC)
        for item in stored:
            exemplar = {"article_id": item.article_id} if item.article_id else None
            if (seconds := latency.since_ready(item, now)) is not None:
                self._metrics.since_ready.observe(seconds, exemplar)
            if (seconds := latency.since_published(item, now)) is not None:
                self._metrics.since_published.observe(seconds, exemplar)
            for table, count in item.rows.counts().items():
                self._metrics.rows.labels(table).inc(count)

    async def _keep_refused_rejections(self, bad: Sequence[tuple[Item, str]], at: str) -> None:
        """Write what Postgres refuses of news.rejected as rows of its own: it is never sent there again."""
        kept = [bad_record(item.record, reason, at) for item, reason in bad if _is_rejection(item)]
        if kept:
            await self._persistently(lambda: self._database.write(kept, at))

    async def _send_rejections(self, refused: Sequence[Rejection]) -> None:
        records = []
        for rejection in refused:
            value = rejection.to_bytes()
            run = rejection.headers.get("sitrep_run")
            head = headers.write(value, REJECTED, Stage.STORE, at=rejection.at, trace=rejection.article_id, run=run)
            records.append(Record(REJECTED_TOPIC, rejection.record_key, value, head))
            log.warning("refused %s: %s", rejection.key, rejection.sentence)
        await self._persistently(lambda: self._publisher.publish(records))
        for rejection in refused:
            self._metrics.rejected.labels(rejection.code).inc()

    async def _send_receipts(self, stored: Sequence[Item], at: str) -> None:
        records = []
        runs = {
            identity.receipt_key(item.article_id, item.sighting): headers.Headers.read(item.record.headers).run
            for item in stored
            if item.article_id is not None
        }
        for row in receipts(stored, at):
            receipt = Receipt(**{**row, "sighting": row["sighting"] or None})
            value = receipt.to_bytes()
            head = headers.write(value, RECEIPT, Stage.STORE, at=at, trace=receipt.article_id, run=runs.get(receipt.record_key))
            records.append(Record(RECEIPTS, receipt.record_key, value, head))
        await self._persistently(lambda: self._publisher.publish(records))
        self._metrics.sent.labels(RECEIPT.name).inc(len(records))

    async def _persistently(self, action: Callable[[], Awaitable[T]]) -> T:
        """Return what `action` returns, tried again in place."""
        result = await retrying(action, IN_PLACE, self._health, on_retry=self._metrics.retried.inc)
        self._health.ok()
        return result

    async def _commit(self, incoming: AIOKafkaConsumer, records: Sequence[Incoming], epochs: dict[TopicPartition, int]) -> None:
        """Commit the offset after the last record of each partition that was not away since it was fetched.

        A partition that was with another store meanwhile may be further on, and no offset is ever committed backwards.
        """
        offsets: dict[TopicPartition, int] = {}
        for record in records:
            partition = TopicPartition(record.topic, record.partition)
            offsets[partition] = max(offsets.get(partition, 0), record.offset + 1)
        offsets = {p: offset for p, offset in offsets.items() if self._assignment.epochs([p]).get(p) == epochs.get(p)}
        if not offsets:
            return
        try:
            await asyncio.wait_for(incoming.commit(offsets), COMMIT_SECONDS)
            self._health.over(Cause.KAFKA_OFFSETS)
        except TimeoutError:
            self._health.trouble(Cause.KAFKA_OFFSETS, f"offsets could not be committed within {COMMIT_SECONDS:.0f} s")
        except (CommitFailedError, IllegalStateError) as problem:
            # Normal in a rebalance: another store has the partition now and writes the same rows again.
            log.info("offsets not committed: %r", problem)


class Assignment(ConsumerRebalanceListener):
    """Counts how often each partition was given to this consumer, so that a stay can be told from the next one."""

    def __init__(self) -> None:
        self._epochs: dict[TopicPartition, int] = {}

    def epochs(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        """Return the number of the present stay of each partition."""
        return {partition: self._epochs.get(partition, 0) for partition in partitions}

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """End the stay of the revoked partitions."""
        self._epochs |= {partition: self._epochs.get(partition, 0) + 1 for partition in revoked}

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Nothing: a stay begins when the last one has ended."""


def slices(records: Sequence[Incoming]) -> Iterator[list[Incoming]]:
    """Yield the records in order, in slices whose rows fit into memory several times over."""
    made: list[Incoming] = []
    size = 0
    for record in records:
        made.append(record)
        size += len(record.value or b"")
        if size >= SLICE_BYTES:
            yield made
            made, size = [], 0
    if made:
        yield made


def _is_rejection(item: Item) -> bool:
    return item.record.topic == REJECTED_TOPIC.name


async def serve(settings: StoreSettings, stop: asyncio.Event) -> None:
    """Run the store with its endpoint until told to stop."""
    metrics, health = StoreMetrics(), Health(SILENT_SECONDS)
    store = Store(settings, metrics, health)
    endpoint = Endpoint(settings.metrics_host, settings.metrics_port, metrics.registry, health, store.flood.resume)
    log.info("store: metrics on http://%s:%d/metrics", settings.metrics_host, endpoint.port)
    try:
        await store.run(stop)
    finally:
        endpoint.close()
