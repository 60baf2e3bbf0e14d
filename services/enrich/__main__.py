"""`python -m services.enrich`: an enrich worker as a process."""

import asyncio
import os

# Before Faust is imported: its compiled streams lack what `noack_take` needs.
os.environ["NO_CYTHON"] = "1"

from services.enrich.app import serve
from services.enrich.settings import EnrichSettings
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, REJECTED_TOPIC
from sitrep.runtime import process
from sitrep.runtime.health import Health
from sitrep.runtime.kafka import wait_for_topics


def main() -> None:
    """Wait for the broker, without which Faust ends at once, then run until told to stop."""
    settings = process.settings_or_exit(EnrichSettings, "enrich")

    async def wait(stop: asyncio.Event) -> None:
        topics = wait_for_topics(settings.kafka_bootstrap, Health(), (RAW, ENRICHED_TOPIC, REJECTED_TOPIC))
        if not await process.unless_stopped(stop, topics):
            process.leave(0)

    process.run_first(wait)
    serve(settings)


if __name__ == "__main__":
    main()
