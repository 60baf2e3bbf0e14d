"""The pool on its real processes: what dies is replaced, what kills is found, and nobody else is blamed."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest

from services.enrich import frames
from services.enrich.pool import Enriched, PipelineError, Pool, PoolError, chunks
from sitrep.contracts.codes import RejectionCode as Code
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.runtime.outcomes import Reject
from tests.support.make import article

T = TypeVar("T")


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SITREP_MODEL", "light")
    monkeypatch.setenv("SITREP_ENV", "test")
    monkeypatch.setenv("SITREP_FAILPOINT_TOKENS", str(tmp_path))


def with_pool(work: Callable[[Pool], Coroutine[Any, Any, T]], size: int = 1, deadline: float = 30) -> T:
    async def run() -> T:
        pool = Pool(size, deadline, asked=lambda: None, finished=lambda _: None)
        try:
            return await work(pool)
        finally:
            await pool.close()

    return asyncio.run(run())


def test_pool_answers_in_order_from_several_processes() -> None:
    articles = [article(f"Report {n} from Rivertown.", f"{n}.txt") for n in range(40)]
    results = with_pool(lambda pool: pool.enrich(articles), size=2)
    values = [result.value for result in results if isinstance(result, Enriched)]
    assert [EnrichedArticle.model_validate_json(value).article for value in values] == articles


def test_process_that_has_read_enough_makes_room_for_a_new_one() -> None:
    def processes() -> set[int]:
        return {child.pid for child in psutil.Process().children() if "services.enrich.child" in child.cmdline()}

    async def work() -> tuple[list[set[int]], int]:
        pool = Pool(1, 30, asked=lambda: None, finished=lambda _: None, life=40)
        seen, good = [], 0
        try:
            for number in range(3):
                results = await pool.enrich([article(f"Report {number} {n}.") for n in range(20)])
                good += sum(isinstance(result, Enriched) for result in results)
                seen.append(processes())
        finally:
            await pool.close()
        return seen, good

    seen, good = asyncio.run(work())
    assert good == 60
    assert [len(pids) for pids in seen] == [1, 1, 1]
    assert seen[0] == seen[1] != seen[2]


def test_pool_blames_nobody_for_a_process_that_was_killed_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SITREP_FAILPOINT", "enrich.in_child:1")
    for number in range(2):
        (tmp_path / f"enrich.in_child~{number}").touch()
    results = with_pool(lambda pool: pool.enrich([article(f"Report {n}.") for n in range(8)]))
    assert all(isinstance(result, Enriched) for result in results)
    assert not list(tmp_path.iterdir())


def test_pool_finds_the_article_that_kills_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_FAILPOINT", "enrich.on_word:1")
    articles = [article(f"Report {n}{' KILLTHECHILD' if n == 5 else ''}.") for n in range(8)]
    results = with_pool(lambda pool: pool.enrich(articles))
    blamed = {n: result.code for n, result in enumerate(results) if isinstance(result, Reject)}
    assert blamed == {5: Code.NLP_CRASH}


def test_pool_refuses_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_FAILPOINT", "enrich.on_word:1")
    articles = [article(f"Report {n}{' HANGTHECHILD' if n == 2 else ''}.") for n in range(4)]
    results = with_pool(lambda pool: pool.enrich(articles), deadline=1.0)
    blamed = {n: result.code for n, result in enumerate(results) if isinstance(result, Reject)}
    assert blamed == {2: Code.NLP_TIMEOUT}


def test_pool_says_what_is_wrong_with_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_MODEL", "no_such_model")
    with pytest.raises(PipelineError, match="there is no model no_such_model"):
        with_pool(lambda pool: pool.warm())


def test_pool_leaves_no_process() -> None:
    async def pids(pool: Pool) -> list[psutil.Process]:
        await pool.warm()
        return [child for child in psutil.Process().children() if "services.enrich.child" in child.cmdline()]

    children = with_pool(pids, size=2)
    assert len(children) == 2
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def test_chunks_are_small_and_lose_nothing() -> None:
    articles = [article("x" * size, f"{size}") for size in (10, 39_980, 20, 50_000, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
    made = chunks(articles)
    assert [one for chunk in made for one in chunk] == articles
    assert [len(chunk) for chunk in made] == [2, 1, 1, 9]
    assert chunks([]) == []


def test_frames_round_trip() -> None:
    async def run() -> list[bytes]:
        reader = asyncio.StreamReader()
        reader.feed_data(frames.pack([b"one", b"", b"three"]))
        return await frames.receive(reader)

    assert asyncio.run(run()) == [b"one", b"", b"three"]


@pytest.mark.parametrize(("kills", "starts"), [(2, True), (3, False)], ids=["twice", "every time"])
def test_process_that_is_killed_while_it_starts_is_started_again(kills: int, starts: bool) -> None:
    def starting() -> set[int]:
        """Return the language processes; the broker and the database are children of this process as well."""
        found = set()
        for child in psutil.Process().children():
            with suppress(psutil.NoSuchProcess):
                if "services.enrich.child" in child.cmdline():  # a zombie has none
                    found.add(child.pid)
        return found

    async def kill(times: int) -> None:
        killed: set[int] = set()
        while len(killed) < times:
            for pid in starting() - killed:
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
            await asyncio.sleep(0.01)  # the round of a poll; a process takes far longer to start

    async def work(pool: Pool) -> int:
        killing = asyncio.create_task(kill(kills))
        try:
            await pool.warm()
        finally:
            await killing
        return sum(isinstance(result, Enriched) for result in await pool.enrich([article("Report from Rivertown.")]))

    if starts:
        assert with_pool(work) == 1
    else:
        with pytest.raises(PoolError, match="it ended 3 times"):
            with_pool(work)
