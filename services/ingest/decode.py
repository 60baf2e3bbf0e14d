"""Bytes -> characters, without ever guessing silently."""

import codecs

from charset_normalizer import from_bytes

from services.ingest import language
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

LANGUAGES: dict[str, frozenset[str]] = {
    "cp1252": frozenset(
        [
            "en",
            "fr",
            "de",
            "es",
            "it",
            "pt",
            "nl",
            "da",
            "sv",
            "no",
            "nb",
            "nn",
            "fi",
            "is",
            "ca",
            "gl",
            "eu",
            "ga",
            "cy",
            "id",
            "ms",
            "sw",
        ]
    ),
    "cp1250": frozenset(["pl", "cs", "sk", "hu", "hr", "sl", "ro", "bs", "sq"]),
    "cp1251": frozenset(["ru", "uk", "be", "bg", "sr", "mk"]),
    "cp1253": frozenset(["el"]),
    "cp1254": frozenset(["tr", "az"]),
    "cp1255": frozenset(["he"]),
    "cp1256": frozenset(["ar", "fa", "ur"]),
    "cp1257": frozenset(["lt", "lv", "et"]),
    "koi8_r": frozenset(["ru"]),
    "koi8_u": frozenset(["uk"]),
    "gb18030": frozenset(["zh"]),
    "big5": frozenset(["zh"]),
    "shift_jis": frozenset(["ja"]),
    "euc_jp": frozenset(["ja"]),
    "euc_kr": frozenset(["ko"]),
}
"""The encodings that are detected, with the languages written in each (WHATWG Encoding's legacy encodings, by locale).

Nearly every byte string is a text in most of them; only one that then reads as its own language is believed.
"""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, float]:
    """Return the characters, the encoding and the confidence in it (two decimals).

    A byte order mark, then valid UTF-8, then what is declared, then detection. Raises IncompleteError where the bytes end inside a
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
        return _declared(data, declared) or _detected(data, problem.start)


def _declared(data: bytes, encoding: str | None) -> tuple[str, str, float] | None:
    """Return the reading in the encoding that is declared, None where it is not in that."""
    try:
        return None if encoding is None else (data.decode(encoding), encoding, 1.0)
    except (UnicodeDecodeError, LookupError):
        return None


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


def _detected(data: bytes, at: int) -> tuple[str, str, float]:
    """Return the reading that looks like text in its encoding and reads as a language of it. Raises Reject."""
    sample = data[:SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    valid = sum(len(character.encode()) for character in sample.decode("utf-8", "ignore") if character > "\x7f")
    if 2 * valid > high:
        raise Reject(RejectionCode.ENCODING, f"it is UTF-8 but for the byte {at}")
    found = [candidate for encoding in LANGUAGES if (candidate := _reading(sample, encoding))]
    confidence, encoding = max(found, default=(0.0, ""))
    if confidence < LEAST_CONFIDENCE:
        raise Reject(RejectionCode.ENCODING, f"not UTF-8 at byte {at}, and nothing else with confidence")
    try:
        return data.decode(encoding), encoding, confidence
    except UnicodeDecodeError:
        raise Reject(RejectionCode.ENCODING, f"not UTF-8 at byte {at}, and not {encoding} to its end") from None


def _reading(sample: bytes, encoding: str) -> tuple[float, str] | None:
    """Return how sure it is that the sample is in this encoding, or None where it cannot be."""
    best = from_bytes(sample, cp_isolation=[encoding], enable_fallback=False, preemptive_behaviour=False).best()
    if best is None:
        return None
    code, probability = language.identify(str(best))
    return (round(min(probability, 1.0 - best.chaos), 2), encoding) if code in LANGUAGES[encoding] else None
