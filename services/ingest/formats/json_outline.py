"""The shape of a JSON text without parsing it: how deep, whether it is whole, and where the elements of an array are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_DEPTH = 100
# Possessive quantifiers: a string that does not end costs one pass and no more.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},]', re.DOTALL)


class OutlineError(ValueError):
    """The brackets do not fit together; `too_deep` where there are only too many of them."""

    def __init__(self, message: str, *, too_deep: bool = False) -> None:
        super().__init__(message)
        self.too_deep = too_deep


@dataclass(frozen=True)
class Outline:
    """`complete`: every bracket and string is closed. `end`: just after the top-level value. `tokens`: how many there are."""

    complete: bool
    end: int
    tokens: int


def outline(text: str) -> Outline:
    """Return the outline of a JSON text that begins with a bracket. Linear in its length. Raises OutlineError."""
    stack: list[str] = []
    tokens = 0
    for token in _TOKEN.finditer(text):
        tokens += 1
        character = token[0]
        if character in "[{":
            stack.append("]" if character == "[" else "}")
            if len(stack) > MAX_DEPTH:
                raise OutlineError(f"deeper than {MAX_DEPTH} at character {token.start()}", too_deep=True)
        elif character in "]}":
            if not stack or stack.pop() != character:
                raise OutlineError(f"unexpected {character} at character {token.start()}")
            if not stack:
                return Outline(complete=True, end=token.end(), tokens=tokens)
        elif character == '"':
            return Outline(complete=False, end=len(text), tokens=tokens)
    return Outline(complete=False, end=len(text), tokens=tokens)


def elements(text: str) -> Iterator[str]:
    """Yield the elements of a top-level array, whose outline is complete, one by one as they stand there."""
    depth = begin = count = 0
    for token in _TOKEN.finditer(text):
        character = token[0]
        if character in "[{":
            depth += 1
            begin = token.end() if depth == 1 else begin
        elif character in "]}":
            depth -= 1
            if depth == 0:
                last = text[begin : token.start()]
                if count or last.strip():
                    yield last
                return
        elif character == "," and depth == 1:
            count += 1
            yield text[begin : token.start()]
            begin = token.end()
