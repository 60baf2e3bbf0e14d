"""`sitrep topics`: the topics on a Kafka of one's own."""

import asyncio
import sys

from aiokafka.errors import KafkaError

from sitrep.cli.kafka import named, silent
from sitrep.runtime.kafka import create_topics


def run_topics(bootstrap: str, replication: int) -> int:
    """Create the missing topics and say which. Raises Problem."""
    kafka = named(bootstrap)
    try:
        made = asyncio.run(create_topics(kafka, replication))
    except (KafkaError, OSError, TimeoutError) as problem:
        raise silent(kafka, problem) from problem
    sys.stdout.write(f"made {', '.join(made)}\n" if made else "all topics are there\n")
    return 0
