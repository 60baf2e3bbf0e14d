"""Trying again in place."""

import asyncio

import pytest

from sitrep.runtime.backoff import FOR_EVER, IN_PLACE, Backoff, retrying
from sitrep.runtime.health import Health
from sitrep.runtime.outcomes import Cause, Retry

QUICK = Backoff(first=0.0, longest=0.0, total=10.0)


def failing(times: int) -> "tuple[list[int], object]":
    calls: list[int] = []

    async def action() -> str:
        calls.append(1)
        if len(calls) <= times:
            raise Retry(Cause.KAFKA, "not yet")
        return "done"

    return calls, action


def test_retrying_returns_what_comes_in_the_end() -> None:
    calls, action = failing(3)
    noted: list[int] = []
    assert asyncio.run(retrying(action, QUICK, Health(), on_retry=lambda: noted.append(1))) == "done"  # type: ignore[arg-type]
    assert (len(calls), len(noted)) == (4, 3)


def test_retrying_gives_up_when_the_time_is_over() -> None:
    calls, action = failing(100)
    moments = iter(range(0, 100, 4))
    with pytest.raises(Retry):
        asyncio.run(retrying(action, QUICK, Health(), clock=lambda: float(next(moments))))  # type: ignore[arg-type]
    assert len(calls) == 3


def test_retrying_lets_everything_else_through() -> None:
    async def action() -> None:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        asyncio.run(retrying(action, FOR_EVER, Health()))


def test_waits_grow_and_are_bounded() -> None:
    assert [IN_PLACE.wait(n) for n in (1, 2, 3, 10, 10_000)] == [0.2, 0.4, 0.8, 5.0, 5.0]
    assert IN_PLACE.total == 300
