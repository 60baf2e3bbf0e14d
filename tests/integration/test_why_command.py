"""`sitrep why FILE`, as a person uses it."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-P", "-m", "sitrep.cli.entry", "why"]
TEXT = "The mayor, Ana Ruiz, spoke on Friday. She did not rule out that the dam had burst. The road, she said, is closed."


def run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, timeout=120, check=False, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("why") / "dam.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_every_claim_comes_with_the_rule_cue_and_antecedent_behind_it(report: Path) -> None:
    code, out, err = run(str(report), "--published", "2024-11-30")
    assert (code, err) == (0, "")
    told = out[out.index("The road, she said, is closed") :]
    for expected in ("content", "cue", "said", "speaker", "stands for Ana Ruiz", "polarity", "confidence"):
        assert expected in told, expected


def test_time_of_the_saying_is_given(tmp_path: Path) -> None:
    path = tmp_path / "said.txt"
    path.write_text("The army said on Friday that it had left Homs on Wednesday.", "utf-8")
    code, out, err = run(str(path), "--published", "2024-11-30")
    assert (code, err) == (0, "")
    assert "2024-11-29: the time beside the cue" in out


def test_place_without_a_claim_says_why_there_is_none(report: Path) -> None:
    code, out, err = run(str(report), "--at", str(TEXT.index("spoke")))
    assert (code, err) == (0, "")
    assert "no claim" in out


def test_headline_that_the_body_repeats_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "headline.txt"
    path.write_text("Mayor says the dam has burst\n\nThe dam has burst, the mayor of Goma said on Friday.", "utf-8")
    code, out, err = run(str(path), "--at", "3")
    assert (code, err) == (0, "")
    assert "a headline that the body repeats" in " ".join(out.split())


def test_file_that_is_not_here_is_asked_for_in_the_store(tmp_path: Path) -> None:
    code, out, err = run("gone.txt", "--data", str(tmp_path / "data"))
    assert (code, out) == (1, "")
    assert "nothing runs on" in err


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["--at", "-4"], 2, "an offset counts characters from 0"),
        (["--at", "900"], 0, "has no sentence at 900"),
    ],
)
def test_offset_that_is_none(report: Path, arguments: list[str], code: int, expected: str) -> None:
    got, out, err = run(str(report), *arguments)
    assert got == code
    assert expected in out + err
    assert "Traceback" not in err


def test_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01")
    code, out, err = run(str(bad))
    assert (code, out) == (1, "")
    assert "there is nothing to explain" in err
    assert "Traceback" not in err
