"""Batches in work at once: the next one begins before the last one is done, and they are finished in the order of their coming.

It knows nothing of Kafka, Faust or language.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

B = TypeVar("B")
R = TypeVar("R")


class Window(Generic[B, R]):
    """Works on up to `size` batches at once, so that what it holds is bounded.

    `begin` does the work of a batch, beside that of others; `finish` is called with its result, one batch after the other, in
    order. Whatever either raises is given to `failed`, and no later batch is finished.
    """

    def __init__(
        self,
        size: int,
        begin: Callable[[B], Awaitable[R]],
        finish: Callable[[B, R], Awaitable[None]],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._begin = begin
        self._finish = finish
        self._failed = failed
        self._room = asyncio.Semaphore(size)
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Return whether any batch is in work."""
        return bool(self._tasks)

    async def take(self, batch: B) -> None:
        """Begin a batch, as soon as there is room for it."""
        await self._room.acquire()
        task = asyncio.create_task(self._work(batch, self._last))
        self._last = task
        self._tasks.add(task)  # the loop itself keeps no task alive
        task.add_done_callback(self._done)

    async def _work(self, batch: B, before: "asyncio.Task[None] | None") -> None:
        try:
            result = await self._begin(batch)
            if before is not None:
                await before
            await self._finish(batch, result)
        except BaseException as problem:
            self._failed(problem)
            raise

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # `failed` was told already
        self._room.release()
