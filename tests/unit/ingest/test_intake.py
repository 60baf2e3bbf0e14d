"""Intake where something was cut off: deaths between two renames, and directories that are in the way."""

import errno
import os
from pathlib import Path

import pytest

from services.ingest.inbox import CLAIMED, DONE, Inbox, InboxGoneError
from services.ingest.intake import Intake
from services.ingest.journal import Journal
from services.ingest.metrics import IngestMetrics
from services.ingest.readiness import Patience, Settling
from services.ingest.work import Claimed, Finished, Ready, Refused, Released, Step
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.settings import SettingsError


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Here:
    """An intake over a directory, with a clock that is moved by hand."""

    def __init__(self, root: Path) -> None:
        self.inbox = Inbox(root / "in")
        self.inbox.root.mkdir()
        self.clock = Clock()
        settling = Settling(Patience(1, 10, 60), self.clock)
        self.intake = Intake(self.inbox, Journal(root / "j.sqlite"), settling, IngestMetrics(), Failpoints(), None)
        self.inbox.prepare()

    def write(self, path: str, text: str) -> None:
        (self.inbox.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.inbox.root / path).write_text(text)

    def round(self, seconds: float = 1.0) -> list[Step]:
        """Look twice, `seconds` apart, and take what is ready."""
        self.intake.scan()
        self.clock.now += seconds
        steps = list(self.intake.steps(self.intake.scan()))
        for step in steps:
            if isinstance(step, Finished):
                self.intake.finish(step.work, DONE, None)
        return steps

    def published(self, steps: list[Step]) -> list[tuple[str, str | None]]:
        return [(s.article.sighting.key, s.article.published) for s in steps if isinstance(s, Ready)]

    def files(self) -> dict[str, str]:
        found = (path for path in self.inbox.root.rglob("*") if path.is_file())
        return {str(path.relative_to(self.inbox.root)): path.read_text() for path in found}


@pytest.fixture
def here(tmp_path: Path) -> Here:
    return Here(tmp_path)


DATED = '{"published": "2024-11-30"}'


def test_file_and_sidecar_end_together(here: Here) -> None:
    here.write("a.txt.meta.json", DATED)
    here.write("a.txt", "They came.")
    assert here.published(here.round()) == [("a.txt", "2024-11-30")]
    assert here.files() == {"_done/a.txt": "They came.", "_done/a.txt.meta.json": DATED}


def test_sidecar_of_before_is_neither_used_nor_replaced(here: Here) -> None:
    here.write("_done/a.txt.meta.json", "OLD")
    here.write("a.txt.meta.json", DATED)
    here.write("a.txt", "They came.")
    here.round()
    files = here.files()
    assert files.pop("_done/a.txt.meta.json") == "OLD"
    assert sorted(files.values()) == sorted([DATED, "They came."])


def test_death_after_the_sidecar_was_claimed(here: Here) -> None:
    here.write(f"{CLAIMED}/a.txt.meta.json", DATED)
    os.link(here.inbox.root / CLAIMED / "a.txt.meta.json", here.inbox.root.parent / "the user's own name")
    here.write("a.txt", "They came.")
    assert here.published(here.round()) == [("a.txt", "2024-11-30")]


def test_death_while_a_file_was_put_back(here: Here) -> None:
    here.write(f"{CLAIMED}/a.txt", "They came.")
    here.write(f"{CLAIMED}/a.txt.meta.json", DATED)
    os.link(here.inbox.root / CLAIMED / "a.txt", here.inbox.root / "a.txt")
    said = here.published(here.round()) + here.published(here.round())
    assert said == [("a.txt", "2024-11-30")]


def test_death_after_the_sidecar_had_its_second_name(here: Here) -> None:
    here.write(f"{DONE}/a.txt", "They came.")
    here.write(f"{DONE}/a.txt.meta.json", DATED)
    os.link(here.inbox.root / DONE / "a.txt.meta.json", here.inbox.root / CLAIMED / "a.txt.meta.json")
    assert here.round() == []
    assert here.files() == {"_done/a.txt": "They came.", "_done/a.txt.meta.json": DATED}


def test_orphan_sidecar_is_refused_in_the_end_and_not_before(here: Here) -> None:
    here.write("a.txt.meta.json", DATED)
    assert here.round(59) == []
    assert [step.rejection.code for step in here.round(1) if hasattr(step, "rejection")] == ["orphan_sidecar"]


