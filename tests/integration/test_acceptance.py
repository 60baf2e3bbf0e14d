"""The whole stack as a person runs it, with the real model, while everything in it is killed again and again."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import psycopg

from sitrep.embedded.layout import Layout, read_json
from sitrep.embedded.procs import ProcessId
from tests.support.oracle import Oracle
from tests.support.wait import until

ARTICLES = 300
KILLS = ["ingest", "enrich", "store"] * 5 + ["kafka", "postgres"] * 2


class Up:
    """`sitrep up` as a process, seen from outside as a person or another command sees it."""

    def __init__(self, directory: Path) -> None:
        self.inbox = directory / "in box"
        self.layout = Layout(directory / "da ta")
        self.output = directory / "output.txt"
        command = [sys.executable, "-m", "sitrep.cli.main", "up", "--inbox", str(self.inbox), "--data", str(self.layout.data)]
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        return "Sitrep is ready." in self.said()

    def child(self, name: str) -> ProcessId | None:
        found = read_json(self.layout.state).get("children", {}).get(name)
        return ProcessId.read(found)

    def rows(self, query: str, *parameters: object) -> list[tuple[int, ...]]:
        match = re.search(r"postgresql://\S+", self.said())
        assert match
        with psycopg.connect(match[0], connect_timeout=5) as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    def stored(self, oracle: Oracle) -> int:
        try:
            return self.rows("SELECT count(*) FROM articles WHERE article_id = ANY(%s)", list(oracle.texts))[0][0]
        except psycopg.OperationalError:
            return 0

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def test_everything_is_stored_once_whatever_is_killed(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4))
    random = Random(seed)
    sys.stdout.write(f"seed {seed}\n")
    kills = random.sample(KILLS, len(KILLS))
    up = Up(tmp_path)
    try:
        until(up.ready, 180, "sitrep up is ready")
        oracle = Oracle(up.inbox, f"acceptance-{seed}")
        in_flight = 0
        share = ARTICLES // len(kills)
        for number, name in enumerate(kills):
            first = number * share
            oracle.drop(range(first, ARTICLES if number == len(kills) - 1 else first + share))
            until(lambda name=name: (child := up.child(name)) is not None and child.alive(), 30, f"{name} runs")  # type: ignore[misc]
            in_flight += up.stored(oracle) < len(oracle.texts)
            victim = up.child(name)
            assert victim is not None
            victim.signal(signal.SIGKILL)
            until(lambda victim=victim: not victim.alive(), 5, f"{name} is dead")  # type: ignore[misc]
        last_fault = time.monotonic()
        until(lambda: up.stored(oracle) == ARTICLES, 60, "everything is stored after the last fault")
        recovery = time.monotonic() - last_fault
        ids = list(oracle.texts)
        rows = up.rows("SELECT count(*), count(DISTINCT article_id) FROM articles WHERE article_id = ANY(%s)", ids)
        sightings = up.rows("SELECT count(*) FROM sightings WHERE article_id = ANY(%s)", ids)
        mentions = up.rows("SELECT count(*) FROM mentions WHERE article_id = ANY(%s)", ids)
        refused = up.rows("SELECT count(*) FROM rejections")
    finally:
        code = up.stop()
    assert code == 0
    assert rows == [(ARTICLES, ARTICLES)]
    assert sightings == [(ARTICLES,)]
    assert mentions[0][0] >= ARTICLES  # the real model finds at least the town in each
    assert refused == [(0,)]
    assert in_flight >= 0.9 * len(kills), "the kills did not hit work in flight"
    said = up.said()
    for name in set(KILLS):
        assert said.count(f"{name} was ended by SIGKILL") == KILLS.count(name)
    sys.stdout.write(f"stored {recovery:.1f} s after the last of {len(kills)} kills, {in_flight} with work in flight\n")
