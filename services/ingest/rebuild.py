"""A journal that was lost, made anew from what is on the topics."""

import logging

from aiokafka import AIOKafkaConsumer
from pydantic import ValidationError

from services.ingest.journal import Journal, Transition
from sitrep.contracts.article import Article, Described, SightingMessage
from sitrep.contracts.codes import Stage
from sitrep.contracts.events import Rejection
from sitrep.contracts.headers import Headers
from sitrep.contracts.topics import MAX_RECORD, RAW, REJECTED_TOPIC
from sitrep.runtime.cluster import Cluster

log = logging.getLogger(__name__)


async def rebuild(journal: Journal, cluster: Cluster) -> int:
    """Read news.raw and news.rejected up to their present ends into the journal and return the number of records.

    Raises KafkaError. A rebuild that was cut off begins again; reading something twice does no harm.
    """
    # Without a group it is given all partitions of these topics, however many they have been given since they were made.
    consumer = AIOKafkaConsumer(
        RAW.name,
        REJECTED_TOPIC.name,
        **cluster.options,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAX_RECORD,
    )
    await consumer.start()
    read = 0
    try:
        partitions = consumer.assignment()
        ends = await consumer.end_offsets(partitions)
        while any([await consumer.position(p) < ends[p] for p in partitions]):
            fetched = await consumer.getmany(timeout_ms=1000, max_records=1000)
            records = [record for part in fetched.values() for record in part]
            transitions, sightings = [], []
            for record in records:
                transition, sighting = _read(record.topic, record.value, Headers.read(record.headers))
                transitions += [transition] if transition else []
                sightings += [sighting] if sighting else []
            journal.record(transitions, sightings)
            read += len(records)
    finally:
        await consumer.stop()
    journal.mark_complete()
    return read


def _read(topic: str, value: bytes | None, head: Headers) -> tuple[Transition | None, Described | None]:
    declared = RAW if topic == RAW.name else REJECTED_TOPIC
    model = declared.model_of(head.type)
    try:
        message = None if model is None else model.model_validate_json(value or b"")
    except ValidationError:
        return None, None
    if isinstance(message, Article | SightingMessage):
        seen = message.sighting
        ids = (message.article_id, seen.sighting_id)
        return Transition(head.time, seen.key, "published", seen.sha256, seen.size, *ids), message
    if isinstance(message, Rejection) and message.stage is Stage.INGEST:
        row = (message.sha256, message.size, None, None, message.rejection_id, message.code)
        return Transition(message.at, message.key, "rejected", *row), None
    return None, None
