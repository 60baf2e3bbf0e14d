"""How fast the enrich service is (`make bench`): bytes on news.raw to bytes on news.enriched, beside the bare language pipeline.

Both read the same articles on the same cores with as many language processes, in turns in one run. The bare pipeline has no Kafka:
its processes are given chunk after chunk and never wait. What the service loses against it is Kafka (whose broker runs on the same
cores), reading, checking and waiting. Then, with everything idle, how long one report takes from the file to its committed row.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

import psycopg

from services.enrich.pool import Pool
from sitrep.contracts.article import Article
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW
from tests.support import topics
from tests.support.language_bench import MODEL, articles, prose
from tests.support.servers import own_servers
from tests.support.service import Place, Service, tick_until
from tests.support.wait import until

PATIENCE = 900.0
SETTLE_SECONDS = 1.0


def throughput(place: Place, rounds: int, count: int) -> dict[str, float]:
    """Return articles a second of the service with one and two processes and of the bare pipeline with two, and their ratios."""
    wanted = list(islice(cycle(articles(prose())), count))
    rates: dict[str, list[float]] = {"one": [], "two": [], "bare": []}
    for _ in range(rounds):
        rates["bare"].append(_bare(wanted, 2))
        rates["two"].append(_service(place, wanted, 2))
        rates["one"].append(_service(place, wanted[: count // 2], 1))
    against = [mine / bare for mine, bare in zip(rates["two"], rates["bare"], strict=True)]
    doubled = [two / one for two, one in zip(rates["two"], rates["one"], strict=True)]
    return {
        "bare_two_processes_per_second": round(statistics.median(rates["bare"]), 1),
        "service_two_processes_per_second": round(statistics.median(rates["two"]), 1),
        "service_one_process_per_second": round(statistics.median(rates["one"]), 1),
        "service_to_bare": round(statistics.median(against), 3),
        "two_to_one": round(statistics.median(doubled), 3),
    }


def _bare(wanted: Sequence[Article], processes: int) -> float:
    """Return the articles a second of language processes alone."""

    async def run() -> float:
        pool = Pool(processes, 300.0, lambda: None, lambda _: None)
        try:
            await pool.warm()
            await pool.enrich(wanted[: 16 * processes])  # as warm as those of the service
            began = time.perf_counter()
            await pool.enrich(wanted)
            return len(wanted) / (time.perf_counter() - began)
        finally:
            await pool.close()

    return asyncio.run(run())


def _service(place: Place, wanted: Sequence[Article], processes: int) -> float:
    """Return the articles a second of the service, which has everything before it and is warm."""
    bootstrap = place.broker.bootstrap
    warm, measured = [list(map(topics.record_of, part)) for part in (wanted[: 16 * processes], wanted)]

    def enriched() -> int:
        return sum(topics.ends(bootstrap, ENRICHED_TOPIC).values())

    with Service("enrich", place, {"SITREP_POOL_SIZE": str(processes)}) as service:
        topics.send(bootstrap, warm)
        tick_until([service], lambda: topics.lag(bootstrap, "sitrep-enrich", RAW) == 0, PATIENCE, "it is warm")
        before = enriched()
        began = time.time()
        topics.send(bootstrap, measured)
        until(lambda: enriched() - before == len(measured), PATIENCE, "all is enriched", every=0.5)
        assert service.exits == []
    ended: float = max(record.timestamp for record in topics.last(bootstrap, ENRICHED_TOPIC)) / 1000
    return len(measured) / (ended - began)


def latency(place: Place, count: int) -> dict[str, float]:
    """Return the seconds from a complete file to its committed row, beyond those that it has to settle, while nothing else goes on."""
    took = []
    with (
        Service("ingest", place, {"SITREP_SETTLE_SECONDS": str(SETTLE_SECONDS)}) as ingest,
        Service("enrich", place) as enrich,
        Service("store", place) as store,
        psycopg.connect(place.database.uri("reader"), autocommit=True) as connection,
    ):
        for number, text in enumerate(islice(cycle(prose()), count + 1)):
            name = f"report-{number}.txt"
            (place.inbox / f".{name}").write_text(f"{text}\n\nThis is report {number}.\n", "utf-8")
            (place.inbox / f".{name}").replace(place.inbox / name)
            began = time.perf_counter()

            def stored(key: str = name) -> bool:
                return connection.execute("SELECT 1 FROM sightings WHERE key = %s", (key,)).fetchone() is not None

            until(stored, 120, f"{name} is stored", every=0.005)
            took.append(time.perf_counter() - began - SETTLE_SECONDS)
        assert not ingest.exits + enrich.exits + store.exits
    took = sorted(took[1:])  # the first one waits for the services to start
    return {
        "reports": count,
        "settle_seconds": SETTLE_SECONDS,
        "beyond_settle_p50_seconds": round(statistics.median(took), 2),
        "beyond_settle_p95_seconds": round(took[int(0.95 * len(took))], 2),
    }


def main() -> None:
    """Print what was measured as JSON, a line each."""
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as name:
        directory = Path(name)
        with own_servers(directory) as (broker, database):
            place = Place(directory / "place", broker, database, model=MODEL)
            sys.stdout.write(json.dumps(latency(place, 40)) + "\n")
            sys.stdout.flush()
            sys.stdout.write(json.dumps(throughput(place, rounds=3, count=600)) + "\n")


if __name__ == "__main__":
    main()
