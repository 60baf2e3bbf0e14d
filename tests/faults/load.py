"""Work that never runs out while faults happen: files dropped as fast as they are stored, each one an obligation."""

import time
from dataclasses import dataclass, field
from random import Random

import psycopg

from tests.support.oracle import Oracle
from tests.support.servers import Database

LOOK_EVERY = 0.1


@dataclass
class Load:
    """Drops the files of an oracle so that `ahead` of them are always on their way, until `total` are dropped.

    `share` is how many of them may be dropped by now, so that the last fault still finds some that are not.

    `stored_at` is when (monotonic) each was first seen as a row; a marker is a file dropped right after a fault: when it is a
    row, the whole way works again.
    """

    oracle: Oracle
    database: Database
    total: int
    ahead: int
    share: int = 0
    dropped: int = 0
    open: set[str] = field(default_factory=set)
    recoveries: list[float] = field(default_factory=list)
    _markers: dict[str, float] = field(default_factory=dict)
    _looked: float = 0.0

    @property
    def all_stored(self) -> bool:
        """Return whether everything is dropped and seen as a row."""
        return self.dropped >= self.total and not self.open

    def feed(self) -> None:
        """Drop files until enough are on their way, or all that may be by now."""
        count = min(self.ahead - len(self.open), min(self.total, self.share) - self.dropped)
        if count > 0:
            self._drop(count)

    def press(self) -> None:
        """Drop files until enough are on their way, however many there were: a fault is about to happen."""
        count = self.ahead - len(self.open)
        if count > 0:
            self._drop(count)

    def mark(self, at: float) -> None:
        """Drop one more file, whose row shows that a fault at this time is overcome."""
        for id_ in self._drop(1):
            self._markers[id_] = at

    def _drop(self, count: int) -> list[str]:
        new = self.oracle.drop(range(self.dropped, self.dropped + count))
        self.dropped += count
        self.total = max(self.total, self.dropped)
        self.open |= set(new)
        return new

    def look(self) -> None:
        """See which of those on their way are rows now; nothing while the database is away."""
        now = time.monotonic()
        if not self.open or now - self._looked < LOOK_EVERY:
            return
        self._looked = now
        try:
            found = self.database.rows("SELECT article_id FROM articles WHERE article_id = ANY(%s)", list(self.open))
        except psycopg.OperationalError:
            return
        for (id_,) in found:
            self.open.discard(id_)
            if id_ in self._markers:
                self.recoveries.append(now - self._markers.pop(id_))


def seeded(row: str, seed: int) -> Random:
    """Return the source of chance of one scenario."""
    return Random(f"{row}/{seed}")
