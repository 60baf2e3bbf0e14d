"""From a claimed file to its parts: read with limits, and only if it did not change meanwhile."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from services.ingest.decode import BOMS
from services.ingest.draft import Document, IncompleteError, Part
from services.ingest.formats.html import read_html
from services.ingest.formats.json_article import ends_inside_a_value, lines, read_json
from services.ingest.formats.plain import read_text
from services.ingest.formats.sniff import LINE_LIMIT, Format, sniff
from services.ingest.inbox import Signature
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.outcomes import Reject

T = TypeVar("T")

FILE_LIMIT = 64 * 1024 * 1024
TEXT_LIMIT = 8 * 1024 * 1024
"""Bytes that no text within the limits of an article has, whatever its encoding and the marks that are removed from it."""

BLOCK = 1024 * 1024


class ChangedError(Exception):
    """The file changed while it was read; what was read may be a mix and is not used."""


OF_THE_FILE = frozenset({errno.EACCES, errno.EPERM, errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.EIO, None})
"""Errors that are a file's own when it is opened or read: its rights, its kind, a bad block. None is what our own code raises of it."""


class UnreadableError(Exception):
    """The system does not let us open or read this very file; the message says why."""


def reading(action: Callable[[], T]) -> T:
    """Return what `action` returns, which opens or reads an input.

    Raises UnreadableError where that fails for reasons of this file, ChangedError where it is gone, OSError where the system fails.
    """
    try:
        return action()
    except FileNotFoundError as problem:
        raise ChangedError(str(problem)) from problem
    except OSError as problem:
        if problem.errno not in OF_THE_FILE:
            raise
        raise UnreadableError(problem.strerror or str(problem)) from problem


@dataclass
class OpenFile:
    """A claimed file that is open: its descriptor, its name, and what is known of it so far."""

    descriptor: int
    name: str
    final: bool
    failpoints: Failpoints
    sha256: str | None = None
    data: bytes | None = None
    """All of it, once it was read whole; JSON Lines are not."""

    def __post_init__(self) -> None:
        self.signature = Signature.of(os.fstat(self.descriptor))

    def check(self) -> None:
        """Raise ChangedError if the file is not as it was when it was opened."""
        now = Signature.of(os.fstat(self.descriptor))
        # Links may come and go without touching the content.
        if (now.size, now.mtime_ns) != (self.signature.size, self.signature.mtime_ns):
            raise ChangedError(self.name)


def read(file: OpenFile) -> Document:
    """Return what is in a file; JSON Lines are streamed, everything else is read whole.

    Raises Reject for the file as a whole, IncompleteError (never where `file.final`), ChangedError, UnreadableError where the
    system does not let us read it, or OSError where something of ours fails.
    """
    size = file.signature.size
    head = _at(file, 0, LINE_LIMIT + 1)
    format_, name = sniff(head, file.name, whole=len(head) == size)
    if format_ is Format.JSON_LINES:
        return _stream(file, head)
    if size > FILE_LIMIT:
        raise Reject(RejectionCode.TOO_LARGE, f"{size:,} bytes")
    if format_ is Format.TEXT and size > TEXT_LIMIT:
        _too_much_text(head, size)
    data = head if len(head) == size else head + _at(file, len(head), FILE_LIMIT + 1)
    file.check()
    file.data, file.sha256 = data, hashlib.sha256(data).hexdigest()
    if format_ is Format.UNSUPPORTED:
        raise Reject(RejectionCode.UNSUPPORTED_FORMAT, name)
    try:
        return READERS[format_](data, file.final)
    except IncompleteError as problem:
        if file.final:
            raise Reject(RejectionCode.INCOMPLETE, str(problem)) from None
        raise


READERS: dict[Format, Callable[[bytes, bool], Document]] = {
    Format.JSON: lambda data, final: read_json(data, final=final),
    Format.HTML: lambda data, _: read_html(data),
    Format.TEXT: lambda data, _: read_text(data),
}
"""What reads each format that is read whole: from the bytes, and whether no more is to come."""


def _too_much_text(head: bytes, size: int) -> NoReturn:
    """Refuse a text that is too long in any encoding, without reading it."""
    if b"\x00" in head and not any(head.startswith(mark) for mark, _ in BOMS):
        raise Reject(RejectionCode.BINARY, f"NUL at byte {head.index(0)}")
    raise Reject(RejectionCode.TOO_LONG, f"{size:,} bytes")


def _at(file: OpenFile, offset: int, limit: int) -> bytes:
    """Return up to `limit` bytes from `offset`."""
    blocks = []
    while limit > 0 and (block := _block(file, offset, min(BLOCK, limit))):
        file.failpoints.kill("ingest.mid_read")
        blocks.append(block)
        offset += len(block)
        limit -= len(block)
    return b"".join(blocks)


def _block(file: OpenFile, offset: int, size: int) -> bytes:
    return reading(lambda: os.pread(file.descriptor, size, offset))


def _stream(file: OpenFile, head: bytes) -> Document:
    if not file.final:
        tail = _at(file, max(0, file.signature.size - LINE_LIMIT), LINE_LIMIT)
        last = tail.rpartition(b"\n")[2]
        if len(last) < LINE_LIMIT and ends_inside_a_value(last):
            raise IncompleteError("it ends inside a JSON value in its last line")
    if any(head.startswith(mark) for mark, encoding in BOMS if encoding != "utf-8"):
        raise Reject(RejectionCode.ENCODING, "JSON Lines are read as UTF-8 only")
    return Document(_checked(file), container=True)


def _checked(file: OpenFile) -> Iterator[Part]:
    """Yield the parts of JSON Lines, each only after the file was seen unchanged behind the block it was read from."""
    digest = hashlib.sha256()

    def blocks() -> Iterator[bytes]:
        offset = 0
        while block := _block(file, offset, BLOCK):
            file.failpoints.kill("ingest.mid_read")
            file.check()
            digest.update(block)
            offset += len(block)
            yield block

    yield from lines(blocks())
    file.check()
    file.sha256 = digest.hexdigest()
