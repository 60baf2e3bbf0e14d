"""Rejections listed, shown and sent again: once, each in the way that it came, and never round and round."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from services.ingest import names
from sitrep.cli.redrive import _Files
from sitrep.contracts import identity
from sitrep.contracts.events import Rejection
from sitrep.contracts.text import normalise
from sitrep.contracts.topics import ENRICHED, RAW, REJECTED
from sitrep.embedded.layout import write_json
from tests.integration.test_store import item, record, store
from tests.support import topics
from tests.support.make import article, enriched, example_bytes
from tests.support.oracle import Oracle
from tests.support.servers import Broker, Database, Fresh
from tests.support.service import Place, Service, tick_until

CRASHING = 5


@dataclass
class Bench:
    """Services whose enrich crashes at a word, a file that is no text, and somebody at a terminal."""

    place: Place
    data: Path

    def run(self, *arguments: str, role: str = "reader") -> "subprocess.CompletedProcess[str]":
        """Run `sitrep rejected …` to its end."""
        command = [sys.executable, "-P", "-m", "sitrep.cli.entry", "rejected", *arguments, "--data", str(self.data)]
        env = {
            **os.environ,
            "SITREP_POSTGRES_URI": self.place.database.uri(role),
            "SITREP_KAFKA_BOOTSTRAP": self.place.broker.bootstrap,
        }
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=env)

    def redrive(self, *options: str) -> tuple[int, list[dict[str, str]]]:
        """Return the exit code and what became of each."""
        done = self.run("redrive", "--json", *options, role="writer")
        assert "Traceback" not in done.stderr
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def standing(self) -> list[dict[str, str]]:
        """Return what is listed where nothing else is asked for: what is refused still."""
        return [json.loads(line) for line in self.run("list", "--json").stdout.splitlines()]

    def listed(self, *options: str) -> dict[str, dict[str, str]]:
        """Return what is listed, by key."""
        done = self.run("list", "--all", "--json", "--most", "1000", *options)
        assert done.returncode == 0, done.stderr
        return {row["key"]: row for row in map(json.loads, done.stdout.splitlines())}


def test_what_was_refused_and_mended_is_stored_once(  # noqa: PLR0915 - one story, told in order
    tmp_path: Path, broker: Broker
) -> None:
    with Database(tmp_path / "postgres") as database, ExitStack() as stack:
        database.ready()
        place = Place(tmp_path, broker, database)
        bench = Bench(place, tmp_path / "data")
        bench.data.mkdir(exist_ok=True)
        write_json(bench.data / "state.json", {"inbox": str(place.inbox)})
        oracle = Oracle(place.inbox, f"rejected {tmp_path.name}")
        texts = {f"crash-{n}.txt": f"{oracle.text(n)} KILLTHECHILD" for n in range(CRASHING)}
        for name, text in texts.items():
            (place.inbox / name).write_text(text, "utf-8")
        (place.inbox / "bad.bin").write_bytes(b"\x00\x01\x02")
        services = {name: stack.enter_context(Service(name, place)) for name in ("store", "ingest")}
        # Each crash is searched for by bisection, with a language process started anew every time.
        crashing = Service("enrich", place, {"SITREP_FAILPOINT": "enrich.on_word:1", "SITREP_ENRICH_BATCH": "1"})
        with crashing:
            tick_until([*services.values(), crashing], lambda: len(bench.listed()) == CRASHING + 1, 120, "all are refused")
            # What is not committed would be read again, by the one that does not crash.
            tick_until([crashing], lambda: topics.lag(broker.bootstrap, "sitrep-enrich", RAW) == 0, 30, "all is committed")
        services["enrich"] = stack.enter_context(Service("enrich", place))
        everyone = list(services.values())

        before = bench.listed()
        assert {row["state"] for row in before.values()} == {"open"}
        assert {row["code"] for row in before.values()} == {"nlp_crash", "binary"}
        assert set(bench.listed("--code", "binary")) == {"bad.bin"}
        assert set(bench.listed("--stage", "ingest")) == {"bad.bin"}
        assert bench.listed("--until", "2020-01-01") == {}
        assert "KILLTHECHILD" in bench.run("show", before["crash-0.txt"]["rejection_id"][:10]).stdout
        assert "export it as text, HTML or JSON" in bench.run("show", before["bad.bin"]["rejection_id"]).stdout

        code, dry = bench.redrive("--dry-run")
        assert code == 0
        assert {row["outcome"] for row in dry} == {"would be sent again to news.raw", "would be sent again to the inbox"}
        assert database.rows("SELECT count(*) FROM redrives") == [(0,)]

        code, one = bench.redrive(before["crash-3.txt"]["rejection_id"])
        assert (code, [row["key"] for row in one]) == (0, ["crash-3.txt"])
        tick_until(everyone, lambda: bench.listed()["crash-3.txt"]["state"] == "stored", 30, "one is stored")

        code, rest = bench.redrive("--rate", "200")
        assert code == 0
        sent = {row["key"] for row in rest if row["outcome"].startswith("sent again")}
        assert sent == set(before) - {"crash-3.txt"}
        tick_until(everyone, lambda: set(bench.listed("--state", "stored")) == set(texts), 60, "all that crashed are stored")
        ours = [identity.article_id(normalise(text)) for text in texts.values()]  # others' are on the broker as well
        stored = database.rows("SELECT article_id FROM articles WHERE article_id = ANY(%s)", ours)
        assert sorted(id_ for (id_,) in stored) == sorted(ours)

        # The file that is still no text was read and refused again, and is left alone from now on.
        rejected = place.inbox / "_rejected" / "bad.bin"
        tick_until(everyone, rejected.exists, 30, "the bad one is back in _rejected")
        tick_until(everyone, lambda: bench.listed()["bad.bin"]["state"] == "open", 30, "it is refused again, and said to be")
        assert [row["key"] for row in bench.standing()] == ["bad.bin"]
        code, second = bench.redrive()
        assert code == 0
        assert not [row for row in second if row["outcome"].startswith("sent again")]
        audit = database.rows("SELECT way, count(*) FROM redrives GROUP BY way ORDER BY way")
        assert audit == [("news.raw", CRASHING), ("the inbox", 1)]

        for times in (2, 3):
            code, again = bench.redrive("--again", "--code", "binary")
            assert [row["outcome"] for row in again] == ["sent again to the inbox"]
            tick_until(everyone, rejected.exists, 30, f"it is refused the {times + 1}th time")
        code, last = bench.redrive("--again", "--code", "binary")
        assert [row["outcome"] for row in last] == ["left: it was sent again 3 times already, and refused each time"]
        assert bench.run("dismiss", "bad.bin", role="reader").returncode == 2
        assert "dismissed" in bench.run("dismiss", "bad.bin", role="writer").stdout
        assert (bench.standing(), bench.listed()["bad.bin"]["state"]) == ([], "dismissed")
        assert {row["outcome"] for row in bench.redrive("--again", "bad.bin")[1]} == {"left: it was dismissed"}
        assert "open again" in bench.run("dismiss", "--undo", before["bad.bin"]["rejection_id"][:8], role="writer").stdout
        assert [row["key"] for row in bench.standing()] == ["bad.bin"]
        rejected.unlink()
        assert [code for service in everyone for code in service.exits] == []


def test_a_file_that_was_mended_and_sent_again_is_refused_no_more(tmp_path: Path, broker: Broker) -> None:
    with Database(tmp_path / "postgres") as database, ExitStack() as stack:
        database.ready()
        place = Place(tmp_path, broker, database)
        desk = Bench(place, tmp_path / "data")
        desk.data.mkdir(exist_ok=True)
        write_json(desk.data / "state.json", {"inbox": str(place.inbox)})
        report = f"Shelling near Rivertown, {tmp_path.name}."
        (place.inbox / "a.json").write_text('{"text": ')
        (place.inbox / "b.json").write_text('{"text": }')
        (place.inbox / "c.json").write_text('{"txt": 1}')
        services = [
            stack.enter_context(Service(name, place, {"SITREP_GIVE_UP_SECONDS": "2"})) for name in ("store", "ingest", "enrich")
        ]
        tick_until(services, lambda: len(desk.standing()) == 3, 60, "three are refused")
        rejected = place.inbox / "_rejected"
        (rejected / "a.json").write_text(json.dumps({"text": report}))
        (rejected / "b.json").write_text(json.dumps([{"text": f"{report} {n}"} for n in range(2)]))
        code, sent = desk.redrive()
        assert (code, len(sent)) == (0, 3)

        def settled() -> bool:
            return {key: row["state"] for key, row in desk.listed().items()} == {
                "a.json": "stored", "b.json": "stored", "c.json": "open",
            }  # fmt: skip

        tick_until(services, settled, 60, "what was mended is stored, what was not is refused again")
        assert [row["key"] for row in desk.standing()] == ["c.json"]


def refusal(fresh: Fresh, **fields: object) -> str:
    """Store one refusal and return its id."""
    made = Rejection.model_validate_json(json.dumps({**json.loads(example_bytes("rejected_by_enrich")), **fields}))
    store(fresh, [[item(record(made, REJECTED, "news.rejected"))]])
    return made.rejection_id


def states(fresh: Fresh) -> dict[str, str]:
    return dict(fresh.rows("SELECT rejection_id, state FROM refusals"))


def test_article_that_was_there_before_does_not_make_a_refusal_stored(database: Database) -> None:
    fresh = database.fresh("refusal_states")
    of = article("Report: shelling near Rivertown.")
    store(fresh, [[item(record(enriched(of), ENRICHED))]])  # with a receipt of 2024-11-30
    later = refusal(fresh, rejection_id="1" * 32, article_id=of.article_id, at="2024-12-01T00:00:00Z")
    earlier = refusal(fresh, rejection_id="2" * 32, article_id=of.article_id, at="2024-11-29T00:00:00Z")
    assert states(fresh) == {later: "open", earlier: "stored"}


def test_article_that_was_there_before_is_stored_again_when_it_was_sent_again(database: Database) -> None:
    fresh = database.fresh("refusal_again")
    of = article("Report: shelling near Rivertown.")
    message = record(enriched(of), ENRICHED)
    store(fresh, [[item(message)]])
    refused = refusal(fresh, rejection_id="4" * 32, article_id=of.article_id, at="2024-12-01T00:00:00Z")
    store(fresh, [[item(message)]])  # read again from the topic, which is no sign of anything
    assert states(fresh) == {refused: "open"}
    note = "INSERT INTO sitrep.redrives (rejection_id, attempt, run, way, at) VALUES (%s, 1, 'run', 'news.raw', now() - interval '1 s')"
    with psycopg.connect(fresh.uri("writer"), autocommit=True) as writer:
        writer.execute(note, (refused,))
    assert states(fresh) == {refused: "redriven"}
    for _ in range(2):
        store(fresh, [[item(message)]])
        assert states(fresh) == {refused: "stored"}
    receipts = fresh.rows("SELECT stored_at::date::text, stored_again_at IS NOT NULL FROM receipts WHERE sighting = ''")
    assert receipts == [("2024-11-30", True)]


def test_time_that_is_none_hides_no_refusal(database: Database) -> None:
    fresh = database.fresh("refusal_times")
    odd = refusal(fresh, rejection_id="3" * 32, at="soon")
    assert states(fresh) == {odd: "open"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "sitrep.cli.entry", "rejected", "list", "--postgres", fresh.uri("reader")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert odd[:12] in done.stdout


def put_back(inbox: Path, name: str, uri: str) -> str:
    """Put a file of `_rejected/` back as redrive does, and return why not."""
    (inbox / "_rejected" / names.error_path(name)).write_text(json.dumps({"errors": [{"rejection_id": "r"}]}))
    return _Files(inbox).put_back({"rejection_id": "r", "uri": uri})


@pytest.mark.parametrize("name", ["a.txt", "b~0123abcd.txt", "n" * 246 + ".txt"], ids=["plain", "marked", "long"])
def test_file_goes_back_under_the_name_that_it_was_dropped_by(tmp_path: Path, name: str) -> None:
    (tmp_path / "_rejected").mkdir()
    (tmp_path / "_rejected" / name).write_text("x")
    dropped = name.replace("~0123abcd", "")
    assert put_back(tmp_path, name, names.uri(dropped) + "#line=3") == ""
    assert (tmp_path / dropped).read_text() == "x"
    assert list((tmp_path / "_rejected").iterdir()) == []


def test_what_lies_in_the_inbox_already_is_not_replaced(tmp_path: Path) -> None:
    rejected = tmp_path / "_rejected"
    rejected.mkdir()
    (rejected / "a.txt").write_text("old")
    (rejected / "a.txt.meta.json").write_text("[1, 2]")
    (tmp_path / "a.txt.meta.json").write_text("{}")
    (tmp_path / "a.txt").write_text("new")
    assert "the inbox has another file a.txt" in put_back(tmp_path, "a.txt", "inbox:a.txt")
    assert ((tmp_path / "a.txt").read_text(), (rejected / "a.txt").read_text()) == ("new", "old")
    (tmp_path / "a.txt").unlink()
    assert put_back(tmp_path, "a.txt", "inbox:a.txt") == ""
    assert ((tmp_path / "a.txt").read_text(), (tmp_path / "a.txt.meta.json").read_text()) == ("old", "{}")


def test_nothing_is_sent_by_somebody_who_may_not_note_it(place: Place) -> None:
    done = Bench(place, place.directory / "data").run("redrive", role="reader")
    assert (done.returncode, done.stdout) == (2, "")
    assert "connect as sitrep_writer" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["list", "--stage", "kitchen"], 2, "there is no stage kitchen; there are ingest, enrich, store"),
        (["list", "--code", "ugly"], 2, "there is no code ugly; there are empty,"),
        (["list", "--since", "soon"], 2, "--since soon is not a date"),
        (["show", "nosuch"], 1, "there is no rejection nosuch; `sitrep rejected list --all` has all"),
        (["redrive", ""], 2, "an id is empty; without any id all are meant"),
        (["redrive", "ffffffffffff"], 1, "there is no rejection ffffffffffff among those that are meant"),
        (["redrive", "--bootstrap", "127.0.0.1:1", "--dry-run", "--until", "2000-01-01"], 0, "0 sent again"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(place: Place, arguments: list[str], code: int, sentence: str) -> None:
    done = Bench(place, place.directory / "data").run(*arguments, role="writer" if arguments[0] == "redrive" else "reader")
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr or "--dry-run" in arguments
    assert "Traceback" not in done.stderr
