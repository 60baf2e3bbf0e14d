"""`sitrep topics` and `sitrep uri`: about the servers that Sitrep stands on."""

import asyncio
import sys
from pathlib import Path

from aiokafka.errors import KafkaError

from sitrep.cli.running import Running
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


def run_uri(server: str, data: Path) -> int:
    """Print the address of a server of the stack that runs on `data`. Raises Problem where nothing runs."""
    running = Running.on(data)
    sys.stdout.write((running.bootstrap() if server == "kafka" else running.uri()) + "\n")
    return 0
