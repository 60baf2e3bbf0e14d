"""`sitrep up` on a good day and on bad ones: what it says, and that it leaves nothing behind."""

import os
import pty
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sitrep.embedded import ports
from sitrep.embedded.layout import read_json
from tests.support.oracle import Oracle
from tests.support.up import Up
from tests.support.wait import until

LIGHT = {"SITREP_MODEL": "light", "SITREP_POOL_SIZE": "1"}
NAMESPACE = ["unshare", "-rm"]


def drop_and_wait(up: Up, seed: str) -> Oracle:
    """Drop three articles and wait until they are stored."""
    oracle = Oracle(up.inbox, seed)
    oracle.drop(range(3))
    until(lambda: up.stored(oracle) == len(oracle.texts), 30, "the articles are stored")
    return oracle


def test_up_goes_on_after_everything_was_killed_and_a_port_was_taken(tmp_path: Path) -> None:
    inbox, data = tmp_path / "in", tmp_path / "däta, #1 \\ x"
    with Up(inbox, data, env=LIGHT) as up:
        until(up.ready, 180, "ready")
        oracle = drop_and_wait(up, f"first-{tmp_path.name}")
        for expected in (str(inbox), "sitrep psql", f"127.0.0.1:{_port(up, 'kafka')}", "/metrics", "Ctrl-C"):
            assert expected in up.said()
        names = ["kafka", "postgres", "store", "enrich", "ingest"]
        children = [child for name in names if (child := up.child(name))]
        up.process.kill()
        for child in children:
            child.signal(signal.SIGKILL)
        up.gone()
    taken = _port(up, "postgres")
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind((ports.HOST, taken))
        stranger.listen()
        began = time.monotonic()
        with Up(inbox, data, env=LIGHT) as up:
            until(up.ready, 60, "ready again")
            assert time.monotonic() - began < 20
            assert f"Port {taken} of the last run is in use" in up.said()
            assert up.stored(oracle) == len(oracle.texts)
            drop_and_wait(up, f"second-{tmp_path.name}")
            second = Up(inbox, data, env=LIGHT)
            assert second.process.wait(30) == 2
            assert f"Sitrep runs on {data} already (process {up.process.pid})" in second.said()
            assert read_json(up.layout.state)["ready"] is True  # the refused one has touched nothing
            assert up.end(signal.SIGTERM) == 0
            up.gone()
    assert not up.said().count("exited with")


@pytest.mark.parametrize("seconds", [0.4, 1.0, 2.0, 3.5])
def test_up_is_interrupted_during_its_start_and_leaves_nothing(tmp_path: Path, seconds: float) -> None:
    with Up(tmp_path / "in", tmp_path / "data", env=LIGHT) as up:
        began = time.monotonic()
        until(lambda: time.monotonic() - began > seconds, 10, "the moment has come")
        assert up.end(signal.SIGINT, 30) in {0, -signal.SIGINT}  # the latter while it is still importing
        assert "Traceback" not in up.said()
        up.gone()


def test_up_ends_when_the_terminal_hangs_up_on_its_parent(tmp_path: Path) -> None:
    data = tmp_path / "data"
    command = [sys.executable, "-P", "-m", "sitrep.cli.entry", "up", "--inbox", str(tmp_path / "in"), "--data", str(data)]
    leader, terminal = pty.openpty()
    # As `make run` does: a parent that has the terminal, waits, and does not pass the hang-up on.
    shell = ["sh", "-c", 'trap "" HUP; "$@"; exit 0', "sh", *command]
    process = subprocess.Popen(
        shell, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True, env={**os.environ, **LIGHT}
    )
    os.close(terminal)
    up = Up.__new__(Up)
    up.layout = type("L", (), {"data": data})()
    said = b""
    while b"Sitrep is ready" not in said:
        said += os.read(leader, 4096)
    os.close(leader)
    process.wait(40)
    up.gone()


