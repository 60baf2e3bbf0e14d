"""One claimed file on its way: what is to be sent for it, and how it ended."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.ingest import names
from services.ingest.inbox import Found
from sitrep.contracts import identity
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.codes import RejectionCode, Stage
from sitrep.contracts.events import ORIGINAL_LIMIT, Rejection, rejection
from sitrep.runtime import clock
from sitrep.runtime.outcomes import Reject

ERRORS_LISTED = 1000


@dataclass
class FileWork:
    """A claimed file: where it is, what was found in it so far, and the refusals of its parts."""

    found: Found
    mtime: str | None
    sha256: str | None = None
    container: bool = False
    good: int = 0
    bad: int = 0
    errors: list[Rejection] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Return its path in the inbox."""
        return self.found.path

    @property
    def ready(self) -> str:
        """Return when the file was complete in the inbox (RFC 3339)."""
        return clock.of(datetime.fromtimestamp(self.found.signature.changed_ns / 1e9, UTC))

    @property
    def key(self) -> str:
        """Return its key on the topic."""
        return names.key(self.found.path)

    final_name: str | None = None
    """Where it goes at the end, once that is decided."""

    def sighting(self, suffix: str, data: bytes) -> Sighting:
        """Return the sighting of a part of this file."""
        return Sighting(
            uri=names.uri(self.path) + suffix,
            key=self.key + suffix,
            sha256=identity.content_sha256(data),
            size=len(data),
            mtime=self.mtime,
        )

    def refuse(self, refused: Reject, suffix: str, data: bytes | None, at: str) -> Rejection:
        """Return the rejection of a part of this file, or of the whole, and remember it for the error file."""
        made = rejection(
            stage=Stage.INGEST,
            code=refused.code,
            detail=refused.detail,
            key=self.key + suffix,
            at=at,
            data=data,
            uri=names.uri(self.path) + suffix,
            size=self.found.signature.size if not suffix else None,
        )
        self.bad += 1
        if len(self.errors) < ERRORS_LISTED:
            self.errors.append(made)
        return made

    def error_file(self) -> dict[str, object]:
        """Return what stands in the error file beside this file."""
        return {
            "key": self.key,
            "parts_good": self.good,
            "parts_refused": self.bad,
            "errors": [
                {
                    "rejection_id": e.rejection_id,
                    "key": e.key,
                    "code": e.code,
                    "sentence": e.sentence,
                    "at": e.at,
                    "sha256": e.sha256,
                    "size": e.size,
                }
                for e in self.errors
            ],
        }


@dataclass(frozen=True)
class Claimed:
    """A file was taken."""

    work: FileWork
    at: str


@dataclass(frozen=True)
class Ready:
    """A part that is an article."""

    work: FileWork
    article: Article


@dataclass(frozen=True)
class Refused:
    """A part, or a whole file, that is refused."""

    work: FileWork
    rejection: Rejection


@dataclass(frozen=True)
class Finished:
    """All parts of a file have been given out: once those are confirmed it can be moved."""

    work: FileWork


@dataclass(frozen=True)
class Released:
    """A file was given back untouched: it was not whole yet, or changed while it was read."""

    work: FileWork
    at: str


Step = Claimed | Ready | Refused | Finished | Released


def too_large(article: Article, work: FileWork, at: str) -> Rejection:
    """Return the rejection of an article that does not fit into a record."""
    data = article.text.encode("utf-8")[:ORIGINAL_LIMIT]
    made = work.refuse(Reject(RejectionCode.RECORD_TOO_LARGE), "", None, at)
    return made.model_copy(update={"key": article.sighting.key, "original": base64.b64encode(data).decode("ascii")})
