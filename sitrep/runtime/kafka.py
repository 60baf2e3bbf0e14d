"""Kafka with our safe settings: confirmed sends, topics made explicitly, a broker that may be away."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, TopicAlreadyExistsError, for_code

from sitrep.contracts.headers import RawHeaders
from sitrep.contracts.topics import ALL, MAX_RECORD, Topic
from sitrep.runtime.backoff import FOR_EVER, retrying
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.health import Health
from sitrep.runtime.outcomes import Cause, Retry

log = logging.getLogger(__name__)

REQUEST_TIMEOUT_MS = 15_000
ASK_MS = 5_000


@dataclass(frozen=True)
class Record:
    """One record to be sent."""

    topic: Topic
    key: str
    value: bytes
    headers: RawHeaders


class TooLargeError(Exception):
    """A record is larger than its topic takes; none of the batch that it was in may be assumed to be sent."""

    def __init__(self, record: Record) -> None:
        super().__init__(f"{len(record.value):,} bytes for {record.topic.name}")
        self.record = record


class Publisher:
    """Sends records and returns when the broker has confirmed all of them (acks=all, idempotent)."""

    def __init__(self, cluster: Cluster, client_id: str, after_send: Callable[[], None] = lambda: None) -> None:
        """Prepare to send; `after_send` is called between the hand-over to the client and the wait for the broker."""
        self._cluster = cluster
        self._client_id = client_id
        self._after_send = after_send
        self._producer: AIOKafkaProducer | None = None

    async def publish(self, records: Sequence[Record]) -> None:
        """Return when every record is confirmed.

        Raises TooLargeError before anything is sent, or Retry where the broker did not confirm all of them: then some may
        be there, which is why whoever reads them goes by derived ids.
        """
        for record in records:
            self.check(record)
        if not records:
            return
        try:
            producer = await self._started()
            confirmations = []
            for r in records:
                sent = await producer.send(r.topic.name, key=r.key.encode(), value=r.value, headers=r.headers)
                sent.add_done_callback(_seen)
                confirmations.append(sent)
            self._after_send()
            await asyncio.gather(*confirmations)
        except (KafkaError, OSError, TimeoutError) as problem:
            # After a failed batch an idempotent producer's sequence numbers are in doubt: begin with a new one.
            await self.close()
            if isinstance(problem, MessageSizeTooLargeError):
                raise
            raise Retry(Cause.KAFKA_SEND, f"Kafka did not confirm: {type(problem).__name__} {problem}") from problem

    @staticmethod
    def check(record: Record) -> None:
        """Raise TooLargeError where a record is larger than its topic takes."""
        # The broker counts the batch with its framing and the headers; 1 KiB is more than the framing takes.
        overhead = 1024 + len(record.key.encode()) + sum(len(name) + len(value) for name, value in record.headers)
        if len(record.value) + overhead > record.topic.max_record:
            raise TooLargeError(record)

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(
                **self._cluster.options,
                client_id=self._client_id,
                acks="all",
                enable_idempotence=True,
                max_request_size=MAX_RECORD,
                request_timeout_ms=REQUEST_TIMEOUT_MS,
                linger_ms=2,
            )
            try:
                await producer.start()
            except BaseException:
                await producer.stop()
                raise
            self._producer = producer
        return self._producer

    async def close(self) -> None:
        """Let go of the connection; the next publish opens another."""
        producer, self._producer = self._producer, None
        if producer is not None:
            try:
                await asyncio.wait_for(producer.stop(), 5)
            except (KafkaError, OSError, TimeoutError) as problem:
                log.debug("while closing the producer: %r", problem)


def _seen(confirmation: "asyncio.Future[object]") -> None:
    """Look at the outcome, so that asyncio does not report as forgotten what the first failure already told."""
    if not confirmation.cancelled():
        confirmation.exception()


async def topics_of(cluster: Cluster) -> set[str]:
    """Return the names of the topics that the broker has. Raises Retry where it does not answer."""
    try:
        admin = AIOKafkaAdminClient(**cluster.options, request_timeout_ms=ASK_MS)
        try:
            async with asyncio.timeout(2 * ASK_MS / 1000):
                await admin.start()
                return set(await admin.list_topics())
        finally:
            await admin.close()
    except (KafkaError, OSError, TimeoutError) as problem:
        raise Retry(Cause.KAFKA, await cluster.trouble(problem)) from problem


async def ask_for_topics(cluster: Cluster, topics: Sequence[Topic]) -> None:
    """Return if the broker answers and has the topics. Raises Retry."""
    there = await topics_of(cluster)
    if missing := sorted(topic.name for topic in topics if topic.name not in there):
        raise Retry(Cause.KAFKA, f"Kafka has no topic {', '.join(missing)} yet; `sitrep topics` makes them")


async def wait_for_topics(cluster: Cluster, health: Health, topics: Sequence[Topic] = ALL) -> None:
    """Return when the broker answers and has the topics; `health` is told while it does not."""
    await retrying(lambda: ask_for_topics(cluster, topics), FOR_EVER, health)


async def create_topics(cluster: Cluster, replication: int = 1) -> list[str]:
    """Create the topics that are missing and return their names; doing it again changes nothing.

    Raises KafkaError or OSError where the broker does not answer or refuses.
    """
    admin = AIOKafkaAdminClient(**cluster.options, request_timeout_ms=REQUEST_TIMEOUT_MS)
    await admin.start()
    try:
        there = set(await admin.list_topics())
        missing = [topic for topic in ALL if topic.name not in there]
        new = [NewTopic(t.name, t.partitions, replication, topic_configs=dict(t.config)) for t in missing]
        response = await admin.create_topics(new) if new else None
        for name, code, *_rest in getattr(response, "topic_errors", ()):
            if code and for_code(code) is not TopicAlreadyExistsError:
                raise for_code(code)(f"topic {name}")
        return [topic.name for topic in missing]
    finally:
        await admin.close()


def consumer(cluster: Cluster, group: str, slot: str | None, client_id: str) -> AIOKafkaConsumer:
    """Return a consumer that begins at the earliest record and commits only what it is told to.

    `slot` makes it a static member, which a restart within the session timeout does not cost a rebalance.
    """
    return AIOKafkaConsumer(
        **cluster.options,
        group_id=group,
        group_instance_id=None if slot is None else f"{group.removeprefix('sitrep-')}-{slot}",
        client_id=client_id,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=10_000,
        heartbeat_interval_ms=3_000,
        max_poll_interval_ms=600_000,
        rebalance_timeout_ms=20_000,
        request_timeout_ms=REQUEST_TIMEOUT_MS,
        # A record that is larger than both still comes, alone.
        max_partition_fetch_bytes=1024 * 1024,
        fetch_max_bytes=16 * 1024 * 1024,
    )
