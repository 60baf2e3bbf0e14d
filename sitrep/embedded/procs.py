"""Processes by pid and start time: a pid alone may belong to a stranger by now, and a stranger is never signalled."""

import os
import signal
import sys
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
    started: str

    @classmethod
    def of(cls, pid: int) -> "ProcessId":
        """Return the id of a process. Raises psutil.NoSuchProcess."""
        return cls(pid, _started(pid))

    @classmethod
    def read(cls, value: object) -> "ProcessId | None":
        """Return the id that `as_json` wrote, or None where it is anything else."""
        match value:
            case {"pid": int(pid), "started": str(started)}:
                return cls(pid, started)
        return None

    def as_json(self) -> dict[str, object]:
        """Return the id as it goes into a state file."""
        return {"pid": self.pid, "started": self.started}

    def alive(self) -> bool:
        """Return whether this very process still runs (a zombie does not)."""
        try:
            return _started(self.pid) == self.started and psutil.Process(self.pid).status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to this very process, if it still runs."""
        if self.alive():
            os.kill(self.pid, number)


def _started(pid: int) -> str:
    """Return when a process began, in a form that a changed clock does not touch where the system has one."""
    if sys.platform == "linux":
        try:
            ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]  # proc(5), field 22
            return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()}/{ticks}"
        except (OSError, IndexError):
            raise psutil.NoSuchProcess(pid) from None
    return f"{psutil.Process(pid).create_time():.2f}"


def end(processes: list[ProcessId], seconds: float = 10.0) -> None:
    """Ask the processes to end, wait, then kill those that are left; return when all are gone. Raises StackError."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process in processes:
            process.signal(number)
        deadline = time.monotonic() + seconds
        while any(p.alive() for p in processes) and time.monotonic() < deadline:
            time.sleep(0.05)
    if left := [p for p in processes if p.alive()]:
        raise StackError(f"process {left[0].pid} of an earlier run does not end; end it by hand, then start again")


def tail(path: Path, lines: int = 5) -> str:
    """Return the last lines of a log file, or nothing where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 8192))
            return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""
