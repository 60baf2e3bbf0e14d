"""The normalised text: what an article's identity and every offset stand on."""

import re
import sys
import unicodedata
from functools import cache

from sitrep.contracts.codes import RejectionCode

RECIPE = 1
"""Version of this normalisation; a change of any rule below changes identities and needs a new number."""

MAX_CHARACTERS = 200_000
MAX_BYTES = 512 * 1024

# ECMA-48 control sequences, commands to the terminal and two-character escapes, as ESC introduces them. Not by the 8-bit
# codes for the same: those are what is left of quotation marks that were decoded wrongly, with real text between them.
_ANSI = re.compile(
    r"\x1b\[[0-?]*+[ -/]*+[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b]{0,4096}+(?:\x07|\x1b\\)"
    r"|\x1b[ -/]*+[0-Z\\^-~]"
)
_NEW_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width spaces, inner byte order marks
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # bidi controls
)
_SPACES = re.compile("[\u00a0\u2007-\u200a\u202f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def _marks() -> dict[str, str]:
    """Return what stands on another character, with what it decomposes to; some are two in one, and count as none.

    It looks through all of Unicode: only who has such a text waits for that, not every start of a command.
    """
    possible = (c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(c) or unicodedata.decomposition(c))
    decomposed = ((c, unicodedata.normalize("NFD", c)) for c in possible)
    return {c: parts for c, parts in decomposed if all(map(unicodedata.combining, parts))}


@cache
def _long_run() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(_marks()))}]{{32,}}")


_COMPOSED = 4
"""Characters that NFC makes one of at most."""


class UnfitTextError(ValueError):
    """A text that no article can be made of; `code` says why."""

    def __init__(self, code: RejectionCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def normalise(raw: str) -> str:
    """Return the text that identity and offsets are of; doing it twice changes nothing.

    Raises UnfitTextError with `binary`, `surrogate`, `empty` or `too_long`. Nothing is ever cut.
    """
    if "\x00" in raw:
        raise UnfitTextError(RejectionCode.BINARY, f"NUL at character {raw.index(chr(0))}")
    if found := _SURROGATE.search(raw):
        raise UnfitTextError(RejectionCode.SURROGATE, f"lone surrogate at character {found.start()}")
    visible = _visible(raw).strip()
    if not any(character.isalnum() for character in visible):
        raise UnfitTextError(RejectionCode.EMPTY, "no letter and no digit")
    if len(visible) > _COMPOSED * MAX_CHARACTERS:  # too long however much of it is composed, and dear to try
        raise UnfitTextError(RejectionCode.TOO_LONG, f"{len(visible):,} characters")
    text = clean(visible)
    size = len(text.encode("utf-8"))
    if len(text) > MAX_CHARACTERS or size > MAX_BYTES:
        raise UnfitTextError(RejectionCode.TOO_LONG, f"{len(text):,} characters, {size:,} bytes")
    return text


def clean(raw: str) -> str:
    """Return `raw` with line ends, spaces and invisible characters made uniform, in NFC, stripped; it may be empty."""
    # Putting marks in their canonical order takes Python time by the square of their number, unless they are in it already.
    text = _visible(raw)
    if not text.isascii():
        text = _long_run().sub(_in_order, text)
    # Last, because removing a character can bring a base and its accent together.
    return unicodedata.normalize("NFC", text).strip()


def _visible(raw: str) -> str:
    """Return `raw` without what is never text, with uniform line ends and spaces."""
    text = _NEW_LINES.sub("\n", _ANSI.sub("", raw))
    return _SPACES.sub(" ", _REMOVED.sub("", text))


def _in_order(run: re.Match[str]) -> str:
    return "".join(sorted("".join(map(_marks().__getitem__, run[0])), key=unicodedata.combining))
