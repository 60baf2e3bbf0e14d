"""Processes by pid and start time: a pid alone may belong to a stranger by now, and a stranger is never signalled."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psutil


class StackError(Exception):
    """The embedded stack cannot go on; the message is a sentence for the person at the terminal."""


@dataclass(frozen=True)
class ProcessId:
    """A process, so named that nobody else can be meant."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "ProcessId":
        """Return the id of a running process. Raises psutil.NoSuchProcess."""
        return cls(pid, psutil.Process(pid).create_time())

    def alive(self) -> bool:
        """Return whether this very process still runs (a zombie does not)."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) < 0.05
            return same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to this very process, if it still runs."""
        if self.alive():
            os.kill(self.pid, number)


def end(processes: list[ProcessId], seconds: float = 10.0) -> None:
    """Ask the processes to end, wait, then kill those that are left; return when all are gone."""
    for process in processes:
        process.signal(signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while any(p.alive() for p in processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process in processes:
        process.signal(signal.SIGKILL)
    deadline = time.monotonic() + seconds
    while left := [p for p in processes if p.alive()]:
        if time.monotonic() > deadline:
            raise StackError(f"process {left[0].pid} of an earlier run does not end; end it by hand, then start again")
        time.sleep(0.05)


def tail(path: Path, lines: int = 5) -> str:
    """Return the last lines of a log file, or nothing where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 8192))
            return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""
