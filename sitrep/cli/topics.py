"""`sitrep topics`: the topics on a Kafka of one's own."""

import asyncio
import sys

from aiokafka.errors import KafkaError

from sitrep.runtime.kafka import create_topics


def run_topics(bootstrap: str, replication: int) -> int:
    """Create the missing topics and say which; return the exit code."""
    try:
        made = asyncio.run(create_topics(bootstrap, replication))
    except (KafkaError, OSError, TimeoutError) as problem:
        sys.stderr.write(f"sitrep topics: Kafka at {bootstrap} refused or does not answer: {problem}\n")
        return 1
    sys.stdout.write(f"made {', '.join(made)}\n" if made else "all topics are there\n")
    return 0
