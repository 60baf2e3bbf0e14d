"""A store whose database is away while a backlog waits: it waits with it, in bounded memory. `make backlog` is the long run."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import psutil

from sitrep.contracts.topics import ENRICHED_TOPIC
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.kafka import Publisher, Record
from tests.support import generator
from tests.support.proxy import Proxy
from tests.support.servers import own_servers
from tests.support.service import Place, Service, tick_until

TOGETHER = 1000


@dataclass
class Seen:
    """What was seen: the largest resident set of the store in MiB, and what was in Postgres at the end."""

    backlog: int
    largest_mib: float
    faults: int
    restarts: int
    stored: int
    rejected: int


def backlog(place: Place, seed: str, count: int, away: float) -> Seen:
    """Let a store find `count` articles while its database refuses every connection, for `away` seconds and then no more."""
    asyncio.run(_send(place.broker.bootstrap, seed, count))
    refused = "SELECT count(*) FROM rejections WHERE stage = 'store'"
    before = place.database.rows(refused)[0][0]
    largest = 0.0
    with Proxy(place.database.port) as proxy:
        proxy.refuse()
        uri = place.database.uri("writer").replace(f":{place.database.port}/", f":{proxy.port}/")
        with Service("store", place, {"SITREP_POSTGRES_URI": uri}) as store:

            def look() -> bool:
                nonlocal largest
                if store.process is not None and psutil.pid_exists(store.process.pid):
                    largest = max(largest, psutil.Process(store.process.pid).memory_info().rss / 2**20)
                return False

            _while(store, look, away)
            tick_until([store], lambda: proxy.faults >= 3, 60, "the store asks for its database again and again")
            proxy.refuse(False)
            query = "SELECT count(*) FROM articles WHERE fingerprint = 'generated' AND right(title, %s) = %s"
            tick_until(
                [store],
                lambda: look() or place.database.rows(query, len(seed), seed)[0][0] == count,
                1800,
                "the backlog is stored",
            )
            rejected = place.database.rows(refused)[0][0] - before
            return Seen(count, round(largest, 1), proxy.faults, len(store.exits), count, rejected)


def _while(store: Service, look: object, seconds: float) -> None:
    """Look at the store again and again for some seconds."""
    assert callable(look)
    try:
        tick_until([store], look, seconds, "never")
    except AssertionError:
        return


async def _send(bootstrap: str, seed: str, count: int) -> None:
    publisher = Publisher(Cluster(bootstrap), "backlog")
    made: Iterator[bytes] = (generator.value(generator.enriched(seed, n, claims=1)) for n in range(count))
    while some := list(islice(made, TOGETHER)):
        records = [generator.record(n, value) for n, value in enumerate(some)]
        await publisher.publish(
            [
                Record(ENRICHED_TOPIC, str(n), r.value or b"", [(h, v or b"") for h, v in r.headers])
                for n, r in enumerate(records)
            ]
        )
    await publisher.close()


def main() -> None:
    """Print what was seen with a backlog of 100,000 and the database away for five minutes."""
    with tempfile.TemporaryDirectory(prefix="sitrep-backlog-") as name:
        directory = Path(name)
        with own_servers(directory) as (broker, database):
            seen = backlog(Place(directory / "place", broker, database), "backlog", 100_000, away=300)
    sys.stdout.write(json.dumps(asdict(seen)) + "\n")


if __name__ == "__main__":
    main()
