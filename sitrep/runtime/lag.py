"""How far behind a consumer group is, by what the broker says: also of a group whose consumers are all dead."""

from collections.abc import Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from sitrep.contracts.topics import Topic


async def lags(bootstrap: str, groups: Sequence[tuple[str, Topic]], timeout_ms: int = 5000) -> list[int]:
    """Return the records of a topic that a group has not committed yet, over all partitions, for each pair.

    Raises KafkaError, OSError or TimeoutError where the broker does not answer.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=timeout_ms)
    asker = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, request_timeout_ms=timeout_ms)
    try:
        await admin.start()
        await asker.start()
        found = []
        for group, topic in groups:
            numbers = [part["partition"] for part in (await admin.describe_topics([topic.name]))[0]["partitions"]]
            partitions = [TopicPartition(topic.name, number) for number in numbers]
            ends, begins = await asker.end_offsets(partitions), await asker.beginning_offsets(partitions)
            committed = {tp: said.offset for tp, said in (await admin.list_consumer_group_offsets(group)).items()}
            found.append(sum(ends[tp] - max(begins[tp], committed.get(tp, -1)) for tp in partitions))
        return found
    finally:
        await admin.close()
        await asker.stop()
