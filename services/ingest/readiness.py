"""Whether a file is whole: unchanged for a while, and where the kernel can tell, not open for writing."""

import errno
import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from services.ingest.inbox import Found, Inbox, Signature


class Lease(Enum):
    """What the kernel says of a file."""

    FREE = "nobody writes it"
    WRITTEN = "it is being written"
    UNKNOWN = "the kernel cannot tell"
    UNREADABLE = "it cannot be opened"


def ignore_lease_breaks() -> None:
    """Prepare the process for `probe`, from its main thread.

    A writer that opens a file in the moment of the lease makes the kernel send SIGIO, which would end the process.
    """
    signal.signal(signal.SIGIO, signal.SIG_IGN)


def probe(inbox: Inbox, found: Found) -> Lease:
    """Ask the kernel by a read lease, taken and released at once: only EAGAIN means that somebody writes."""
    try:
        descriptor = inbox.open(found.area, found.path)
    except PermissionError:
        return Lease.UNREADABLE
    except OSError:
        return Lease.UNKNOWN
    try:
        return ask(descriptor)
    finally:
        os.close(descriptor)


def ask(descriptor: int) -> Lease:
    """Ask the kernel about an open file."""
    if sys.platform != "linux":
        return Lease.UNKNOWN
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as problem:
        return Lease.WRITTEN if problem.errno == errno.EAGAIN else Lease.UNKNOWN
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return Lease.FREE


@dataclass(frozen=True)
class Patience:
    """Seconds that a file must be unchanged: `settle` usually, `unsure` without a lease, `give_up` before a refusal."""

    settle: float = 1.0
    unsure: float = 10.0
    give_up: float = 60.0


@dataclass
class _Seen:
    signature: Signature
    since: float
    unfinished: bool = False
    round: int = 0


@dataclass(frozen=True)
class Ready:
    """A file that can be taken; `final` says that it had all the time there is: what is unfinished is refused now."""

    found: Found
    final: bool


class Settling:
    """Remembers since when each file is unchanged (monotonic seconds)."""

    def __init__(self, patience: Patience, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._clock = clock
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._round = 0

    def begin_round(self) -> None:
        """Begin to look through everything once more."""
        self._round += 1

    def end_round(self) -> None:
        """Forget what was not seen in this round."""
        self._seen = {place: seen for place, seen in self._seen.items() if seen.round == self._round}

    def unchanged(self, found: Found) -> float:
        """Note a sight of a file and return the seconds that it has been unchanged."""
        place, now = (found.area, found.path), self._clock()
        seen = self._seen.get(place)
        if seen is None or seen.signature != found.signature:
            seen = self._seen[place] = _Seen(found.signature, now)
        seen.round = self._round
        return now - seen.since

    def ready(self, found: Found, probe: Callable[[Found], Lease]) -> Ready | None:
        """Return the file if it can be taken now; `probe` is called only where its answer matters."""
        age = self.unchanged(found)
        seen = self._seen[found.area, found.path]
        if age < self._patience.settle:
            return None
        if age >= self._patience.give_up:
            return None if probe(found) is Lease.WRITTEN else Ready(found, final=True)
        if seen.unfinished:
            return None
        lease = probe(found)
        if lease is Lease.WRITTEN:
            seen.since = self._clock()
            return None
        if lease is Lease.UNREADABLE or (lease is Lease.UNKNOWN and age < self._patience.unsure):
            return None
        return Ready(found, final=False)

    def changed(self, found: Found) -> None:
        """Note that a file was seen to change, so that it has to settle anew."""
        self._seen.pop((found.area, found.path), None)

    def unfinished(self, found: Found, area: str) -> None:
        """Note that a file ends too early: it is offered again when it has changed, or for the last time.

        `area` is where the file is now.
        """
        seen = self._seen.pop((found.area, found.path), None)
        since = self._clock() if seen is None else seen.since
        self._seen[area, found.path] = _Seen(found.signature, since, unfinished=True, round=self._round)

    @property
    def due(self) -> float | None:
        """Return the seconds until a file that was seen may have settled; None where none is on its way to that.

        A file that has settled and is not taken yet (somebody writes it, or the kernel cannot tell) is looked at again as often as
        files settle.
        """
        now, settle = self._clock(), self._patience.settle
        ages = [now - seen.since for seen in self._seen.values() if not seen.unfinished]
        return min((settle - age if age < settle else settle for age in ages), default=None)
