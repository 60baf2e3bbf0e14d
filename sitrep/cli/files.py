"""Reports given on the command line, read as ingest reads them."""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from services.ingest import build, names
from services.ingest.draft import Document, IncompleteError
from services.ingest.formats.json_article import lines
from services.ingest.formats.sniff import LINE_LIMIT, Format, sniff
from services.ingest.names import SUFFIX
from services.ingest.reader import FILE_LIMIT, READERS
from services.ingest.sidecar import Beside, read_sidecar, together
from sitrep.cli.problem import Problem
from sitrep.contracts import identity
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime.outcomes import Reject

STDIN = "-"


def articles(name: str, published: str | None) -> Iterator[Article | Reject]:
    """Yield the articles in a file, read as ingest reads it, and a Reject for each that cannot be read."""
    try:
        data, beside = _bytes(name), together(_sidecar(name), Beside(), published)
        document = _document(data, name)
    except Reject as refused:
        yield refused
        return
    except IncompleteError as problem:  # nobody is still writing what is given here
        yield Reject(RejectionCode.INCOMPLETE, str(problem))
        return
    for part in document.parts:
        try:
            if isinstance(part.outcome, Reject):
                raise part.outcome
            sighting = Sighting(
                uri=names.uri(name).replace("inbox:", "file:", 1) + part.suffix,
                key=names.key(name) + part.suffix,
                sha256=identity.content_sha256(part.data or b""),
                size=len(part.data or b""),
            )
            yield build.article(part.outcome, sighting, beside, datetime.now(UTC).date())
        except Reject as refused:
            yield refused


def readable(name: str, published: str | None, command: str, purpose: str) -> list[Article]:
    """Return the articles in a file that can be read, and say on standard error what cannot. Raises Problem where none can."""
    read = list(articles(name, published))
    for refused in (one for one in read if isinstance(one, Reject)):
        sys.stderr.write(f"sitrep {command}: {name}: {refused}\n")
    good = [one for one in read if isinstance(one, Article)]
    if not good:
        raise Problem(f"there is nothing to {purpose} in {name}")
    return good


def _bytes(name: str) -> bytes:
    if name == STDIN:
        data = sys.stdin.buffer.read(FILE_LIMIT + 1)
    else:
        try:
            with Path(name).open("rb") as file:
                data = file.read(FILE_LIMIT + 1)
        except OSError as problem:
            raise Reject(RejectionCode.UNREADABLE, problem.strerror or str(problem)) from None
    if len(data) > FILE_LIMIT:
        raise Reject(RejectionCode.TOO_LARGE, f"over {FILE_LIMIT // 2**20} MiB")
    return data


def _sidecar(name: str) -> Beside:
    path = Path(name + SUFFIX)
    return read_sidecar(path.read_bytes()) if name != STDIN and path.is_file() else Beside()


def _document(data: bytes, name: str) -> Document:
    head = data[: LINE_LIMIT + 1]
    format_, what = sniff(head, Path(name).name, whole=len(head) == len(data))
    if format_ is Format.UNSUPPORTED:
        raise Reject(RejectionCode.UNSUPPORTED_FORMAT, what)
    if format_ is Format.JSON_LINES:
        return Document(lines(_blocks(data)), container=True)
    return READERS[format_](data, True)


def _blocks(data: bytes) -> Iterable[bytes]:
    size = 1 << 20
    return (data[at : at + size] for at in range(0, len(data), size))
