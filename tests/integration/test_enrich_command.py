"""`sitrep enrich`, as a person uses it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sitrep.contracts import EnrichedArticle

COMMAND = [sys.executable, "-P", "-m", "sitrep.cli.entry", "enrich"]
TEXT = "Rebels captured the town of Sake on Friday, residents said."


def run(*arguments: str, stdin: str = "") -> tuple[int, list[EnrichedArticle], str]:
    done = subprocess.run([*COMMAND, *arguments], input=stdin.encode(), capture_output=True, timeout=120, check=False)
    return (
        done.returncode,
        [EnrichedArticle.model_validate_json(line) for line in done.stdout.splitlines()],
        done.stderr.decode(),
    )


def test_files_come_out_in_order_and_a_bad_one_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f" date 2024-11-30 {TEXT}")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "One. " + TEXT}) + "\n{}\n" + json.dumps({"text": "Two. " + TEXT}))
    (tmp_path / "c.html").write_text("<html></html>")
    names = [str(tmp_path / name) for name in ("b.jsonl", "c.html", "a.txt", "gone.txt")]
    code, made, said = run("--published", "2024-11-23", *names)
    assert code == 1
    assert [article.article.sighting.key for article in made] == [f"{names[0]}#line=1", f"{names[0]}#line=3", names[2]]
    assert [article.article.published for article in made] == ["2024-11-23", "2024-11-23", "2024-11-30"]
    assert [str(article.dates[0].earliest) for article in made] == ["2024-11-22", "2024-11-22", "2024-11-29"]
    claim = made[2].claims[0]
    assert (claim.type, claim.speaker and claim.speaker.name, str(claim.when and claim.when.earliest)) == (
        "control", "residents", "2024-11-29",
    )  # fmt: skip
    assert [line.partition(": ")[2].partition(":")[0].rpartition("/")[2] for line in said.splitlines()] == [
        "b.jsonl", "c.html", "gone.txt",
    ]  # fmt: skip
    assert "Traceback" not in said


def test_standard_input(tmp_path: Path) -> None:
    code, made, said = run("-", stdin=TEXT)
    assert (code, said) == (0, "")
    assert made[0].article.text == TEXT
    assert made[0].dates[0].earliest is None  # without a publish date, `Friday` is no day of the calendar


@pytest.mark.parametrize("data", [b'{"text": ', b"caf\xc3", b"[{", b"\x00", b"---\na: &x 1\n---\nText"])
def test_bad_file_does_not_take_the_good_ones_with_it(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad").write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT)
    code, made, said = run("--model", "light", str(tmp_path / "bad"), str(tmp_path / "good.txt"))
    assert (code, len(made)) == (1, 1)
    assert said.count("\n") == 1
    assert "Traceback" not in said


@pytest.mark.parametrize("arguments", [["--published", "soon", "-"], ["--model", "no_such_model", "-"]])
def test_wrong_options_are_a_sentence(arguments: list[str]) -> None:
    code, made, said = run(*arguments, stdin=TEXT)
    assert (code, made) == (2, [])
    assert said.startswith("sitrep enrich: ")
    assert "Traceback" not in said
