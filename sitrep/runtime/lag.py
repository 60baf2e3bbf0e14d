"""How far behind a consumer group is, by what the broker says: also of a group whose consumers are all dead."""

from collections.abc import Sequence

from sitrep.contracts.topics import Topic
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.inflight import uncommitted


async def lags(cluster: Cluster, groups: Sequence[tuple[str, Topic]], timeout_ms: int = 5000) -> list[int]:
    """Return the records of a topic that a group has not committed yet, over all partitions, for each pair.

    Each topic stands there once. Raises KafkaError, OSError or TimeoutError where the broker does not answer.
    """
    found = await uncommitted(cluster, groups, timeout_ms)
    return [sum(end - first for tp, (first, end) in found.items() if tp.topic == topic.name) for _, topic in groups]
