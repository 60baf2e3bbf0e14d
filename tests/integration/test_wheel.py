"""The wheel by itself: what `pip install` of it and of requirements/all.txt gives, in a directory that has nothing of the sources."""

import os
import subprocess
from pathlib import Path

import pytest

from sitrep.embedded.layout import cache_directory
from tests.support.image import image


@pytest.fixture(scope="module")
def sitrep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return image("all", tmp_path_factory.mktemp("wheel")) / "sitrep"


def run(sitrep: Path, home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    env = {
        "PATH": f"{sitrep.parent}:/usr/bin:/bin",
        "HOME": str(home),
        "SITREP_CACHE": str(cache_directory(os.environ)),
        "SITREP_POOL_SIZE": "1",
        "COLUMNS": "100",
    }
    return subprocess.run([str(sitrep), *words], cwd=home, env=env, capture_output=True, text=True, timeout=240, check=False)


def test_it_runs_where_there_is_nothing_else(sitrep: Path, tmp_path: Path) -> None:
    where = "import sitrep.embedded.kafka_jars as k; print(k.KAFKA_LOCK)"
    done = subprocess.run(
        [str(sitrep.parent / "python"), "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).is_relative_to(sitrep.parents[1]), "it is the wheel that is tried"
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "report.txt").write_text(
        " date 2024-11-30 Rebels shelled Aleppo on Friday, killing 12 people, a monitor said."
    )
    (tmp_path / "inbox" / "bad.bin").write_bytes(b"\0")
    done = run(sitrep, tmp_path, "up", "--once")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "report.txt" in done.stdout
    assert "stored" in done.stdout
    assert "binary" in done.stdout
    found = run(sitrep, tmp_path, "search", "--claims", "killing")
    assert "12 people" in found.stdout, found.stderr
