"""Whether a service does its work, and what it waits for where it does not."""

import asyncio
import logging
import math
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from prometheus_client import Counter

from sitrep.runtime.logs import ALWAYS
from sitrep.runtime.outcomes import Cause, Retry

log = logging.getLogger(__name__)

ASK_EVERY = 5.0
"""Seconds between two questions whether something answers."""


@dataclass
class _Trouble:
    detail: str
    since: float
    attempts: int = 0

    def __str__(self) -> str:
        return f"{self.detail} (for {time.monotonic() - self.since:.0f} s)"


class Health:
    """The state of a service: `starting`, `ok` or `failing`, with a sentence. Any thread may use it.

    A *trouble* is something that the service needs and does not have: Kafka, its disk. From the first failed attempt to the
    first that succeeds the service is `failing`; the log gets one line when it begins and one when it ends, and the counter
    `attempts` counts what failed between. Where `patience` (seconds) is given, a service that said `ok` has to say so again
    within that time: a loop that hangs says nothing.
    """

    def __init__(self, patience: float = math.inf) -> None:
        self._patience = patience
        self._ok_at: float | None = None
        self._troubles: dict[Cause, _Trouble] = {}
        self._lock = threading.Lock()
        self.attempts = Counter(
            "sitrep_trouble_attempts_total", "Attempts that failed, by what was missing.", ["cause"], registry=None
        )
        for cause in Cause:
            self.attempts.labels(cause)

    def ok(self) -> None:
        """Say that the service has what it needs to begin, and that its work goes on."""
        self._ok_at = time.monotonic()

    def trouble(self, cause: Cause, detail: str) -> None:
        """Note a failed attempt; `detail` is a sentence without a full stop that says what is missing."""
        with self._lock:
            known = self._troubles.get(cause)
            trouble = self._troubles.setdefault(cause, _Trouble(detail, time.monotonic()))
            trouble.detail = detail
            trouble.attempts += 1
        self.attempts.labels(cause).inc()
        if known is None:
            log.warning("waiting for %s: %s", cause.needed, detail, extra=ALWAYS)

    def over(self, cause: Cause) -> None:
        """Note that an attempt succeeded; nothing where there was no trouble."""
        with self._lock:
            trouble = self._troubles.pop(cause, None)
        if trouble is not None:
            seconds = time.monotonic() - trouble.since
            words = (cause.needed, seconds, trouble.attempts)
            log.warning("%s is there again after %.0f s and %d failed attempts", *words, extra=ALWAYS)

    def lacks(self, cause: Cause) -> bool:
        """Return whether the last attempt that needed this has failed."""
        return cause in self._troubles

    def read(self) -> tuple[str, str]:
        """Return the state and its sentence."""
        with self._lock:
            troubles = list(self._troubles.values())
        if troubles:
            return "failing", "; ".join(map(str, troubles))
        if self._ok_at is None:
            return "starting", "not ready yet"
        silent = time.monotonic() - self._ok_at
        if silent > self._patience:
            return "failing", f"nothing was done for {silent:.0f} s"
        return "ok", "working"


async def keep_asking(
    asks: Mapping[Cause, Callable[[], Awaitable[object]]], health: Health, stop: asyncio.Event, every: float = ASK_EVERY
) -> None:
    """Ask for each thing again and again until told to stop: a service that is idle would not notice that it is missing.

    An ask raises Retry where there is no answer.
    """
    while not stop.is_set():
        for cause, ask in asks.items():
            try:
                await ask()
            except Retry as problem:
                health.trouble(cause, str(problem))
            except Exception as problem:  # whatever it is: nobody would notice that the asking has ended
                log.exception("%s could not be asked for", cause.needed)
                health.trouble(cause, f"it could not be asked: {type(problem).__name__}")
            else:
                health.over(cause)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)
