"""`sitrep topics` and `sitrep uri`: about the servers that Sitrep stands on."""

import asyncio
import sys
from pathlib import Path

from aiokafka.errors import KafkaError

from sitrep.embedded import postgres
from sitrep.embedded.layout import Layout, passwords, read_json
from sitrep.embedded.ports import HOST, answers
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
    """Print the address of a server of the stack that runs on `data`; return the exit code."""
    layout = Layout(data)
    port = (read_json(layout.state).get("ports") or {}).get(server)
    if port is None or not answers(port):
        sys.stderr.write(f"sitrep uri: nothing runs on {data}; start it with `make run` or `sitrep up`\n")
        return 1
    secret = passwords(layout).get("reader", "")
    address = f"{HOST}:{port}" if server == "kafka" else postgres.uri("sitrep_reader", secret, port)
    sys.stdout.write(address + "\n")
    return 0
