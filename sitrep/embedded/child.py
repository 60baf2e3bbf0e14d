"""One child process: in a session of its own, logging to a file, and dying when its supervisor dies."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
LOG_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True)
class Command:
    """How a child is started and stopped. `stop` asks for a clean end; `grace` is the seconds that it then gets."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    stop: signal.Signals = signal.SIGTERM
    grace: float = 20.0


def spawn(command: Command, log: Path) -> subprocess.Popen[bytes]:
    """Start the child. Its output goes to the end of `log`, which is turned over at 20 MiB. Raises OSError."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    argv = list(command.argv) if sys.platform == "linux" else guarded(command.argv)
    with log.open("ab") as output:
        return subprocess.Popen(
            argv,
            env={**os.environ, **command.env},
            cwd=command.cwd,
            stdin=subprocess.PIPE if sys.platform != "linux" else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()) if sys.platform == "linux" else None,  # noqa: PLW1509 - one thread here
        )


def guarded(argv: Sequence[str]) -> list[str]:
    """Return the command under a guard that ends it when standard input does (where the kernel has no such signal)."""
    return [sys.executable, "-m", "sitrep.embedded.guard", *argv]


def _die_with(parent: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - see subprocess.Popen(preexec_fn=)
    """Return what a child does before it becomes its program: ask the kernel to be killed when its parent dies."""
    libc = ctypes.CDLL(None, use_errno=True)

    def before_exec() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and the call above
            os._exit(1)

    return before_exec
