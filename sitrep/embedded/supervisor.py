"""Keeps children running: starts them, starts them again when they exit, stops them in reverse."""

import os
import signal
import subprocess
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from sitrep.embedded.child import Command, shorten, spawn
from sitrep.embedded.procs import ProcessId, StackError, tail
from sitrep.runtime.process import EXIT_SETTINGS

MAX_EXITS = 10
EXIT_WINDOW = 300.0
FIRST_WAIT = 0.5
LONGEST_WAIT = 10.0


@dataclass
class Child:
    """One supervised child: its command, its process while it runs, and when it exited before (monotonic seconds)."""

    command: Command
    log: Path
    process: subprocess.Popen[bytes] | None = None
    id: ProcessId | None = None
    exits: deque[float] = field(default_factory=deque)
    restart_at: float = 0.0

    def start(self) -> None:
        """Start the process."""
        self.process = spawn(self.command, self.log)
        try:
            self.id = ProcessId.of(self.process.pid)
        except psutil.NoSuchProcess:
            self.id = None

    def exited(self, now: float) -> int | None:
        """Return the exit code if the process has just ended, and note when it is to be started again."""
        code = None if self.process is None else self.process.poll()
        if code is None:
            return None
        self.process = None
        self.exits.append(now)
        while self.exits and self.exits[0] < now - EXIT_WINDOW:
            self.exits.popleft()
        self.restart_at = now + min(FIRST_WAIT * 2 ** (len(self.exits) - 1), LONGEST_WAIT)
        return code


class Supervisor:
    """Owns the children of one stack. `changed` is called whenever a child's process is another than before."""

    def __init__(self, logs: Path, say: Callable[[str], None], changed: Callable[[], None]) -> None:
        self.children: dict[str, Child] = {}
        self._logs = logs
        self._say = say
        self._changed = changed

    def start(self, command: Command) -> Child:
        """Start one more child, which is kept running from now on. Raises StackError where it cannot be started."""
        child = Child(command, self._logs / f"{command.name}.log")
        self.children[command.name] = child
        self._start(child)
        return child

    def _start(self, child: Child) -> None:
        try:
            child.start()
        except OSError as problem:
            raise StackError(f"{child.command.name} cannot be started: {problem}") from problem
        self._changed()

    def watch(self, now: float) -> None:
        """Look at every child once and start again what has exited. Raises StackError where that is of no use."""
        for child in self.children.values():
            shorten(child.log)
            code = child.exited(now)
            if code is not None:
                self._consider(child, code)
            elif child.process is None and now >= child.restart_at:
                self._start(child)

    def _consider(self, child: Child, code: int) -> None:
        name = child.command.name
        how = f"was ended by {_signal_name(-code)}" if code < 0 else f"exited with {code}"
        if code == EXIT_SETTINGS:
            raise StackError(f"{name} cannot work as it is set up: {tail(child.log, 1)}")
        if len(child.exits) >= MAX_EXITS:
            raise StackError(f"{name} {how}, for the {MAX_EXITS}th time in 5 minutes, so everything stops. Nothing is lost: "
                             f"mend the cause and start again. The end of {child.log}:\n{tail(child.log, 8)}")  # fmt: skip
        wait = child.restart_at - child.exits[-1]
        self._say(f"{name} {how}; it is started again in {wait:.1f} s (log: {child.log})")

    def running(self) -> dict[str, ProcessId]:
        """Return the processes of the children that run."""
        return {name: child.id for name, child in self.children.items() if child.process and child.id}

    def stop(self) -> None:
        """Stop all children, the last started first, each with its time to drain."""
        for name in reversed(list(self.children)):
            child = self.children.pop(name)
            if child.process is not None:
                _stop(child.process, child.command)
        self._changed()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _stop(process: subprocess.Popen[bytes], command: Command) -> None:
    process.send_signal(command.stop)
    try:
        process.wait(command.grace)
    except subprocess.TimeoutExpired:
        # Its whole session: what it has started itself must not outlive it.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)
