"""The whole stack as a person runs it, with the real model, while everything in it is killed again and again."""

import os
import signal
import sys
import time
from pathlib import Path
from random import Random

from tests.support.oracle import Oracle
from tests.support.up import Up
from tests.support.wait import until

ARTICLES = 300
KILLS = ["ingest", "enrich", "store"] * 5 + ["kafka", "postgres"] * 2


def test_everything_is_stored_once_whatever_is_killed(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4))
    random = Random(seed)
    sys.stdout.write(f"seed {seed}\n")
    kills = random.sample(KILLS, len(KILLS))
    with Up(tmp_path / "in box", tmp_path / "da ta") as up:
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
        assert up.end() == 0
        up.gone()
    assert rows == [(ARTICLES, ARTICLES)]
    assert sightings == [(ARTICLES,)]
    assert mentions[0][0] >= ARTICLES  # the real model finds at least the town in each
    assert refused == [(0,)]
    assert in_flight >= 0.9 * len(kills), "the kills did not hit work in flight"
    for name in set(KILLS):
        assert up.said().count(f"{name} was ended by SIGKILL") == KILLS.count(name)
    sys.stdout.write(f"stored {recovery:.1f} s after the last of {len(kills)} kills, {in_flight} with work in flight\n")