def test_broken_sidecar_is_not_tried_again_and_again(here: Here) -> None:
    here.write("a.txt.meta.json", '{"published": ')
    here.write("a.txt", "They came.")
    assert [type(step) for step in here.round()] == [Claimed, Released]
    assert here.round(2) == []
    assert [step.rejection.code for step in here.round(60) if hasattr(step, "rejection")] == ["incomplete"]


def test_cleared_directories_are_made_again(here: Here) -> None:
    for area in (CLAIMED, DONE):
        (here.inbox.root / area).rmdir()
    here.write("a.txt", "They came.")
    here.round()
    assert here.files() == {"_done/a.txt": "They came."}


def test_file_behind_a_file_is_left_and_said_once(here: Here) -> None:
    here.write(f"{CLAIMED}/x", "in the way")
    here.write("x/y.txt", "They came.")
    here.intake.set_aside("x")
    assert [here.round() for _ in range(3)] == [[], [], []]
    assert here.files() == {"_claimed/x": "in the way", "x/y.txt": "They came."}


def test_a_file_that_is_not_whole_goes_back_and_holds_nobody_up(here: Here) -> None:
    here.write("a.txt", "They came.")
    here.write("report.json", '{"text": "They went')
    here.write("z.txt", "They stayed.")
    steps = here.round()
    assert [key for key, _ in here.published(steps)] == ["a.txt", "z.txt"]
    assert [step.work.key for step in steps if isinstance(step, Released)] == ["report.json"]
    assert "report.json" in here.files()
    assert here.round(2) == [], "it is left alone until it changes"
    here.write("report.json", '{"text": "They went away."}')
    assert [key for key, _ in here.published(here.round(2))] == ["report.json"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE, errno.ENOENT, errno.EACCES], ids=errno.errorcode.get)
def test_an_error_of_our_own_disk_refuses_nothing(here: Here, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def fail(_text: str, _publisher: str | None = None) -> tuple[str, float]:
        raise OSError(number, os.strerror(number), "/tmp/model.npz")

    here.write("a.txt", "They came.")
    with monkeypatch.context() as broken:
        broken.setattr("services.ingest.language.identify", fail)
        for seconds in (1.0, 60.0):  # nor in the last look, when what cannot be read is refused
            with pytest.raises(OSError, match=os.strerror(number)):
                here.round(seconds)
            assert here.files() == {f"{CLAIMED}/a.txt": "They came."}
            broken.setattr("services.ingest.intake.ASIDE_SECONDS", 0.0)  # so that it is tried again at once
        broken.setattr("services.ingest.language.identify", lambda _text, _publisher=None: ("en", 1.0))
        here.round(0)
    assert here.files() == {f"{DONE}/a.txt": "They came."}


def test_a_file_that_is_set_aside_holds_nobody_up(here: Here) -> None:
    here.write(f"{CLAIMED}/a.txt", "They came.")
    here.write("b.txt", "They went.")
    here.intake.set_aside("a.txt")
    assert here.intake.sets_aside
    assert [key for key, _ in here.published(here.round())] == ["b.txt"]


def test_a_parser_that_raises_an_error_of_the_system_by_name_only_refuses(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_text: str, _publisher: str | None = None) -> tuple[str, float]:
        raise OSError("this is no document")

    here.write("a.txt", "They came.")
    monkeypatch.setattr("services.ingest.language.identify", fail)
    assert [step.rejection.code for step in here.round() if isinstance(step, Refused)] == ["malformed"]


def test_a_file_with_a_bad_block_is_refused_in_the_end_and_holds_nobody_up(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.pread

    def pread(descriptor: int, size: int, offset: int) -> bytes:
        if os.fstat(descriptor).st_size == len("They came."):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(descriptor, size, offset)

    monkeypatch.setattr("os.pread", pread)
    here.write("a.txt", "They came.")
    here.write("b.txt", "They went away.")
    assert [key for key, _ in here.published(here.round())] == ["b.txt"]
    assert [step.rejection.code for step in here.round(60) if isinstance(step, Refused)] == ["unreadable"]


def test_an_inbox_that_is_gone_is_not_made_anew(here: Here) -> None:
    here.inbox.acquire()
    here.inbox.root.rename(here.inbox.root.with_name("moved"))
    with pytest.raises(InboxGoneError, match="make it again"):
        here.intake.scan()
    assert not here.inbox.root.exists()
    here.inbox.root.mkdir()
    here.write("a.txt", "They came.")
    assert [key for key, _ in here.published(here.round())] == ["a.txt"]
    with pytest.raises(SettingsError, match="another Sitrep"):
        Inbox(here.inbox.root).acquire()
