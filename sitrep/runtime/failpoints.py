"""Named places where a test makes a process die or wait, once. Refused outside of tests."""

import asyncio
import os
import signal
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sitrep.runtime.service import ServiceSettings
from sitrep.runtime.settings import SettingsError


@dataclass(frozen=True)
class _Armed:
    nth: int
    seconds: float


class Failpoints:
    """The armed failpoints of this process.

    `SITREP_FAILPOINT=store.after_db_commit:7` kills at the 7th passage of a process, once for each token: before the
    kill a file `store.after_db_commit~N` in SITREP_FAILPOINT_TOKENS is unlinked, and without one nothing happens.
    A third part (`enrich.blocked:2:15`) is the seconds to wait at a failpoint that holds instead of killing.
    """

    def __init__(self, spec: str | None = None, tokens: Path | None = None) -> None:
        self._armed = dict(_parse(part) for part in (spec or "").split(",") if part)
        self._tokens = tokens
        self._passed: Counter[str] = Counter()

    @classmethod
    def of(cls, settings: ServiceSettings) -> "Failpoints":
        """Return the failpoints that the settings arm. Raises SettingsError where they are not allowed."""
        if settings.failpoint is None:
            return cls()
        if settings.env != "test" or settings.failpoint_tokens is None:
            raise SettingsError("SITREP_FAILPOINT: works only with SITREP_ENV=test and SITREP_FAILPOINT_TOKENS")
        return cls(settings.failpoint, settings.failpoint_tokens)

    def kill(self, name: str) -> None:
        """End this process with SIGKILL if this is the passage that the failpoint is armed for."""
        if self.due(name):
            os.kill(os.getpid(), signal.SIGKILL)

    def fail(self, name: str) -> None:
        """Raise an error that nobody expects, if this is its passage."""
        if self.due(name):
            raise RuntimeError(f"failpoint {name}")

    def obey(self, data: bytes) -> None:
        """Crash or hang at a word in the input, every time, where `enrich.on_word` is armed."""
        if "enrich.on_word" not in self._armed:
            return
        if b"KILLTHECHILD" in data:
            os.kill(os.getpid(), signal.SIGSEGV)
        if b"HANGTHECHILD" in data:
            signal.pause()

    async def hold(self, name: str) -> None:
        """Wait for the seconds that the failpoint is armed with, if this is its passage."""
        if self.due(name):
            await asyncio.sleep(self._armed[name].seconds)

    def due(self, name: str) -> bool:
        """Return whether this is the armed passage; for a place that has to do the killing itself."""
        if name not in self._armed:
            return False
        self._passed[name] += 1
        if self._passed[name] < self._armed[name].nth or self._tokens is None:
            return False
        for token in sorted(self._tokens.glob(f"{name}~*")):
            try:
                token.unlink()
            except FileNotFoundError:  # another process took it
                continue
            return True
        return False


def _parse(part: str) -> tuple[str, _Armed]:
    name, *numbers = part.split(":")
    try:
        return name, _Armed(int(numbers[0]), float(numbers[1]) if len(numbers) > 1 else 0.0)
    except (IndexError, ValueError):
        raise SettingsError(f"SITREP_FAILPOINT: {part!r} is not NAME:NTH or NAME:NTH:SECONDS") from None
