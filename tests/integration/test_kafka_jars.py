"""Kafka's jars: whatever is wrong with a download, what is used is what the lock file names."""

import signal
import sys
from pathlib import Path

import pytest

from sitrep.embedded.child import Command, python, spawn
from sitrep.embedded.kafka_jars import KAFKA_LOCK, Jars, read_lock
from sitrep.embedded.procs import StackError
from tests.support.wait import until

SMALL = "slf4j-simple"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock file with two small jars of the real one."""
    lines = [line for line in KAFKA_LOCK.read_text().splitlines() if SMALL in line or "jopt-simple" in line]
    path = tmp_path / "small.lock"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_fetch_brings_what_the_lock_names_and_mends_what_is_damaged(tmp_path: Path, lock: Path) -> None:
    jars = Jars(tmp_path / "cache", lock)
    jars.partial.mkdir(parents=True)
    (jars.partial / jars.wanted[0].filename).write_bytes(b"PK cut off")  # a killed download
    (jars.partial / "repository").mkdir()
    assert not jars.whole()
    jars.fetch()
    assert jars.whole()
    assert sorted(path.name for path in jars.directory.iterdir()) == sorted(jar.filename for jar in jars.wanted)
    damaged = jars.directory / jars.wanted[1].filename
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert not jars.whole()
    jars.fetch()
    assert jars.whole()
    assert not jars.partial.exists()


def test_fetch_refuses_a_jar_with_another_hash_in_a_sentence(tmp_path: Path, lock: Path) -> None:
    lock.write_text(lock.read_text().replace(read_lock(lock)[0].sha256, "0" * 64))
    jars = Jars(tmp_path / "cache", lock)
    with pytest.raises(StackError, match=r"is not the file that kafka\.lock names"):
        jars.fetch()
    assert not jars.directory.exists()


def test_fetch_killed_in_mid_download_goes_on_the_next_time(tmp_path: Path) -> None:
    jars = Jars(tmp_path / "cache")
    command = Command("download", python("sitrep.embedded.kafka_jars", str(jars.cache)))
    process = spawn(command, tmp_path / "log")
    until(lambda: jars.there() >= 3, 60, "some jars are there")
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert not jars.whole()
    there = jars.there()
    jars.fetch()
    assert jars.whole()
    sys.stdout.write(f"killed with {there} of {len(jars.wanted)} jars\n")
