"""One process at a time in one directory."""

import fcntl
import os
from pathlib import Path


class LockedError(Exception):
    """Another process holds the lock."""


class DirectoryLock:
    """An exclusive lock on a directory, held by an open file in it; the kernel lets go of it when the process dies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def acquire(self) -> None:
        """Take the lock at once, or raise LockedError."""
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            raise LockedError(str(self.path)) from None
        self._fd = fd

    def wait(self) -> None:
        """Take the lock, however long that takes."""
        self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def release(self) -> None:
        """Let go of the lock; doing it twice is harmless."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
