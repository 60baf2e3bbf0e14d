"""Rejections listed, shown and sent again: once, each in the way that it came, and never round and round."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitrep.contracts.topics import RAW
from sitrep.embedded.layout import write_json
from tests.support import topics
from tests.support.oracle import Oracle
from tests.support.servers import Broker, Database
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

    def listed(self, *options: str) -> dict[str, dict[str, str]]:
        """Return what is listed, by key."""
        done = self.run("list", "--json", "--most", "1000", *options)
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
        assert database.rows("SELECT count(*), count(DISTINCT article_id) FROM articles") == [(CRASHING, CRASHING)]

        # The file that is still no text was read and refused again, and is left alone from now on.
        rejected = place.inbox / "_rejected" / "bad.bin"
        tick_until(everyone, rejected.exists, 30, "the bad one is back in _rejected")
        assert bench.listed()["bad.bin"]["state"] == "redriven"
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
        rejected.unlink()
        assert [code for service in everyone for code in service.exits] == []


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["list", "--stage", "kitchen"], 2, "there is no stage kitchen; there are ingest, enrich, store"),
        (["list", "--code", "ugly"], 2, "there is no code ugly; there are empty,"),
        (["list", "--since", "soon"], 2, "--since soon is not a date"),
        (["show", "nosuch"], 1, "there is no rejection nosuch; `sitrep rejected list` has all"),
        (["redrive", "--bootstrap", "127.0.0.1:1", "--dry-run", "--until", "2000-01-01"], 0, "0 sent again"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(place: Place, arguments: list[str], code: int, sentence: str) -> None:
    done = Bench(place, place.directory / "data").run(*arguments, role="writer" if arguments[0] == "redrive" else "reader")
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr or "--dry-run" in arguments
    assert "Traceback" not in done.stderr
