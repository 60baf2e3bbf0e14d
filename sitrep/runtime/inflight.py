"""What is on its way: records that stand on a topic and that their consumer group has not committed yet."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from sitrep.contracts.topics import ENRICHED_TOPIC, MAX_RECORD, RAW, REJECTED_TOPIC, Topic
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.records import Incoming

FLOW: tuple[tuple[str, Topic], ...] = (
    ("sitrep-enrich", RAW),
    ("sitrep-store", ENRICHED_TOPIC),
    ("sitrep-store", REJECTED_TOPIC),
)
"""Which group reads which topic, in the order in which records flow."""

Ranges = dict[TopicPartition, tuple[int, int]]
LOOK_AGAIN = 0.2


async def uncommitted(cluster: Cluster, groups: Sequence[tuple[str, Topic]], timeout_ms: int = 40_000) -> Ranges:
    """Return for each partition the offsets from the first that is not committed to the end.

    The pairs are in the order in which records flow, and each topic's end is asked for before its group's offsets: what is
    committed meanwhile is then on a later topic, before the end that is asked for later. Raises KafkaError, OSError or TimeoutError
    where the broker does not answer.
    """
    admin = AIOKafkaAdminClient(**cluster.options, request_timeout_ms=timeout_ms)
    asker = AIOKafkaConsumer(**cluster.options, enable_auto_commit=False, request_timeout_ms=timeout_ms)
    found: Ranges = {}
    try:
        await admin.start()
        await asker.start()
        for group, topic in groups:
            numbers = [part["partition"] for part in (await admin.describe_topics([topic.name]))[0]["partitions"]]
            partitions = [TopicPartition(topic.name, number) for number in numbers]
            ends, begins = await asker.end_offsets(partitions), await asker.beginning_offsets(partitions)
            committed = await _committed(admin, group, partitions, timeout_ms / 1000)
            found |= {tp: (max(begins[tp], committed[tp]), ends[tp]) for tp in partitions}
    finally:
        await admin.close()
        await asker.stop()
    return found


async def _committed(
    admin: AIOKafkaAdminClient, group: str, partitions: list[TopicPartition], seconds: float
) -> dict[TopicPartition, int]:
    """Return the committed offset of each partition, -1 where there is none. Raises KafkaError.

    While the coordinator of a broker that has just started loads them, the answer is empty, and aiokafka does not say why.
    """
    deadline = time.monotonic() + seconds
    while True:
        said = await admin.list_consumer_group_offsets(group, partitions=partitions)
        if set(partitions) <= set(said):
            return {tp: one.offset for tp, one in said.items()}
        if time.monotonic() > deadline:
            raise KafkaError(f"the offsets of {group} are not loaded yet")
        await asyncio.sleep(LOOK_AGAIN)


async def bounds(cluster: Cluster, topics: Sequence[Topic], timeout_ms: int = 40_000) -> Ranges:
    """Return the first offset and the end of each partition of these topics. Raises KafkaError, OSError or TimeoutError."""
    asker = AIOKafkaConsumer(*(topic.name for topic in topics), **cluster.options, request_timeout_ms=timeout_ms)
    await asker.start()
    try:
        partitions = list(asker.assignment())
        begins, ends = await asker.beginning_offsets(partitions), await asker.end_offsets(partitions)
        return {tp: (begins[tp], ends[tp]) for tp in partitions}
    finally:
        await asker.stop()


async def records(cluster: Cluster, ranges: Ranges) -> AsyncIterator[Incoming]:
    """Yield the records of these ranges. Raises KafkaError."""
    wanted = {tp: bounds for tp, bounds in ranges.items() if bounds[0] < bounds[1]}
    if not wanted:
        return
    consumer = AIOKafkaConsumer(
        **cluster.options,
        enable_auto_commit=False,
        max_partition_fetch_bytes=MAX_RECORD,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        consumer.assign(list(wanted))
        for tp, (first, _) in wanted.items():
            consumer.seek(tp, first)
        while any([await consumer.position(tp) < end for tp, (_, end) in wanted.items()]):
            for tp, fetched in (await consumer.getmany(timeout_ms=1000)).items():
                for r in fetched:
                    if r.offset < wanted[tp][1]:
                        yield Incoming(r.topic, r.partition, r.offset, r.key, r.value, r.headers, r.timestamp / 1000)
    finally:
        await consumer.stop()
