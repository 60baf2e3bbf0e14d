"""The wiring of the store: records -> rows -> one transaction -> receipts -> offsets."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError
from aiokafka.structs import TopicPartition

from services.store.database import Database, receipts
from services.store.metrics import StoreMetrics
from services.store.read import Incoming, Item, read, refusal
from services.store.settings import StoreSettings
from sitrep.contracts import headers
from sitrep.contracts.codes import RejectionCode, Stage
from sitrep.contracts.events import Receipt, Rejection
from sitrep.contracts.topics import ENRICHED_TOPIC, RECEIPT, RECEIPTS, REJECTED, REJECTED_TOPIC
from sitrep.runtime import clock
from sitrep.runtime.backoff import IN_PLACE, retrying
from sitrep.runtime.endpoint import Endpoint, Health
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.kafka import Publisher, Record, consumer, wait_for_topics
from sitrep.runtime.outcomes import Retry
from sitrep.runtime.process import unless_stopped

T = TypeVar("T")
log = logging.getLogger(__name__)

GROUP = "sitrep-store"
POLL_MS = 250


class Store:
    """Takes records in batches and acknowledges a batch only when its rows are committed and its receipts sent."""

    def __init__(self, settings: StoreSettings, metrics: StoreMetrics, health: Health) -> None:
        self._settings = settings
        self._metrics = metrics
        self._health = health
        self._failpoints = Failpoints.of(settings)
        self._database = Database(settings.postgres_uri, self._failpoints)
        self._publisher = Publisher(settings.kafka_bootstrap, "sitrep-store")

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop. Raises Retry where broker or database stay away too long."""
        if not await unless_stopped(stop, wait_for_topics(self._settings.kafka_bootstrap)):
            return
        incoming = consumer(self._settings.kafka_bootstrap, GROUP, self._settings.slot, "sitrep-store")
        incoming.subscribe([ENRICHED_TOPIC.name, REJECTED_TOPIC.name])
        try:
            await incoming.start()
            self._health.ok()
            while not stop.is_set():
                await self._round(incoming)
        except KafkaError as problem:
            raise Retry(f"Kafka: {type(problem).__name__} {problem}") from problem
        finally:
            await incoming.stop()
            await self._publisher.close()
            await self._database.close()

    async def _round(self, incoming: AIOKafkaConsumer) -> None:
        fetched = await incoming.getmany(timeout_ms=POLL_MS, max_records=self._settings.store_batch)
        records = [
            Incoming(r.topic, r.partition, r.offset, r.key, r.value, r.headers) for part in fetched.values() for r in part
        ]
        if not records:
            return
        began = time.perf_counter()
        self._metrics.received.inc(len(records))
        await self._process(records)
        await self._commit(incoming, records)
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
        code = RejectionCode.REFUSED_BY_DATABASE
        refused += [refusal(item.record, code, reason, at) for item, reason in bad]
        not_stored = {id(item) for item, _ in bad}
        stored = [item for item in items if id(item) not in not_stored]
        await self._send_rejections(refused)
        await self._send_receipts(stored, at)
        for item in stored:
            for table, count in item.rows.counts().items():
                self._metrics.rows.labels(table).inc(count)

    async def _send_rejections(self, refused: Sequence[Rejection]) -> None:
        records = []
        for rejection in refused:
            value = rejection.to_bytes()
            head = headers.write(value, REJECTED, Stage.STORE, at=rejection.at, trace=rejection.article_id)
            records.append(Record(REJECTED_TOPIC, rejection.record_key, value, head))
            log.warning("refused %s: %s", rejection.key, rejection.sentence)
        await self._persistently(lambda: self._publisher.publish(records))
        for rejection in refused:
            self._metrics.rejected.labels(rejection.code).inc()

    async def _send_receipts(self, stored: Sequence[Item], at: str) -> None:
        records = []
        for row in receipts(stored, at):
            receipt = Receipt(**{**row, "sighting": row["sighting"] or None})
            value = receipt.to_bytes()
            head = headers.write(value, RECEIPT, Stage.STORE, at=at, trace=receipt.article_id)
            records.append(Record(RECEIPTS, receipt.record_key, value, head))
        await self._persistently(lambda: self._publisher.publish(records))
        self._metrics.sent.labels(RECEIPT.name).inc(len(records))

    async def _persistently(self, action: Callable[[], Awaitable[T]]) -> T:
        """Return what `action` returns, tried again in place."""

        def on_retry() -> None:
            self._metrics.retried.inc()
            self._health.failing("waiting for Kafka or Postgres")

        result = await retrying(action, IN_PLACE, on_retry=on_retry)
        self._health.ok()
        return result

    async def _commit(self, incoming: AIOKafkaConsumer, records: Sequence[Incoming]) -> None:
        """Commit the offset after the last record of each partition."""
        offsets: dict[TopicPartition, int] = {}
        for record in records:
            partition = TopicPartition(record.topic, record.partition)
            offsets[partition] = max(offsets.get(partition, 0), record.offset + 1)
        try:
            await incoming.commit(offsets)
        except (CommitFailedError, IllegalStateError) as problem:
            # Normal in a rebalance: another store has the partition now and writes the same rows again.
            log.info("offsets not committed, the partitions have moved: %s", problem)


async def serve(settings: StoreSettings, stop: asyncio.Event) -> None:
    """Run the store with its endpoint until told to stop."""
    metrics, health = StoreMetrics(), Health()
    endpoint = Endpoint(settings.metrics_host, settings.metrics_port, metrics.registry, health)
    log.info("store: metrics on http://%s:%d/metrics", settings.metrics_host, endpoint.port)
    try:
        await Store(settings, metrics, health).run(stop)
    finally:
        endpoint.close()
