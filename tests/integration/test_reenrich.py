"""Stored articles are brought to the present version through the topics, and new reports hardly wait for that."""

import asyncio
import json
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.enrich.language.version import VERSION
from sitrep.cli.running import Running
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.headers import Headers
from sitrep.contracts.topics import ENRICHED, ENRICHED_TOPIC, RAW, RECEIPTS, MessageType, Topic
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.inflight import bounds, records
from sitrep.runtime.records import Incoming
from tests.support.former import leave, rows_of, schemas
from tests.support.questions import fill
from tests.support.up import Up
from tests.support.wait import until

MODEL = {"SITREP_POOL_SIZE": "1", "SITREP_CANARY": "false"}


def sitrep(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-P", "-m", "sitrep.cli.entry", *arguments[:1], "--data", str(data), *arguments[1:]]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def versions(up: Up) -> dict[int, int]:
    return dict(up.rows("SELECT version, count(*) FROM articles GROUP BY version"))


def on_topic(data: Path, topic: Topic) -> list[Incoming]:
    async def read() -> list[Incoming]:
        cluster = Cluster(Running.on(data).bootstrap())
        return [record async for record in records(cluster, await bounds(cluster, [topic]))]

    return asyncio.run(read())


def replayed(data: Path, topic: Topic) -> list[Incoming]:
    return [record for record in on_topic(data, topic) if Headers.read(record.headers).run.startswith("reenrich-")]


def test_data_of_the_version_before_is_upgraded_and_enriched_anew(tmp_path: Path) -> None:
    schema = schemas()[-1]
    rows, inbox, data = rows_of(schema), tmp_path / "in", tmp_path / "data"
    leave(inbox, data, schema, rows)
    former = {row["version"] for row in rows["articles"]}
    with Up(inbox, data, env=MODEL) as up:
        until(up.ready, 180, "ready")
        assert set(versions(up)) == former
        for view in ("said", "about", "casualties", "control", "first_said", "reports", "entities", "refusals", "arrivals"):
            up.rows(f"SELECT * FROM {view}")  # with the rows of a former version
        told = json.loads(sitrep(data, "status", "--json").stdout)["versions"]
        assert {int(version) for version in told} == former
        assert f"{len(rows['articles'])} articles of an older version are meant" in sitrep(data, "reenrich", "--dry-run").stderr
        done = sitrep(data, "reenrich", "--all")
        assert done.returncode == 0, done.stderr
        assert f"{len(rows['articles'])} articles brought to version {VERSION}, 0 refused" in done.stderr
        assert versions(up) == {VERSION: len(rows["articles"])}
        for topic in (RAW, ENRICHED_TOPIC, RECEIPTS):  # each article, and its best sighting before it
            assert len(replayed(data, topic)) == 2 * len(rows["articles"]), topic.name
        # What stands in the tables is what the present version finds, as if it had never been anything else.
        for record in of_type(replayed(data, ENRICHED_TOPIC), ENRICHED):
            message = EnrichedArticle.model_validate_json(record.value or b"")
            shown = sitrep(data, "show", message.article.article_id, "--json")
            stored = EnrichedArticle.model_validate_json(shown.stdout)
            assert (stored.claims, stored.dates, stored.enrichment) == (message.claims, message.dates, message.enrichment)
        assert up.rows("SELECT count(*) FROM sightings") == [(len(rows["sightings"]),)]
        again = sitrep(data, "reenrich", "--all")
        assert (again.returncode, "0 articles of an older version are meant" in again.stderr) == (0, True)
        assert up.end() == 0


def of_type(records: list[Incoming], type_: MessageType) -> list[Incoming]:
    return [record for record in records if Headers.read(record.headers).type == type_.name]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Up, Path]]:
    """A stack with many generated articles of version 1."""
    home = tmp_path_factory.mktemp("many")
    inbox, data = home / "in", home / "data"
    with Up(inbox, data, env=MODEL) as up:
        until(up.ready, 180, "ready")
        asyncio.run(fill(Running.on(data).uri("writer"), "reenrich", 0, 900))
        yield up, data


def start(data: Path, *options: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "sitrep.cli.entry", "reenrich", "--data", str(data), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def delays(up: Up, name: str, count: int) -> list[float]:
    """Drop reports one after the other and return the seconds from the drop of each to its rows."""
    return [
        _delay(up, f"{name}-{n}.txt", f"The mayor said that {n + 2} people were killed in {name} on Friday.")
        for n in range(count)
    ]


def _delay(up: Up, key: str, text: str) -> float:
    began = time.monotonic()
    (up.inbox / key).write_text(f" date 2024-11-30 {text}\n", "utf-8")
    until(lambda: up.rows("SELECT 1 FROM sightings WHERE key = %s", key), 60, "it is stored", every=0.02)
    return time.monotonic() - began


def test_only_what_is_chosen_is_sent(many: tuple[Up, Path]) -> None:
    up, data = many
    ((day, count),) = up.rows("SELECT published_on, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1")
    done = sitrep(data, "reenrich", "--since", str(day), "--until", str(day), "--version", "1")
    assert done.returncode == 0, done.stderr
    assert versions(up)[VERSION] == count
    assert up.rows("SELECT DISTINCT published_on FROM articles WHERE version = %s", VERSION) == [(day,)]


def test_killed_run_goes_on_and_new_reports_hardly_wait(many: tuple[Up, Path]) -> None:
    up, data = many
    alone = delays(up, "before", 4)
    first = start(data, "--all")
    before = versions(up)[1]
    until(lambda: versions(up).get(1, 0) < before - 10, 60, "some are done", every=0.02)
    meanwhile = delays(up, "meanwhile", 4)
    assert first.poll() is None, "it is still at work"
    assert statistics.median(meanwhile) - statistics.median(alone) < 1.0, (alone, meanwhile)
    first.kill()
    first.communicate()
    left = versions(up).get(1, 0)
    assert left > 0
    sent = len(replayed(data, RAW))
    done = sitrep(data, "reenrich", "--all")
    assert done.returncode == 0, done.stderr
    assert 1 not in versions(up)
    assert len(replayed(data, RAW)) - sent <= 2 * left


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        ((), 2, "say which articles"),
        (("--since", "Friday"), 2, "not a date"),
        (("--since", "2024-12-01", "--until", "2024-11-01"), 2, "before it begins"),
        (("--version", "0"), 2, "greater than"),
    ],
)
def test_what_is_not_meant_is_a_sentence(many: tuple[Up, Path], options: tuple[str, ...], code: int, sentence: str) -> None:
    done = sitrep(many[1], "reenrich", *options)
    assert done.returncode == code
    assert sentence in done.stderr


def test_second_run_beside_one_is_refused(many: tuple[Up, Path]) -> None:
    up, data = many
    asyncio.run(fill(Running.on(data).uri("writer"), "reenrich-more", 0, 100))
    before = versions(up)[1]
    first = start(data, "--all", "--rate", "2")
    until(lambda: versions(up)[1] < before, 60, "it has begun", every=0.05)
    second = sitrep(data, "reenrich", "--all")
    assert (second.returncode, "another `sitrep reenrich`" in second.stderr) == (1, True)
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=30)
    assert first.returncode == -signal.SIGINT
