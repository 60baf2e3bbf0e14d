"""Batches in work at once, finished in order."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from services.enrich.window import Window

Begin = Callable[[int], Awaitable[int]]


class Scene:
    """A window of numbers whose work ends when the test says so."""

    def __init__(self, size: int, *, bad: frozenset[int] = frozenset(), bad_end: frozenset[int] = frozenset()) -> None:
        self.begun: list[int] = []
        self.finished: list[tuple[int, int]] = []
        self.failed: list[BaseException] = []
        self.may_end: dict[int, asyncio.Event] = {}
        self._bad, self._bad_end = bad, bad_end
        self.window = Window(size, self._begin, self._finish, self.failed.append)

    async def _begin(self, number: int) -> int:
        self.begun.append(number)
        await self.may_end.setdefault(number, asyncio.Event()).wait()
        if number in self._bad:
            raise ValueError(number)
        return number * 10

    async def _finish(self, number: int, result: int) -> None:
        await asyncio.sleep(0)
        if number in self._bad_end:
            raise OSError(number)
        self.finished.append((number, result))

    async def take(self, *numbers: int) -> "asyncio.Task[None]":
        async def all_of_them() -> None:
            for number in numbers:
                await self.window.take(number)

        task = asyncio.create_task(all_of_them())
        await self.settle()
        return task

    async def end(self, *numbers: int) -> None:
        for number in numbers:
            self.may_end.setdefault(number, asyncio.Event()).set()
            await self.settle()

    @staticmethod
    async def settle() -> None:
        for _ in range(20):
            await asyncio.sleep(0)


def test_batches_overlap_and_are_finished_in_order() -> None:
    async def run() -> None:
        scene = Scene(3)
        taking = await scene.take(1, 2, 3, 4, 5)
        assert scene.begun == [1, 2, 3], "no more than there is room for"
        await scene.end(3, 2)
        assert (scene.finished, scene.begun) == ([], [1, 2, 3]), "what is behind waits, and takes its room"
        await scene.end(1)
        assert scene.finished == [(1, 10), (2, 20), (3, 30)]
        assert scene.begun == [1, 2, 3, 4, 5]
        await taking
        assert scene.window.busy
        await scene.end(4, 5)
        assert not scene.window.busy
        assert scene.failed == []

    asyncio.run(run())


@pytest.mark.parametrize(("bad", "bad_end"), [({2}, set()), (set(), {2})], ids=["in its work", "in its end"])
def test_nothing_behind_a_failure_is_finished(bad: set[int], bad_end: set[int]) -> None:
    async def run() -> None:
        scene = Scene(4, bad=frozenset(bad), bad_end=frozenset(bad_end))
        await scene.take(1, 2, 3, 4)
        await scene.end(4, 3, 2, 1)
        assert scene.finished == [(1, 10)]
        assert scene.failed

    asyncio.run(run())
