"""When a file is taken."""

import os
from pathlib import Path

import pytest

from services.ingest.inbox import CLAIMED, INBOX, Found, Inbox, Signature
from services.ingest.readiness import Lease, Patience, Settling, ignore_lease_breaks, probe

PATIENCE = Patience(settle=1, unsure=10, give_up=60)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def found(size: int = 1, area: str = INBOX) -> Found:
    return Found(area, "a.txt", Signature(1, size, 0, 1))


def taken(settling: Settling, lease: Lease, what: Found | None = None) -> bool | None:
    """Return None where the file is not taken, else whether it is for the last time."""
    ready = settling.ready(what or found(), lambda _: lease)
    return None if ready is None else ready.final


@pytest.mark.parametrize(
    ("lease", "second", "expected"),
    [
        (Lease.FREE, 0.9, None),
        (Lease.FREE, 1.0, False),
        (Lease.WRITTEN, 1.0, None),
        (Lease.UNKNOWN, 9.9, None),
        (Lease.UNKNOWN, 10.0, False),
        (Lease.UNREADABLE, 59.9, None),
        (Lease.UNREADABLE, 60.0, True),
        (Lease.WRITTEN, 60.0, None),
    ],
)
def test_ready(lease: Lease, second: float, expected: bool | None) -> None:
    settling = Settling(PATIENCE, clock := Clock())
    assert taken(settling, lease) is None
    clock.now = second
    assert taken(settling, lease) is expected


def test_ready_begins_anew_with_every_change() -> None:
    settling = Settling(PATIENCE, clock := Clock())
    for size in range(5):
        clock.now += 0.9
        assert taken(settling, Lease.FREE, found(size)) is None
    clock.now += 1
    assert taken(settling, Lease.FREE, found(4)) is False


def test_unfinished_file_is_offered_when_it_changed_and_for_the_last_time() -> None:
    settling = Settling(PATIENCE, clock := Clock())
    taken(settling, Lease.FREE)
    clock.now = 1
    assert taken(settling, Lease.FREE) is False
    settling.unfinished(found(), INBOX)
    clock.now = 30
    assert taken(settling, Lease.FREE) is None
    taken(settling, Lease.FREE, found(2))
    clock.now = 31
    assert taken(settling, Lease.FREE, found(2)) is False
    settling.unfinished(found(2), CLAIMED)
    clock.now = 91
    assert taken(settling, Lease.FREE, found(2, CLAIMED)) is True


def test_settling_says_when_to_look_and_forgets_what_is_gone() -> None:
    clock = Clock()
    settling = Settling(PATIENCE, clock)
    settling.begin_round()
    settling.unchanged(found())
    settling.end_round()
    assert settling.due == pytest.approx(PATIENCE.settle)
    clock.now += PATIENCE.settle / 4
    assert settling.due == pytest.approx(PATIENCE.settle * 3 / 4)
    clock.now += PATIENCE.settle
    assert settling.due == PATIENCE.settle, "it has settled, and something keeps it"
    settling.begin_round()
    settling.end_round()
    assert settling.due is None


def test_probe_sees_a_writer(tmp_path: Path) -> None:
    ignore_lease_breaks()
    inbox = Inbox(tmp_path)
    (tmp_path / "a.txt").write_text("text")
    assert probe(inbox, found()) is Lease.FREE
    with (tmp_path / "a.txt").open("a"):
        assert probe(inbox, found()) is Lease.WRITTEN
    os.mkfifo(tmp_path / "pipe")
    assert probe(inbox, Found(INBOX, "pipe", found().signature)) is Lease.UNKNOWN
