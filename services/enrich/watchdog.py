"""Sees a worker that has stopped without dying: lag on a partition of its own, and neither a commit nor an article.

It runs in a thread with its own connection, and asks the broker alone: what Faust believes of itself is what fails.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from aiokafka.errors import for_code
from aiokafka.structs import TopicPartition

from sitrep.contracts.topics import RAW
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.health import Health, keep_asking
from sitrep.runtime.kafka import topics_of
from sitrep.runtime.outcomes import EXIT_RETRY, Cause
from sitrep.runtime.process import leave

log = logging.getLogger(__name__)

LOOK_SECONDS = 30.0


@dataclass
class Progress:
    """What the worker says of itself: when the pool last finished an article (monotonic), whether it is trying again."""

    finished_at: float = field(default_factory=time.monotonic)
    retrying: bool = False

    def wait(self) -> None:
        """Note that nothing is done on purpose: the stage is stopped until somebody lets it go on."""
        self.retrying = True

    def touch(self) -> None:
        """Note that an article was finished, or the search for the one to blame has gone on."""
        self.finished_at = time.monotonic()


@dataclass(frozen=True)
class Seen:
    """What the broker says: end and committed offset by partition, and who has which partitions (by client id)."""

    ends: dict[int, int]
    committed: dict[int, int]
    owners: dict[str, frozenset[int]]


@dataclass
class Judge:
    """Decides from what the broker says; pure but for what it remembers.

    Judged are the partitions that the broker has given to this worker, and those that it has given to nobody: a
    worker that was thrown out of its group without noticing has none. A worker that the group knows and that has
    no partition, because there are more workers than partitions, is idle by right.
    """

    me: str
    patience: float
    progress: Progress
    _committed: dict[int, int] = field(default_factory=dict)
    _moved_at: dict[int, float] = field(default_factory=dict)

    def stalled(self, seen: Seen, now: float) -> bool:
        """Return whether a partition has had lag and no progress for `patience` seconds."""
        others = frozenset().union(*(theirs for owner, theirs in seen.owners.items() if owner != self.me))
        judged = [partition for partition in seen.ends if partition not in others]
        for partition, end in seen.ends.items():
            committed = seen.committed.get(partition, 0)
            moved = committed != self._committed.get(partition) or committed >= end or partition not in judged
            if moved or partition not in self._moved_at or self.progress.retrying:
                self._moved_at[partition], self._committed[partition] = now, committed
        oldest = min((self._moved_at[partition] for partition in judged), default=now)
        return now - max(oldest, self.progress.finished_at) > self.patience

    def forget(self) -> None:
        """Begin anew, because the broker did not answer and nothing can be said."""
        self._moved_at.clear()


def start(
    cluster: Cluster, group: str, judge: Judge, health: Health, every: float, end: Callable[[int], object] = leave
) -> None:
    """Watch in a thread and end the process with EXIT_RETRY when it is stalled; `health` is told where Kafka does not answer."""

    async def both() -> None:
        watching = _watch(cluster, group, judge, health, every, end)
        await asyncio.gather(watching, keep_asking({Cause.KAFKA: partial(topics_of, cluster)}, health, asyncio.Event()))

    threading.Thread(target=lambda: asyncio.run(both()), name="watchdog", daemon=True).start()


async def _watch(
    cluster: Cluster, group: str, judge: Judge, health: Health, every: float, end: Callable[[int], object]
) -> None:
    while True:
        try:
            await _watch_connected(cluster, group, judge, health, every, end)
        except Exception as problem:  # noqa: BLE001 - whatever it is, a watchdog that is gone is worse
            health.trouble(Cause.KAFKA_OFFSETS, f"the offsets cannot be asked for ({type(problem).__name__})")
            judge.forget()
            await asyncio.sleep(every)


async def _watch_connected(
    cluster: Cluster, group: str, judge: Judge, health: Health, every: float, end: Callable[[int], object]
) -> None:
    admin = AIOKafkaAdminClient(**cluster.options, request_timeout_ms=10_000)
    asker = AIOKafkaConsumer(**cluster.options, enable_auto_commit=False, request_timeout_ms=10_000)
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            await admin.start()
            await asker.start()
        while True:
            async with asyncio.timeout(LOOK_SECONDS):  # the client waits for ever for a broker that it has lost
                seen = await _look(admin, asker, group)
            health.over(Cause.KAFKA_OFFSETS)
            if judge.stalled(seen, time.monotonic()):
                log.error("there is lag, and nothing was done for %.0f s: this worker starts anew", judge.patience)
                end(EXIT_RETRY)
            await asyncio.sleep(every)
    finally:
        await admin.close()
        await asker.stop()


async def _look(admin: AIOKafkaAdminClient, asker: AIOKafkaConsumer, group: str) -> Seen:
    topic = (await admin.describe_topics([RAW.name]))[0]
    if topic["error_code"]:
        raise for_code(topic["error_code"])(RAW.name)
    partitions = [TopicPartition(RAW.name, p["partition"]) for p in topic["partitions"]]
    ends = {tp.partition: offset for tp, offset in (await asker.end_offsets(partitions)).items()}
    begins = {tp.partition: offset for tp, offset in (await asker.beginning_offsets(partitions)).items()}
    found = await admin.list_consumer_group_offsets(group)
    said = {tp.partition: o.offset for tp, o in found.items() if tp.topic == RAW.name and o.offset >= 0}
    return Seen(ends, begins | said, await _owners(admin, group))


async def _owners(admin: AIOKafkaAdminClient, group: str) -> dict[str, frozenset[int]]:
    """Return the partitions of news.raw by the client id of the member that has them."""
    owners: dict[str, frozenset[int]] = {}
    for response in await admin.describe_consumer_groups([group]):
        for described in getattr(response, "groups", ()):
            for member in described[5]:
                client, assignment = member[1], member[4]
                given = ConsumerProtocolMemberAssignment.decode(assignment).assignment if assignment else []
                mine = {p for topic, numbers in given for p in numbers if topic == RAW.name}
                owners[client] = owners.get(client, frozenset()) | mine
    return owners
