"""Waiting: a poll with a deadline, never a sleep."""

import time
from collections.abc import Callable


def until(ready: Callable[[], object], seconds: float, what: str, every: float = 0.05) -> None:
    """Return when `ready` is true; fail with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:.0f} s: {what}")
        time.sleep(every)
