"""Where everything is: the data directory of one stack, and the cache that all stacks share."""

import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLES = ("postgres", "owner", "writer", "reader")


@dataclass(frozen=True)
class Layout:
    """The files and directories of one data directory."""

    data: Path

    @property
    def lock(self) -> Path:
        """Held by the one supervisor of this directory."""
        return self.data / "lock"

    @property
    def state(self) -> Path:
        """What runs: ports and children; read by the other commands and by the next run."""
        return self.data / "state.json"

    @property
    def secrets(self) -> Path:
        """Passwords made on the first run (mode 0600)."""
        return self.data / "secrets.json"

    @property
    def kafka(self) -> Path:
        """The broker's configuration and log directories."""
        return self.data / "kafka"

    @property
    def postgres(self) -> Path:
        """The database cluster."""
        return self.data / "postgres"

    @property
    def logs(self) -> Path:
        """One log file a child."""
        return self.data / "logs"


def cache_directory(environ: Mapping[str, str]) -> Path:
    """Return the directory for what is downloaded once: SITREP_CACHE, else `sitrep` in the user's cache directory."""
    if given := environ.get("SITREP_CACHE"):
        return Path(given).absolute()
    base = environ.get("XDG_CACHE_HOME") or (f"{environ['HOME']}/.cache" if environ.get("HOME") else tempfile.gettempdir())
    return Path(base).absolute() / "sitrep"


def write_json(path: Path, value: object, mode: int = 0o644) -> None:
    """Replace `path` by the value as JSON, whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)
    temporary.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in `path`; empty where there is none, or none that can be read."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def passwords(layout: Layout) -> dict[str, str]:
    """Return the passwords of this data directory by role; empty where there are none yet."""
    return {role: str(password) for role, password in read_json(layout.secrets).items()}


def make_passwords(layout: Layout) -> None:
    """Make the passwords on the first run, in a file that only we can read. Raises OSError."""
    write_json(layout.secrets, {role: secrets.token_urlsafe(24) for role in ROLES}, mode=0o600)
