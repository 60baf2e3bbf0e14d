"""Reading and writing topics from a test, as somebody who is not one of our services."""

import asyncio
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupCoordinatorNotAvailableError

from sitrep.contracts import headers
from sitrep.contracts.article import Article
from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import ARTICLE, MAX_RECORD, RAW, Topic
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.kafka import Publisher, Record


def record_of(article: Article) -> Record:
    """Return the record of an article on news.raw."""
    value = article.to_bytes()
    head = headers.write(value, ARTICLE, Stage.INGEST, at="2024-11-30T00:00:00Z", trace=article.article_id)
    return Record(RAW, article.article_id, value, head)


def send(bootstrap: str, records: list[Record]) -> None:
    """Send records and wait until they are confirmed."""

    async def run() -> None:
        publisher = Publisher(Cluster(bootstrap), "test")
        await publisher.publish(records)
        await publisher.close()

    asyncio.run(run())


def read_all(bootstrap: str, topic: Topic, begins: dict[int, int] | None = None) -> list[Any]:
    """Return everything that is on a topic now, from these offsets on where they are given."""

    async def run() -> list[Any]:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=bootstrap, auto_offset_reset="earliest", max_partition_fetch_bytes=MAX_RECORD
        )
        await consumer.start()
        try:
            partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
            consumer.assign(partitions)
            for partition in partitions:
                consumer.seek(partition, (begins or {}).get(partition.partition, 0))
            ends = await consumer.end_offsets(partitions)
            found: list[Any] = []
            while any([await consumer.position(p) < ends[p] for p in partitions]):
                for part in (await consumer.getmany(timeout_ms=500)).values():
                    found += part
            return found
        finally:
            await consumer.stop()

    return asyncio.run(run())


def last(bootstrap: str, topic: Topic) -> list[Any]:
    """Return the last record of each partition that has any."""
    begins = {partition: max(0, end - 1) for partition, end in ends(bootstrap, topic).items()}
    return read_all(bootstrap, topic, begins)


def committed(bootstrap: str, group: str, topic: Topic) -> dict[int, int]:
    """Return the committed offset of each partition."""

    async def run() -> dict[int, int]:
        admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
        await admin.start()
        try:
            try:
                found = await admin.list_consumer_group_offsets(group)
            except GroupCoordinatorNotAvailableError:  # no group has been on this broker yet
                return {}
            return {tp.partition: o.offset for tp, o in found.items() if tp.topic == topic.name and o.offset >= 0}
        finally:
            await admin.close()

    return asyncio.run(run())


def ends(bootstrap: str, topic: Topic) -> dict[int, int]:
    """Return the end offset of each partition."""

    async def run() -> dict[int, int]:
        consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap)
        await consumer.start()
        try:
            found = await consumer.end_offsets([TopicPartition(topic.name, n) for n in range(topic.partitions)])
            return {tp.partition: offset for tp, offset in found.items()}
        finally:
            await consumer.stop()

    return asyncio.run(run())


def lag(bootstrap: str, group: str, topic: Topic) -> int:
    """Return how many records a group has not committed yet."""
    there = committed(bootstrap, group, topic)
    return sum(end - there.get(partition, 0) for partition, end in ends(bootstrap, topic).items())
