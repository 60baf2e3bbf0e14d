"""An article as JSON: one object, an array of them, or one a line."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from services.ingest import fields
from services.ingest.decode import decode
from services.ingest.draft import Document, Draft, IncompleteError, Part, attempt
from services.ingest.formats import json_strict
from services.ingest.formats.json_outline import OutlineError, elements, outline
from services.ingest.formats.sniff import LINE_LIMIT
from sitrep.contracts.codes import RejectionCode
from sitrep.contracts.published import PublishedFrom
from sitrep.runtime.outcomes import Reject


def read_json(data: bytes, *, final: bool) -> Document:
    """Return the article in a JSON object, or those in an array of objects.

    `final` says that no more is to come: what is incomplete is then refused. Raises IncompleteError or Reject for
    the file as a whole; what is wrong with one element of an array is said in its part.
    """
    text, encoding, confidence = decode(data)
    if not text.strip():
        raise Reject(RejectionCode.EMPTY)
    if text.lstrip()[:1] != "[":
        draft = _from_value(json_strict.loads(text), encoding, confidence)
        return Document(iter([Part("", data, draft)]))
    array = text.strip()
    _check_array(array, final=final)
    if not array[1:-1].strip():
        raise Reject(RejectionCode.NO_TEXT, "the array is empty")
    return Document(_elements(array, encoding, confidence), container=True)


def _check_array(text: str, *, final: bool) -> None:
    try:
        shape = outline(text)
    except OutlineError as problem:
        code = RejectionCode.TOO_DEEP if problem.too_deep else RejectionCode.MALFORMED
        raise Reject(code, str(problem)) from None
    if not shape.complete:
        raise Reject(RejectionCode.INCOMPLETE) if final else IncompleteError("it ends inside a JSON array")
    if text[shape.end :].strip():
        raise Reject(RejectionCode.MALFORMED, f"something follows the array at character {shape.end}")


def _elements(array: str, encoding: str, confidence: float) -> Iterator[Part]:
    for number, element in enumerate(elements(array), 1):
        outcome = attempt(partial(_whole, element, encoding, confidence))
        yield Part(f"#item={number}", element.strip().encode("utf-8", "surrogatepass"), outcome)


def _whole(text: str, encoding: str, confidence: float) -> Draft:
    """Return the article of a JSON text of which no more can come."""
    try:
        return _from_value(json_strict.loads(text), encoding, confidence)
    except IncompleteError as problem:
        raise Reject(RejectionCode.INCOMPLETE, str(problem)) from None


def lines(blocks: Iterable[bytes]) -> Iterator[Part]:
    """Yield a part for each line of JSON Lines that has something in it; `blocks` are the file's bytes in order.

    A line over 2 MiB is refused as a part, without being held in memory.
    """
    for number, line in enumerate(_split(blocks), 1):
        suffix = f"#line={number}"
        if line is None:
            yield Part(suffix, None, Reject(RejectionCode.TOO_LARGE, f"line {number} is over {LINE_LIMIT // 1024**2} MiB"))
        elif line.strip():
            yield Part(suffix, line, attempt(partial(_line, line)))


def _line(line: bytes) -> Draft:
    try:
        text, encoding, confidence = decode(line)
    except IncompleteError as problem:
        raise Reject(RejectionCode.INCOMPLETE, str(problem)) from None
    return _whole(text, encoding, confidence)


def _split(blocks: Iterable[bytes]) -> Iterator[bytes | None]:
    """Yield the lines without their ends; None for one that is too long."""
    held = b""
    skipping = False
    for block in blocks:
        *whole, held = (held + block).split(b"\n")
        for line in whole:
            yield None if skipping or len(line) > LINE_LIMIT else line.removesuffix(b"\r")
            skipping = False
        if len(held) > LINE_LIMIT:
            skipping, held = True, b""
    if held or skipping:
        yield None if skipping else held


def ends_inside_a_value(last_line: bytes) -> bool:
    """Return whether the last line of JSON Lines (one without a line end) is the beginning of a value only."""
    if not last_line.strip():
        return False
    try:
        json_strict.loads(decode(last_line)[0])
    except IncompleteError:
        return True
    except Reject:
        return False
    return False


def _from_value(value: Any, encoding: str, confidence: float) -> Draft:  # noqa: ANN401 - any JSON value
    if not isinstance(value, dict):
        raise Reject(RejectionCode.MALFORMED, f"an article is a JSON object, not {type(value).__name__}")
    text = fields.pick(value, "text")
    if text is None:
        raise Reject(RejectionCode.NO_TEXT)
    if not isinstance(text, str):
        raise Reject(RejectionCode.MALFORMED, f"the text is a {type(text).__name__}, not a string")
    described, warnings = fields.textual(value)
    published = fields.pick(value, "published")
    dates: tuple[tuple[PublishedFrom, str | float], ...] = ()
    if isinstance(published, str | int | float) and not isinstance(published, bool):
        dates = ((PublishedFrom.METADATA, published),)
    elif published is not None:
        warnings.append("published: neither a text nor a number, so it is left out")
    return Draft(text, encoding, confidence, dates=dates, warnings=tuple(warnings), **described)  # type: ignore[arg-type]
