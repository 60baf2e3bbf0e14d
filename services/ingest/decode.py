"""Bytes -> characters, without ever guessing silently."""

import codecs

from charset_normalizer import from_bytes

from services.ingest.draft import IncompleteError
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime.outcomes import Reject

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LEAST_CONFIDENCE = 0.8
SAMPLE = 256 * 1024


def decode(data: bytes) -> tuple[str, str, float]:
    """Return the characters, the encoding and the confidence in it (two decimals).

    A byte order mark, then valid UTF-8, then detection. Raises IncompleteError where the bytes end inside a
    character, Reject with `binary`, `surrogate` or `encoding`.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), encoding, 1.0
    if b"\x00" in data:
        raise Reject(RejectionCode.BINARY, f"NUL at byte {data.index(0)}")
    try:
        return data.decode("utf-8"), "utf-8", 1.0
    except UnicodeDecodeError as problem:
        if problem.reason == "unexpected end of data":
            raise IncompleteError(f"it ends inside a UTF-8 sequence at byte {problem.start}") from None
        if _is_surrogate(data, problem.start):
            raise Reject(RejectionCode.SURROGATE, f"at byte {problem.start}") from None
    return _detected(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        if problem.reason in {"unexpected end of data", "truncated data"}:
            raise IncompleteError(f"it ends inside a character of {encoding} at byte {problem.start}") from None
        code = RejectionCode.SURROGATE if "surrogate" in problem.reason else RejectionCode.ENCODING
        raise Reject(code, f"{encoding}: {problem.reason} at byte {problem.start}") from None


def _is_surrogate(data: bytes, at: int) -> bool:
    """Return whether the bytes are a surrogate written as if it were a character (ED A0..BF)."""
    return data[at : at + 1] == b"\xed" and data[at + 1 : at + 2] >= b"\xa0"


def _detected(data: bytes) -> tuple[str, str, float]:
    best = from_bytes(data[:SAMPLE]).best()
    confidence = 0.0 if best is None else round(1.0 - best.chaos, 2)
    if best is None or confidence < LEAST_CONFIDENCE:
        raise Reject(RejectionCode.ENCODING, f"not UTF-8, and the best guess has a confidence of {confidence}")
    try:
        return data.decode(best.encoding), best.encoding, confidence
    except UnicodeDecodeError:
        raise Reject(RejectionCode.ENCODING, f"not UTF-8, and not {best.encoding} to its end") from None
