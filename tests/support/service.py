"""A service as a real process that is started again when it ends, as the supervisor does, and remembers how it ended."""

import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from sitrep.embedded.child import Command, python, spawn
from tests.support.servers import Broker, Database
from tests.support.wait import until


@dataclass
class Place:
    """Where the services of one scenario work."""

    directory: Path
    broker: Broker
    database: Database
    model: str = "light"
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inbox = self.directory / "inbox"
        self.tokens = self.directory / "tokens"
        for directory in (self.inbox, self.tokens):
            directory.mkdir(parents=True, exist_ok=True)

    def env(self) -> dict[str, str]:
        """Return the variables of a service."""
        return {
            "SITREP_ENV": "test",
            "SITREP_KAFKA_BOOTSTRAP": self.broker.bootstrap,
            "SITREP_POSTGRES_URI": self.database.uri("writer"),
            "SITREP_INBOX": str(self.inbox),
            "SITREP_DATA": str(self.directory / "data"),
            "SITREP_MODEL": self.model,
            "SITREP_POOL_SIZE": "1",
            "SITREP_SLOT": "0",
            "SITREP_LOG_FORMAT": "text",
            "SITREP_SETTLE_SECONDS": "0.3",
            "SITREP_FAILPOINT_TOKENS": str(self.tokens),
            "NO_CYTHON": "1",
            **self.extra,
        }

    def arm(self, failpoint: str, times: int) -> None:
        """Let a failpoint fire this often."""
        name = failpoint.partition(":")[0]
        for number in range(times):
            (self.tokens / f"{name}~{number}").touch()

    def fired(self, failpoint: str, times: int) -> bool:
        """Return whether a failpoint has fired this often, so that no token is left."""
        name = failpoint.partition(":")[0]
        return times > 0 and not list(self.tokens.glob(f"{name}~*"))


class Service:
    """One service. `exits` are the codes that it ended with by itself (negative: the signal)."""

    def __init__(
        self,
        name: str,
        place: Place,
        env: dict[str, str] | None = None,
        *,
        restart: bool = True,
        prefix: list[str] | None = None,
    ) -> None:
        self.name = name
        self.log = place.directory / f"{name}.log"
        self.exits: list[int] = []
        self._command = Command(name, [*(prefix or []), *python(f"services.{name}")], {**place.env(), **(env or {})})
        self._restart = restart
        self._closing = False
        self._lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process."""
        with self._lock:
            if not self._closing:
                self.process = spawn(self._command, self.log)

    def tick(self) -> None:
        """Start the process again if it has ended. Called by whoever waits, in the thread that owns the process."""
        code = None if self.process is None else self.process.poll()
        if code is not None:
            self.exits.append(code)
            self.process = None
            if self._restart:
                self.start()

    def kill(self) -> None:
        """End the process with SIGKILL."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)

    def end(self, number: signal.Signals, seconds: float) -> int:
        """Ask the process to end by a signal and return its exit code; fail if that takes longer."""
        assert self.process is not None
        self.process.send_signal(number)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} is still there {seconds} s after {number.name}") from None
        finally:
            self._restart = False

    def said(self) -> str:
        """Return its log."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def close(self) -> None:
        """End the process with SIGKILL for good."""
        self._closing = True
        self.kill()

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
        if kind is not None and self.log.exists():
            sys.stderr.write(f"--- end of {self.log}\n{self.said()[-3000:]}\n")


def tick_until(services: list[Service], ready, seconds: float, what: str) -> float:  # type: ignore[no-untyped-def]
    """Return the seconds that it took until `ready` was true, keeping the services running meanwhile."""
    began = time.monotonic()

    def look() -> bool:
        for service in services:
            service.tick()
        return bool(ready())

    until(look, seconds, what)
    return time.monotonic() - began
