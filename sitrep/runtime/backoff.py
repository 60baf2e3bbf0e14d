"""Trying again in place: how long to wait, how long to go on, and what is said meanwhile."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from sitrep.runtime.health import Health
from sitrep.runtime.outcomes import Cause, Retry

T = TypeVar("T")


@dataclass(frozen=True)
class Backoff:
    """Waits of `first` seconds, doubled up to `longest`, for `total` seconds in all (None: for ever)."""

    first: float
    longest: float
    total: float | None

    def wait(self, attempt: int) -> float:
        """Return the seconds to wait after the `attempt`th failure, counted from 1."""
        return min(self.first * 2.0 ** min(attempt - 1, 30), self.longest)


IN_PLACE = Backoff(first=0.2, longest=5.0, total=300.0)
"""For a message in hand: after 5 minutes the process exits with EXIT_RETRY."""

FOR_EVER = Backoff(first=0.2, longest=5.0, total=None)
"""For what a process cannot live without: its broker and its database at start."""


async def retrying(
    action: Callable[[], Awaitable[T]],
    policy: Backoff,
    health: Health,
    *,
    on_retry: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.monotonic,
) -> T:
    """Return what `action` returns, calling it again for as long as it raises Retry and the policy allows.

    `health` is told what is missing meanwhile. Raises the last Retry when `policy.total` seconds are over.
    """
    began = clock()
    attempt = 0
    missing: set[Cause] = set()
    while True:
        try:
            result = await action()
        except Retry as problem:
            attempt += 1
            health.trouble(problem.cause, str(problem))
            missing.add(problem.cause)
            if policy.total is not None and clock() - began >= policy.total:
                raise
            on_retry()
            await asyncio.sleep(policy.wait(attempt))
        else:
            for cause in missing:
                health.over(cause)
            return result
