"""What a format reader finds in the bytes of a file, before it is an article: pure data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sitrep.contracts.published import PublishedFrom
from sitrep.runtime.outcomes import Reject


class IncompleteError(Exception):
    """The input ends inside a value or a character: it may still be on its way."""


@dataclass(frozen=True)
class Draft:
    """One article as found: its text as it stood there, and what is said about it.

    `dates` are publish dates as they were written, each with where it was found (epoch numbers come as int or float).
    """

    text: str
    encoding: str = "utf-8"
    encoding_confidence: float = 1.0
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    credit: str | None = None
    url: str | None = None
    language: str | None = None
    canary: bool = False
    dates: tuple[tuple[PublishedFrom, str | float], ...] = ()
    plain: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of a file (`suffix` is empty where it is the whole of it), its bytes (None where not read), and what they are."""

    suffix: str
    data: bytes | None
    outcome: Draft | Reject


@dataclass(frozen=True)
class Document:
    """A file that was read: its parts, one after the other; `container` where it may have several."""

    parts: Iterator[Part]
    container: bool = False


def attempt(read: Callable[[], Draft]) -> Draft | Reject:
    """Return what `read` returns, or the Reject that it raises."""
    try:
        return read()
    except Reject as refused:
        return refused
