"""What a service waits for: it is unhealthy meanwhile, also when idle, says so once, loses nothing, and is well again after it."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitrep.embedded import ports
from tests.support.servers import own_servers
from tests.support.service import Place, Service, tick_until

NAMES = ("ingest", "enrich", "store", "monitor")
SECONDS = 60
"""A service reports unhealthy within a minute of losing something that it needs; a container asks six times before it says so."""

AWAY_SECONDS = 45.0
LOG_BYTES = 6000
"""Of each service while something is away and until it is back; at one line a second for each connection it is ten times that."""


@dataclass
class Running:
    """All services over a broker and a database that may be stopped."""

    place: Place
    services: dict[str, Service]
    ports: dict[str, int]

    def health(self, name: str) -> tuple[str, str]:
        """Return the state of a service and its sentence."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name]}/health", timeout=2) as answer:
                found = json.loads(answer.read())
        except urllib.error.HTTPError as problem:
            found = json.loads(problem.read())
        except OSError as problem:
            return "silent", str(problem)
        return found["status"], found["detail"]

    def wait(self, ready: Callable[[], object], what: str, seconds: float = SECONDS) -> None:
        """Return when something is so, with the services kept running."""
        tick_until(list(self.services.values()), ready, seconds, what)

    def are(self, state: str, names: tuple[str, ...] = NAMES, word: str = "") -> bool:
        """Return whether these services are all in a state, and say a word about it."""
        return all(self.health(name)[0] == state and word in self.health(name)[1] for name in names)

    def logged(self) -> dict[str, int]:
        """Return how long the log of each service is."""
        return {name: len(service.said()) for name, service in self.services.items()}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    directory = tmp_path_factory.mktemp("waiting")
    with ExitStack() as stack:
        broker, database = stack.enter_context(own_servers(directory))
        place = Place(directory, broker, database)
        chosen = ports.choose(list(NAMES), {})
        services = {}
        for name in NAMES:
            # Far longer than Kafka's session timeout of 10 s, so that a worker on a busy machine may join its group again when the
            # broker is back, and shorter than the broker is away.
            env = {"SITREP_METRICS_PORT": str(chosen[name]), "SITREP_RESCAN_SECONDS": "1", "SITREP_STALL_SECONDS": "40"}
            if name == "monitor":
                env["SITREP_POSTGRES_URI"] = database.uri("reader")
            services[name] = stack.enter_context(Service(name, place, env))
        made = Running(place, services, chosen)
        made.wait(lambda: made.are("ok"), "all are well", 90)
        yield made


def stored(running: Running, name: str) -> bool:
    rows = running.place.database.rows("SELECT 1 FROM sightings WHERE key = %s", name)
    return len(rows) == 1


def test_kafka_is_away_while_nothing_is_to_be_done(running: Running) -> None:
    before = running.logged()
    running.place.broker.kill()
    running.wait(lambda: running.are("failing", word="Kafka"), "all say that Kafka is away")
    (running.place.inbox / "meanwhile.txt").write_text("Shelling near Rivertown while Kafka was away.")
    ends = time.monotonic() + AWAY_SECONDS

    def long_enough() -> bool:
        assert not any(running.health(name)[0] == "ok" for name in NAMES)
        return time.monotonic() > ends

    running.wait(long_enough, "it is away for a while")
    assert (running.place.inbox / "meanwhile.txt").exists(), "what cannot be sent stays where it was dropped"
    running.place.broker.start()
    running.wait(lambda: running.are("ok"), "all are well again")
    running.wait(lambda: stored(running, "meanwhile.txt"), "what was dropped meanwhile is stored")
    for name, service in running.services.items():
        said = service.said()[before[name] :]
        assert service.exits == [], name
        begun, ended = said.count("waiting for Kafka:"), said.count("Kafka is there again")
        assert 1 <= begun == ended <= 2, said  # a broker that is just starting may fail once more
        assert len(said) < LOG_BYTES, said


def test_postgres_is_away_while_nothing_is_to_be_done(running: Running) -> None:
    running.place.database.kill()
    running.wait(lambda: running.are("failing", ("store", "monitor"), "Postgres"), "they say that Postgres is away")
    assert running.are("ok", ("ingest", "enrich"))
    (running.place.inbox / "unstored.txt").write_text("Shelling near Rivertown while Postgres was away.")
    running.wait((running.place.inbox / "_done" / "unstored.txt").exists, "intake goes on")
    running.place.database.start()
    running.wait(lambda: running.are("ok"), "all are well again")
    running.wait(lambda: stored(running, "unstored.txt"), "what came meanwhile is stored")


@pytest.mark.parametrize("how", ["moved away", "made a file", "made anew"])
def test_the_inbox_is_gone(running: Running, how: str) -> None:
    inbox, moved = running.place.inbox, Path(f"{running.place.inbox}-moved")
    inbox.rename(moved)
    if how == "made a file":
        inbox.touch()
    running.wait(lambda: running.are("failing", ("ingest",), "gone"), "ingest says that its inbox is gone")
    with urllib.request.urlopen(f"http://127.0.0.1:{running.ports['ingest']}/metrics", timeout=5) as answer:
        assert b"sitrep_ingest_inbox_gone 1.0" in answer.read()
    assert inbox.exists() == (how == "made a file"), "it is not silently made anew"
    if how == "made a file":
        inbox.unlink()
    if how == "made anew":
        inbox.mkdir()
    else:
        moved.rename(inbox)
    running.wait(lambda: running.are("ok", ("ingest",)), "it is well again")
    name = f"after {how}.txt"
    (inbox / name).write_text(f"Shelling near Rivertown after the inbox was {how}.")
    running.wait((inbox / "_done" / name).exists, "its files are taken up")
