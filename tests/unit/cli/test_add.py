"""What `sitrep add` leaves in the inbox: a whole file under its own name, with its sidecar, or nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.cli.add import run_add
from tests.support.web import PAGE, Web


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as server:
        yield server


def listed(inbox: Path) -> list[str]:
    return sorted(path.name for path in inbox.iterdir())


def test_file_is_copied_with_what_stands_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, inbox = tmp_path / "report.txt", tmp_path / "in"
    report.write_text("Shells hit Goma.")
    Path(f"{report}.meta.json").write_text('{"publisher": "Radio Okapi", "published": "2025-01-01"}')
    assert run_add([str(report)], inbox, {"published": "2025-01-28"}, allow_private=False) == 0
    assert listed(inbox) == ["report.txt", "report.txt.meta.json"]
    assert (inbox / "report.txt").read_text() == "Shells hit Goma."
    beside = json.loads((inbox / "report.txt.meta.json").read_text())
    assert beside == {"publisher": "Radio Okapi", "published": "2025-01-28"}
    assert capsys.readouterr().out == f"{inbox / 'report.txt'}\n"
    assert report.exists()


def test_name_that_is_taken_gets_a_mark(tmp_path: Path) -> None:
    report, inbox = tmp_path / "report.txt", tmp_path / "in"
    for text in ("one", "two"):
        report.write_text(text)
        assert run_add([str(report)], inbox, {}, allow_private=False) == 0
    names = listed(inbox)
    assert len(names) == 2
    assert {(inbox / name).read_text() for name in names} == {"one", "two"}


def test_page_is_dropped_as_received_with_its_address(tmp_path: Path, web: Web) -> None:
    inbox = tmp_path / "in"
    assert run_add([f"{web.url}/world/bridge-closed"], inbox, {"publisher": "The Post"}, allow_private=True) == 0
    name = "127.0.0.1-bridge-closed.html"
    assert listed(inbox) == [name, f"{name}.meta.json"]
    assert (inbox / name).read_bytes() == PAGE
    beside = json.loads((inbox / f"{name}.meta.json").read_text())
    assert beside == {"url": f"{web.url}/world/bridge-closed", "publisher": "The Post"}


def test_what_cannot_be_added_is_a_sentence_and_the_rest_is_added(
    tmp_path: Path, web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    good, inbox = tmp_path / "good.txt", tmp_path / "in"
    good.write_text("Shells hit Goma.")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "odd.txt").write_text("x")
    (tmp_path / "odd.txt.meta.json").write_text("[1]")
    bad = [str(tmp_path / "gone.txt"), str(tmp_path), str(tmp_path / ".hidden"), str(tmp_path / "odd.txt"),
           f"{web.url}/status/404", "ftp://example.org/x"]  # fmt: skip
    assert run_add([*bad, str(good)], inbox, {}, allow_private=True) == 1
    said = capsys.readouterr().err.splitlines()
    reasons = [
        "No such file",
        "it is a directory",
        "is left alone (hidden)",
        "is not a JSON object",
        "answers 404",
        "only http and https",
    ]
    assert len(said) == len(reasons), said
    for line, thing, reason in zip(said, bad, reasons, strict=True):
        assert line.startswith(f"sitrep add: {thing}: ")
        assert reason in line
    assert listed(inbox) == ["good.txt"]


def test_private_address_is_refused_by_default(tmp_path: Path, web: Web, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_add([web.url], tmp_path / "in", {}, allow_private=False) == 1
    assert "not a public address" in capsys.readouterr().err
    assert web.hits == []
