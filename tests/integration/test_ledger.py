"""The ledger on real servers: one lost article shows at the stage that lost it, whatever was refused and sent again before."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from confluent_kafka import ConsumerGroupTopicPartitions, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient

from services.ingest.journal import Journal, Transition
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, Topic
from sitrep.embedded.layout import write_json
from sitrep.runtime.inflight import FLOW
from tests.support import topics
from tests.support.servers import own_servers
from tests.support.service import Place, Service, tick_until

CRASHING = {"SITREP_FAILPOINT": "enrich.on_word:1", "SITREP_ENRICH_BATCH": "1"}


@dataclass
class Books:
    """Services over servers of their own, and the ledger of them."""

    place: Place
    services: dict[str, Service]

    def command(self, *words: str, role: str = "reader") -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        command = [sys.executable, "-P", "-m", "sitrep.cli.entry", *words, "--data", str(self.place.directory / "data")]
        env = {
            **os.environ,
            "SITREP_POSTGRES_URI": self.place.database.uri(role),
            "SITREP_KAFKA_BOOTSTRAP": self.place.broker.bootstrap,
        }
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=env)

    def remainders(self) -> dict[str, int]:
        """Return the remainder of each stage, and hold that the numbers of each line add up."""
        lines = {line["stage"]: line for line in json.loads(self.command("ledger", "--json").stdout)}
        for line in lines.values():
            assert line["inputs"] == line["outputs"] + line["rejected"] + line["waiting"] + line["remainder"]
        assert lines["enrich"]["inputs"] == lines["ingest"]["outputs"]
        assert lines["store"]["inputs"] == lines["enrich"]["outputs"]
        return {stage: line["remainder"] for stage, line in lines.items()}

    def quiet(self) -> bool:
        """Return whether nothing is on its way."""
        return all(topics.lag(self.place.broker.bootstrap, group, topic) == 0 for group, topic in FLOW)

    def settle(self, what: str) -> None:
        """Return when nothing is on its way."""
        tick_until(list(self.services.values()), self.quiet, 60, what)

    def drop(self, name: str, text: str) -> None:
        """Drop a file and return when intake is done with it."""
        (self.place.inbox / name).write_text(text)
        wanted = [self.place.inbox / area / name for area in ("_done", "_rejected")]
        tick_until(list(self.services.values()), lambda: any(path.exists() for path in wanted), 60, f"{name} is taken")

    def restart(self, name: str, env: dict[str, str] | None = None) -> None:
        """Start a service once more, or for the first time."""
        self.services[name] = Service(name, self.place, env)
        self.services[name].start()

    def stop(self, name: str) -> None:
        """End a service for good."""
        self.services.pop(name).close()

    def close(self) -> None:
        """End all services."""
        for service in self.services.values():
            service.close()

    def skip(self, group: str, topic: Topic) -> None:
        """Commit everything for a group that has stopped, as if it had acknowledged what it never did."""
        admin = AdminClient({"bootstrap.servers": self.place.broker.bootstrap})
        ends = topics.ends(self.place.broker.bootstrap, topic)
        wanted = ConsumerGroupTopicPartitions(group, [TopicPartition(topic.name, n, end) for n, end in ends.items()])

        def done() -> bool:
            try:
                answer = admin.alter_consumer_group_offsets([wanted])[group].result(10)
            except KafkaException:  # the member that was killed is still in its group
                return False
            return not any(partition.error for partition in answer.topic_partitions)

        tick_until([], done, 60, "the group is empty")
        assert topics.lag(self.place.broker.bootstrap, group, topic) == 0


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    directory = tmp_path_factory.mktemp("ledger")
    with ExitStack() as stack:
        broker, database = stack.enter_context(own_servers(directory))
        place = Place(directory, broker, database)
        (directory / "data").mkdir()
        write_json(directory / "data" / "state.json", {"inbox": str(place.inbox)})
        made = Books(place, {})
        stack.callback(made.close)
        for name, env in (("ingest", {}), ("enrich", CRASHING), ("store", {})):
            made.restart(name, env)
        yield made


def test_refused_sent_again_and_refused_again_is_no_loss(books: Books) -> None:
    books.drop("good.txt", "Shelling near Rivertown.")
    books.drop("bad.bin", "\0")
    for number in range(2):
        books.drop(f"crash-{number}.txt", f"Report {number}: KILLTHECHILD near Rivertown.")
    books.settle("all is stored or refused")
    assert books.remainders() == {"ingest": 0, "enrich": 0, "store": 0}
    for again in ([], ["--again"]):
        done = books.command("rejected", "redrive", *again, role="writer")
        assert "3 sent again" in done.stderr, done.stderr
        tick_until(
            list(books.services.values()), (books.place.inbox / "_rejected" / "bad.bin").exists, 60, "it is refused again"
        )
        books.settle("all of it is refused again")
        assert books.remainders() == {"ingest": 0, "enrich": 0, "store": 0}
    listed = books.command("rejected", "list", "--json").stdout.splitlines()
    assert {json.loads(line)["state"] for line in listed} == {"open"}


def test_one_article_that_enrich_lost_shows_there(books: Books) -> None:
    books.stop("enrich")
    books.drop("lost-in-enrich.txt", "A convoy near Rivertown that enrich forgets.")
    books.skip("sitrep-enrich", RAW)
    assert books.remainders() == {"ingest": 0, "enrich": 1, "store": 0}
    books.restart("enrich", CRASHING)
    books.drop("after.txt", "Another convoy near Rivertown.")
    books.settle("what came after is stored")
    assert books.remainders() == {"ingest": 0, "enrich": 1, "store": 0}


def test_one_article_that_was_refused_before_and_is_lost_by_the_store_shows_there(books: Books) -> None:
    books.stop("enrich")
    books.restart("enrich")  # this one crashes no more
    books.settle("nothing is on its way")
    books.stop("store")
    done = books.command("rejected", "redrive", "--again", "crash-0.txt", role="writer")
    assert "1 sent again" in done.stderr, done.stderr
    tick_until(
        list(books.services.values()),
        lambda: topics.lag(books.place.broker.bootstrap, "sitrep-enrich", RAW) == 0,
        60,
        "it is enriched this time",
    )
    books.skip("sitrep-store", ENRICHED_TOPIC)
    books.restart("store")
    books.drop("later.txt", "A third convoy near Rivertown.")
    books.settle("what came after is stored")
    assert books.remainders() == {"ingest": 0, "enrich": 1, "store": 1}


def test_one_file_that_intake_lost_shows_there(books: Books) -> None:
    books.stop("ingest")
    # What a journal has of a file that was claimed and moved to _done/ although nothing of it was published.
    journal = Journal(books.place.directory / "data" / "ingest" / "journal.sqlite")
    journal.record([Transition("2024-11-30T00:00:00Z", "lost-in-ingest.txt", "claimed")])
    journal.close()
    (books.place.inbox / "_done" / "lost-in-ingest.txt").write_text("A fourth convoy near Rivertown.")
    books.restart("ingest")
    books.drop("last.txt", "A fifth convoy near Rivertown.")
    books.settle("what came after is stored")
    assert books.remainders() == {"ingest": 1, "enrich": 1, "store": 1}


def test_dropped_again_nothing_is_missing_any_more(books: Books) -> None:
    for name in ("lost-in-enrich.txt", "crash-0.txt", "lost-in-ingest.txt"):
        (books.place.inbox / "_done" / name).rename(books.place.inbox / name)
    tick_until(
        list(books.services.values()),
        lambda: books.quiet() and books.remainders() == {"ingest": 0, "enrich": 0, "store": 0},
        60,
        "the books are even",
    )
