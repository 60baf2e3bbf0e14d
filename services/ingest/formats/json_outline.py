"""The shape of a JSON text without parsing it: how deep, whether it is whole, and where the elements of an array are."""

import re
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
    """`complete`: every bracket and string is closed. `end`: just after the top-level value. `elements`: slices."""

    complete: bool
    end: int
    elements: tuple[tuple[int, int], ...]


def outline(text: str) -> Outline:
    """Return the outline of a JSON text that begins with a bracket. Linear in its length. Raises OutlineError."""
    stack: list[str] = []
    elements: list[tuple[int, int]] = []
    begin = 0
    for token in _TOKEN.finditer(text):
        character = token[0]
        if character in "[{":
            stack.append("]" if character == "[" else "}")
            if len(stack) > MAX_DEPTH:
                raise OutlineError(f"deeper than {MAX_DEPTH} at character {token.start()}", too_deep=True)
            begin = token.end() if len(stack) == 1 else begin
        elif character in "]}":
            if not stack or stack.pop() != character:
                raise OutlineError(f"unexpected {character} at character {token.start()}")
            if not stack:
                if text[begin : token.start()].strip():
                    elements.append((begin, token.start()))
                return Outline(complete=True, end=token.end(), elements=tuple(elements))
        elif character == '"':
            return Outline(complete=False, end=len(text), elements=())
        elif character == "," and len(stack) == 1:
            elements.append((begin, token.start()))
            begin = token.end()
    return Outline(complete=False, end=len(text), elements=())
