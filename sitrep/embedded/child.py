"""One child process: in a session of its own, logging to a file, and dying when its supervisor dies."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
LOG_LIMIT = 20 * 1024 * 1024
FOREIGN = ("PG", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "PYTHONPATH", "PYTHONHOME")
"""Variables of a person's shell that are meant for other programs and would change what our children do."""


@dataclass(frozen=True)
class Command:
    """How a child is started and stopped. `stop` asks for a clean end; `grace` is the seconds that it then gets."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    stop: signal.Signals = signal.SIGTERM
    grace: float = 20.0


def python(module: str, *arguments: str) -> list[str]:
    """Return the command that runs one of our modules, and nobody's file of the same name in the directory we stand in."""
    return [sys.executable, "-P", "-m", module, *arguments]


def spawn(command: Command, log: Path) -> subprocess.Popen[bytes]:
    """Start the child; its output goes to the end of `log`. Raises OSError."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    linux = sys.platform == "linux"
    with log.open("ab") as output:
        return subprocess.Popen(
            list(command.argv) if linux else guarded(command.argv),
            env={**inherited, **command.env},
            cwd=command.cwd,
            stdin=subprocess.DEVNULL if linux else subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()) if linux else None,  # noqa: PLW1509 - this process has one thread
        )


def shorten(log: Path) -> None:
    """Keep the end of a log that has grown over its limit in `.1`, and let its writer, which appends, begin anew."""
    try:
        if log.stat().st_size <= LOG_LIMIT:
            return
        with log.open("r+b") as file:
            file.seek(-LOG_LIMIT // 2, os.SEEK_END)
            log.with_suffix(".log.1").write_bytes(file.read())
            file.truncate(0)
    except OSError:  # no log yet, or no room for a copy: then the log stays as it is
        return


def guarded(argv: Sequence[str]) -> list[str]:
    """Return the command under a guard that ends it when standard input does (where the kernel has no such signal)."""
    return python("sitrep.embedded.guard", *argv)


def _die_with(parent: int) -> Callable[[], None]:
    """Return what a child does before it becomes its program: ask the kernel to be killed when its parent dies."""
    libc = ctypes.CDLL(None, use_errno=True)

    def before_exec() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and the call above
            os._exit(1)

    return before_exec
