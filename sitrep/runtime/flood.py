"""Stops a stage in which everything is refused: the fault is then hardly in the inputs, and somebody has to look."""

import asyncio
import threading
from collections.abc import Callable, Iterable

from prometheus_client import Gauge

from sitrep.contracts.codes import Stage
from sitrep.runtime.health import Health
from sitrep.runtime.metrics import StageMetrics
from sitrep.runtime.outcomes import Cause

LOOK_EVERY = 0.2
"""Seconds between two looks whether it goes on."""


class Flood:
    """Counts how many inputs in a row were refused; at `limit` the stage takes nothing more until it is told to go on.

    What was refused until then is on `news.rejected`, confirmed. `resume` is called from the thread of the endpoint; a restart
    begins at 0 as well.
    """

    def __init__(self, limit: int, stage: Stage, metrics: StageMetrics, health: Health) -> None:
        self._limit = limit
        self._stage = stage
        self._health = health
        self._in_a_row = 0
        self._closed = False
        self._lock = threading.Lock()  # what is said on /health and as a metric changes with the state, or not at all
        self._gauge = Gauge(
            f"sitrep_{stage}_flood_stopped",
            "1 while the stage takes nothing because too many inputs in a row were refused.",
            registry=metrics.registry,
        )

    @property
    def stopped(self) -> bool:
        """Return whether nothing is to be taken."""
        return self._closed

    def note(self, refused: Iterable[bool]) -> None:
        """Note for each input, in order, whether it was refused."""
        with self._lock:
            for one in refused:
                self._in_a_row = self._in_a_row + 1 if one else 0
                if self._in_a_row >= self._limit and not self._closed:
                    self._closed = True
                    self._gauge.set(1)
                    self._health.trouble(Cause.FLOOD, self._sentence())

    def _sentence(self) -> str:
        return (
            f"{self._limit} inputs in a row were refused, and nothing more is taken: look at `sitrep rejected list`, then "
            f"`sitrep resume {self._stage}`"
        )

    def resume(self) -> bool:
        """Go on, with the count at 0; return whether it was stopped."""
        with self._lock:
            was, self._closed, self._in_a_row = self._closed, False, 0
            self._gauge.set(0)
            if was:
                self._health.over(Cause.FLOOD)
        return was

    async def open(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Return when inputs are taken; `meanwhile` is called again and again until then."""
        while self.stopped:
            meanwhile()
            await asyncio.sleep(LOOK_EVERY)
