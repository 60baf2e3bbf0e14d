"""The supervisor with real processes and a clock of its own."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from sitrep.embedded import ports
from sitrep.embedded.child import LOG_LIMIT, Command, guarded, shorten
from sitrep.embedded.procs import ProcessId, StackError, end
from sitrep.embedded.supervisor import Supervisor
from tests.support.wait import until

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


def supervisor(directory: Path) -> tuple[Supervisor, list[str]]:
    said: list[str] = []
    return Supervisor(directory, said.append, lambda: None), said


def test_supervisor_starts_again_after_longer_and_longer_waits_and_then_stops_all(tmp_path: Path) -> None:
    owner, said = supervisor(tmp_path)
    child = owner.start(Command("broken", [sys.executable, "-c", "print('no luck'); raise SystemExit(3)"]))
    waits: list[float] = []

    def watch_for_ever() -> None:
        now = 0.0
        for _ in range(100):
            if child.process is not None:
                child.process.wait(10)
            owner.watch(now)
            if child.process is None:
                waits.append(child.restart_at - now)
                now = child.restart_at

    with pytest.raises(StackError, match=r"broken exited with 3, for the 10th time in 5 minutes(?s:.*)no luck"):
        watch_for_ever()
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0, 10.0]
    assert said[0].startswith("broken exited with 3; it is started again in 0.5 s")


def test_supervisor_stops_in_reverse_and_kills_what_does_not_end(tmp_path: Path) -> None:
    owner, _ = supervisor(tmp_path)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
    owner.start(Command("first", SLEEP))
    stubborn = owner.start(Command("deaf", [sys.executable, "-c", deaf], grace=0.2))
    until(lambda: "up" in stubborn.log.read_text(), 10, "it ignores SIGTERM")
    processes = list(owner.running().values())
    owner.stop()
    assert not any(process.alive() for process in processes)
    assert owner.running() == {}


def test_supervisor_stops_at_once_where_a_setting_is_wrong(tmp_path: Path) -> None:
    owner, _ = supervisor(tmp_path)
    child = owner.start(Command("picky", [sys.executable, "-c", "print('SITREP_X: wrong'); raise SystemExit(78)"]))
    assert child.process is not None
    child.process.wait(10)
    with pytest.raises(StackError, match="picky cannot work as it is set up: SITREP_X: wrong"):
        owner.watch(0.0)


def test_process_id_is_not_taken_for_another_process() -> None:
    with subprocess.Popen(SLEEP) as process:
        this = ProcessId.of(process.pid)
        stranger = ProcessId(process.pid, "another start")
        stranger.signal(signal.SIGKILL)
        assert not stranger.alive()
        assert this.alive()
        assert ProcessId.read(this.as_json()) == this
        end([this, stranger])
        assert not this.alive()
    with pytest.raises(psutil.NoSuchProcess):
        ProcessId.of(2**22 + 1)
    assert ProcessId.read({"pid": "x"}) is None


def test_guard_kills_its_command_when_its_parent_is_gone() -> None:
    guard = subprocess.Popen(guarded(SLEEP), stdin=subprocess.PIPE)
    until(lambda: psutil.Process(guard.pid).children(), 10, "the command runs")
    (command,) = psutil.Process(guard.pid).children()
    assert guard.stdin is not None
    guard.stdin.close()
    assert guard.wait(10) == 128 + signal.SIGKILL
    assert not command.is_running()


def test_guard_passes_signals_on() -> None:
    with subprocess.Popen(guarded(SLEEP), stdin=subprocess.PIPE) as guard:
        until(lambda: psutil.Process(guard.pid).children(), 10, "the command runs")
        guard.send_signal(signal.SIGTERM)
        assert guard.wait(10) == 128 + signal.SIGTERM


def test_log_is_shortened_while_it_is_written_to(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    with log.open("ab") as writer:
        writer.write(b"a" * (LOG_LIMIT + 1))
        writer.flush()
        shorten(log)
        writer.write(b"after")
        writer.flush()
    assert log.read_bytes() == b"after"
    assert (tmp_path / "x.log.1").stat().st_size == LOG_LIMIT // 2


def test_ports_are_those_of_the_last_run_where_they_are_free() -> None:
    first = ports.choose(["a", "b"], {})
    assert len(set(first.values())) == 2
    assert ports.choose(["a", "b"], first) == first
    clash = ports.choose(["a", "b"], {"a": first["a"], "b": first["a"]})
    assert clash["a"] == first["a"]
    assert clash["b"] != first["a"]
