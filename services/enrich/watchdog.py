"""Sees a worker that has stopped without dying: lag on the broker, and neither a commit nor an article for a while.

It runs in a thread with its own connection, and asks the broker alone: what Faust believes of itself is what fails.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from sitrep.contracts.topics import RAW
from sitrep.runtime.outcomes import EXIT_RETRY
from sitrep.runtime.process import leave

log = logging.getLogger(__name__)


@dataclass
class Progress:
    """What the worker says of itself: when the pool last finished an article (monotonic), whether it is trying again."""

    finished_at: float = field(default_factory=time.monotonic)
    retrying: bool = False

    def touch(self) -> None:
        """Note that an article was finished."""
        self.finished_at = time.monotonic()


@dataclass
class Judge:
    """Decides from what the broker says; pure but for what it remembers."""

    patience: float
    progress: Progress
    _committed: dict[int, int] = field(default_factory=dict)
    _moved_at: float | None = None

    def stalled(self, ends: dict[int, int], committed: dict[int, int], now: float) -> bool:
        """Return whether there is lag and there was no progress for `patience` seconds."""
        lag = sum(max(0, end - committed.get(partition, 0)) for partition, end in ends.items())
        if self._moved_at is None or committed != self._committed or lag == 0 or self.progress.retrying:
            self._moved_at, self._committed = now, dict(committed)
        return now - max(self._moved_at, self.progress.finished_at) > self.patience

    def forget(self) -> None:
        """Begin anew, because the broker did not answer and nothing can be said."""
        self._moved_at = None


def start(bootstrap: str, group: str, judge: Judge, every: float, end: Callable[[int], object] = leave) -> None:
    """Watch in a thread and end the process with EXIT_RETRY when it is stalled."""

    def watch() -> None:
        asyncio.run(_watch(bootstrap, group, judge, every, end))

    threading.Thread(target=watch, name="watchdog", daemon=True).start()


async def _watch(bootstrap: str, group: str, judge: Judge, every: float, end: Callable[[int], object]) -> None:
    while True:
        try:
            await _watch_connected(bootstrap, group, judge, every, end)
        except (KafkaError, OSError, TimeoutError) as problem:
            log.debug("the watchdog cannot ask the broker: %r", problem)
            judge.forget()
            await asyncio.sleep(every)


async def _watch_connected(bootstrap: str, group: str, judge: Judge, every: float, end: Callable[[int], object]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=10_000)
    asker = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, request_timeout_ms=10_000)
    try:
        await admin.start()
        await asker.start()
        while True:
            topic = await admin.describe_topics([RAW.name])
            partitions = [TopicPartition(RAW.name, p["partition"]) for p in topic[0]["partitions"]]
            ends = {tp.partition: offset for tp, offset in (await asker.end_offsets(partitions)).items()}
            begins = {tp.partition: offset for tp, offset in (await asker.beginning_offsets(partitions)).items()}
            found = await admin.list_consumer_group_offsets(group)
            said = {tp.partition: o.offset for tp, o in found.items() if tp.topic == RAW.name and o.offset >= 0}
            if judge.stalled(ends, begins | said, time.monotonic()):
                log.error("there is lag, and nothing was done for %.0f s: this worker starts anew", judge.patience)
                end(EXIT_RETRY)
            await asyncio.sleep(every)
    finally:
        await admin.close()
        await asker.stop()