def test_up_drops_in_the_examples_when_asked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    command = [sys.executable, "-P", "-m", "sitrep.cli.entry", "up", "--inbox", str(tmp_path / "in"), "--data", str(data)]
    leader, terminal = pty.openpty()
    process = subprocess.Popen(
        ["setsid", "--ctty", "--wait", *command], stdin=terminal, stdout=terminal, stderr=terminal, env={**os.environ, **LIGHT}
    )
    os.close(terminal)
    said = b""
    while b"Type e and Enter" not in said:
        said += os.read(leader, 4096)
    os.write(leader, b"e\n")
    while b"They are in the inbox" not in said:
        said += os.read(leader, 4096)
    examples = Path(__file__).parents[2] / "examples"
    done = tmp_path / "in" / "_done"
    until(lambda: done.is_dir() and len(list(done.glob("*.txt"))) == len(list(examples.glob("*.txt"))), 30, "they are taken in")
    os.write(leader, b"\x03")
    while process.poll() is None:
        try:
            said += os.read(leader, 4096)
        except OSError:  # the other side is closed
            break
    assert process.wait(40) == 0
    os.close(leader)
    assert b"Nothing is lost" in said


def test_up_as_another_user_than_root(tmp_path: Path) -> None:
    prefix = ["unshare", "-U", "--map-user=1000"] if os.geteuid() == 0 else []
    with Up(tmp_path / "in", tmp_path / "data", prefix=prefix, env=LIGHT) as up:
        until(up.ready, 120, "ready")
        drop_and_wait(up, f"user-{tmp_path.name}")
        assert up.end() == 0


def test_up_once_takes_in_what_is_there_and_says_what_became_of_it(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    Oracle(inbox, f"once-{tmp_path.name}").drop(range(4))
    (inbox / "empty.txt").touch()
    (inbox / "fr.txt").write_text("Les rebelles ont pris la ville vendredi, selon le gouverneur de la province.\n", "utf-8")
    with Up(inbox, tmp_path / "data", "--once", "--published", "2024-11-30", env=LIGHT) as up:
        assert up.process.wait(120) == 1
        assert "5 articles stored, 1 refused." in up.said()
        assert "1 of them is not read: French." in up.said()
        lines = [line.split() for line in up.said().splitlines()]
        assert ["File", "State", "Published", "Entities", "Dates", "Claims", "Seconds"] in lines
        assert ["empty.txt", "rejected:", "empty"] in lines
        assert ["fr.txt", "stored,", "not", "read:", "French", "2024-11-30"] in [line[:6] for line in lines]
        assert sum(line[1:3] == ["stored", "2024-11-30"] and len(line) == 7 for line in lines) == 4
        assert "carry no publish date" not in up.said()
        assert {path.name for path in (inbox / "_rejected").iterdir()} == {"empty.txt", "empty.txt.error.json"}


def test_up_once_that_is_interrupted_has_not_finished(tmp_path: Path) -> None:
    with Up(tmp_path / "in", tmp_path / "data", "--once", env=LIGHT) as up:
        until(lambda: "Starting Kafka" in up.said(), 60, "it has begun")
        assert up.end(signal.SIGINT, 30) == 2
        up.gone()


@pytest.mark.parametrize(
    ("prepare", "options", "sentence"),
    [
        ("mount -t tmpfs -o size=64m tmpfs data", ["--data", "data"], "64 MiB are free"),
        ("", ["--data", "in/data"], "is inside the inbox"),
        ("touch data", ["--data", "data"], "cannot be made"),
        ("", ["--data", "data", "--published", "yesterday"], "is not a date like"),
        ("export SITREP_CACHE=/proc/none", ["--data", "data"], "name another directory in SITREP_CACHE"),
    ],
    ids=["full disk", "data in the inbox", "data is a file", "no date", "no cache"],
)
def test_up_says_what_is_wrong_in_a_sentence(tmp_path: Path, prepare: str, options: list[str], sentence: str) -> None:
    (tmp_path / "in").mkdir()
    make = "mkdir data\n" if prepare.startswith("mount") else ""
    command = f"{make}{prepare}\nexec {sys.executable} -P -m sitrep.cli.entry up --inbox in " + " ".join(options)
    done = subprocess.run(
        [*NAMESPACE, "sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert sentence in said
    assert "Traceback" not in said


def _port(up: Up, name: str) -> int:
    return int(read_json(up.layout.state)["ports"][name])
