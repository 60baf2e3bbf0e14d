"""The watched directory: found, claimed, put back, done or rejected, each by one rename, and never through a link."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from services.ingest import disk, names
from services.ingest.names import DEFAULTS_NAME
from sitrep.runtime.locks import DirectoryLock, LockedError
from sitrep.runtime.settings import SettingsError

INBOX = ""
CLAIMED = "_claimed"
DONE = "_done"
REJECTED = "_rejected"
DEPTH = 16

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True)
class Signature:
    """What must stay the same for a file to count as unchanged."""

    inode: int
    size: int
    mtime_ns: int
    links: int
    changed_ns: int = field(default=0, compare=False)
    """When it got its name, its content or its rights last: when it was complete. Our own claim changes that."""

    @classmethod
    def of(cls, status: os.stat_result) -> "Signature":
        """Return the signature in a stat result."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns, status.st_nlink, status.st_ctime_ns)


@dataclass(frozen=True)
class Found:
    """A regular file in `area` (the inbox itself or `_claimed`) at `path`, which is relative to it."""

    area: str
    path: str
    signature: Signature


@dataclass(frozen=True)
class Ignored:
    """Something that is left where it is, and why."""

    path: str
    reason: str


class InboxGoneError(Exception):
    """The inbox is not there, or not ours to read and write; the message says what to do."""


class Inbox:
    """One watched directory. Paths are relative, with `/`, and any bytes (surrogateescape)."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()  # the inbox itself may be a link; nothing in it is followed
        self._lock: DirectoryLock | None = None

    def make(self) -> None:
        """Make the inbox where there is none, and the directories that files are moved to. Raises OSError."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.prepare()

    def prepare(self) -> None:
        """Make the directories that files are moved to, which somebody may have cleared away.

        Raises InboxGoneError where the inbox itself is gone: whoever watches the old one would not see a new one. Raises OSError.
        """
        if not self.root.is_dir():
            raise InboxGoneError(f"{self.root} is gone or not a directory; make it again, and its files are taken up")
        if not os.access(self.root, os.R_OK | os.W_OK | os.X_OK):
            raise InboxGoneError(f"{self.root} cannot be read and written by the user that Sitrep runs as")
        for area in (CLAIMED, DONE, REJECTED):
            (self.root / area).mkdir(exist_ok=True)
        if self._lock is not None and not self._lock_path.exists():  # the lock was in the directory that is gone
            self.acquire()

    @property
    def _lock_path(self) -> Path:
        return self.root / CLAIMED / ".lock"

    def acquire(self) -> None:
        """Become the one who takes files out of this inbox. Raises SettingsError where somebody else is."""
        lock = DirectoryLock(self._lock_path)
        try:
            lock.acquire()
        except LockedError:
            raise SettingsError(f"SITREP_INBOX: another Sitrep takes files out of {self.root} already") from None
        self.release()
        self._lock = lock

    def release(self) -> None:
        """Let others take files out of it."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def waiting(self) -> int:
        """Return how many files are in the inbox or claimed. Raises OSError where they cannot be looked through."""
        return sum(isinstance(found, Found) for area in (INBOX, CLAIMED) for found in self.walk(area))

    def walk(self, area: str) -> Iterator[Found | Ignored]:
        """Yield every regular file of an area, and what is ignored in it. Links are never followed.

        Raises OSError where the area itself cannot be read.
        """
        root = os.open(self.root / area, _DIRECTORY)
        try:
            yield from self._walk(root, area, "", 1)
        finally:
            os.close(root)

    def _walk(self, directory: int, area: str, prefix: str, depth: int) -> Iterator[Found | Ignored]:
        with os.scandir(directory) as entries:
            for entry in entries:
                path = prefix + entry.name
                if reason := names.ignored(entry.name):
                    if entry.name not in {CLAIMED, DONE, REJECTED, DEFAULTS_NAME, ".lock"}:
                        yield Ignored(path, reason)
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:  # gone since
                    continue
                if stat.S_ISREG(status.st_mode):
                    yield Found(area, path, Signature.of(status))
                elif not stat.S_ISDIR(status.st_mode):
                    yield Ignored(path, _kind(status.st_mode))
                elif depth >= DEPTH:
                    yield Ignored(path, "too_deep")
                else:
                    yield from self._below(directory, area, path, depth)

    def _below(self, directory: int, area: str, path: str, depth: int) -> Iterator[Found | Ignored]:
        try:
            below = os.open(path.rpartition("/")[2], _DIRECTORY, dir_fd=directory)
        except OSError:
            yield Ignored(path, "unreadable_directory")
            return
        try:
            yield from self._walk(below, area, path + "/", depth + 1)
        finally:
            os.close(below)

    @contextmanager
    def _parent(self, area: str, path: str, *, create: bool = False) -> Iterator[tuple[int, str]]:
        """Give an open descriptor of the directory that `path` is in, opened step by step without links, and the name."""
        *directories, name = path.split("/")
        if create:
            (self.root / area).mkdir(exist_ok=True)  # people clear `_done` away
        current = os.open(self.root / area, _DIRECTORY)
        try:
            for directory in directories:
                if create:
                    with suppress(FileExistsError):
                        os.mkdir(directory, dir_fd=current)
                below = os.open(directory, _DIRECTORY, dir_fd=current)
                os.close(current)
                current = below
            yield current, name
        finally:
            os.close(current)

    def open(self, area: str, path: str) -> int:
        """Return a descriptor of a regular file. Raises OSError, for anything but a regular file too."""
        with self._parent(area, path) as (parent, name):
            descriptor = os.open(name, _FILE, dir_fd=parent)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(f"{path!r} is not a regular file")
        return descriptor

    def exists(self, area: str, path: str) -> bool:
        """Return whether anything is at `path`."""
        return self._status(area, path) is not None

    def signature(self, area: str, path: str) -> Signature | None:
        """Return the signature of the regular file at `path`, or None where there is none."""
        status = self._status(area, path)
        return Signature.of(status) if status is not None and stat.S_ISREG(status.st_mode) else None

    def _status(self, area: str, path: str) -> os.stat_result | None:
        try:
            with self._parent(area, path) as (parent, name):
                return os.stat(name, dir_fd=parent, follow_symlinks=False)
        except OSError as problem:
            if problem.errno in disk.PASSING:  # it may be there all the same
                raise
            return None

    def move(self, path: str, source: str, target: str, to: str | None = None) -> bool:
        """Rename `path` from one area to another (there named `to`). Return False where it is gone.

        The caller makes sure that the place is free or may be replaced. Raises OSError.
        """
        with self._parent(target, to or path, create=True) as (target_fd, target_name):
            try:
                with self._parent(source, path) as (source_fd, name):
                    if _same_file(source_fd, name, target_fd, target_name):
                        os.unlink(name, dir_fd=source_fd)  # a rename would leave both names
                    else:
                        os.rename(name, target_name, src_dir_fd=source_fd, dst_dir_fd=target_fd)
            except FileNotFoundError:
                return False
        if source == CLAIMED:
            self._tidy(path)
        return True

    def claim(self, path: str) -> bool:
        """Move a file into `_claimed`; False where it is gone, or where an earlier one of that name is still there."""
        if self.exists(CLAIMED, path) or self.signature(INBOX, path) is None:
            return False
        return self.move(path, INBOX, CLAIMED)

    def put_back(self, path: str, source: str = CLAIMED, to: str | None = None) -> bool:
        """Move a file back to where it was (`to`: under another path); False where that place is taken, and it stays.

        Raises OSError, FileNotFoundError where it is gone.
        """
        target = to or path
        try:
            # Not a rename, which would replace a file that has just been dropped under this name.
            self.link(path, source, INBOX, target)
        except FileExistsError:
            return False
        except FileNotFoundError:
            raise
        except OSError:  # the file system knows no links, or does not let us link what is another user's
            return not self.exists(INBOX, target) and self.move(path, source, INBOX, target)
        self.remove(source, path)
        return True

    def link(self, path: str, source: str, target: str, to: str) -> None:
        """Give a file a second name in another area. Raises OSError where that name is taken or links are not possible."""
        with self._parent(target, to, create=True) as (target_fd, name), self._parent(source, path) as (source_fd, old):
            os.link(old, name, src_dir_fd=source_fd, dst_dir_fd=target_fd, follow_symlinks=False)

    def remove(self, area: str, path: str) -> None:
        """Remove one name of a file, if it is there."""
        with suppress(FileNotFoundError):
            with self._parent(area, path) as (parent, name):
                os.unlink(name, dir_fd=parent)
            if area == CLAIMED:
                self._tidy(path)

    def free_name(self, area: str, path: str, mark: str) -> str:
        """Return the path for a file in `_done` or `_rejected`: its own, else marked, where nothing is replaced."""
        if self._is_free(area, path):
            return path
        parent, slash, name = path.rpartition("/")
        number = 1
        while not self._is_free(area, candidate := parent + slash + names.marked(name, mark)):
            number += 1
            mark = f"{mark.partition('-')[0]}-{number}"
        return candidate

    def _is_free(self, area: str, path: str) -> bool:
        return not any(self.exists(area, taken) for taken in (path, names.error_path(path), names.sidecar_path(path)))

    def write(self, area: str, path: str, data: bytes) -> None:
        """Write a file whole or not at all. Raises OSError."""
        with self._parent(area, path, create=True) as (parent, name):
            temporary = f".{os.getpid()}.tmp"
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(temporary, flags, 0o644, dir_fd=parent), "wb") as file:
                file.write(data)
            os.rename(temporary, name, src_dir_fd=parent, dst_dir_fd=parent)

    def _tidy(self, path: str) -> None:
        """Remove the directories of `_claimed` that a moved file has left empty."""
        parent = path.rpartition("/")[0]
        while parent:
            try:
                with self._parent(CLAIMED, parent) as (descriptor, name):
                    os.rmdir(name, dir_fd=descriptor)
            except OSError:
                return
            parent = parent.rpartition("/")[0]


def _same_file(first_fd: int, first: str, second_fd: int, second: str) -> bool:
    """Return whether two names are those of one file."""
    try:
        one = os.stat(first, dir_fd=first_fd, follow_symlinks=False)
        other = os.stat(second, dir_fd=second_fd, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISLNK, "symlink"), (stat.S_ISFIFO, "fifo"), (stat.S_ISSOCK, "socket"))
    return next((name for test, name in kinds if test(mode)), "device")
