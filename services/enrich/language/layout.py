"""Lines and paragraphs: what is settled about a text before the model reads it.

A name that a line end cuts in two is one name, a headline takes no word from the lead, and a line in capitals is read as any
other headline. The text keeps its length, so that every offset is one of the article's text; surfaces come from there.
"""

import re

HEADING = 60
"""Characters of a line that is too short to be one of many of a paragraph."""

MUCH_SHORTER = 0.6
"""Share of the longest line of its block under which a first line is a heading: lines that are wrapped are about as long."""

_BLOCK = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_BULLET = re.compile(r"[\u2022\u25aa\u25cf*\u2013-] +\S")
_FIGURE = re.compile(r"[^.!?:]{3,60}: *(?:[a-z]+ ){0,3}[\d.,]+(?: [\w%-]+){0,3}")
_STOPS = (".", "!", "?", '"', "\u201d", ":")
_SHOUTED = re.compile(r"^[^a-z\n]{16,}$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
_PARAGRAPH = re.compile(r"[^\n]*(?:\n\s*|\Z)")


def unwrapped(text: str) -> str:
    """Return a text of the same length, with a space for each line end that a sentence goes on over, and no line in capitals."""
    return _SHOUTED.sub(_capitalised, _BLOCK.sub(_unwrapped_block, text))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of an unwrapped text with the white space behind each, which together are the text."""
    return [part[0] for part in _PARAGRAPH.finditer(text) if part[0]]


def _unwrapped_block(block: re.Match[str]) -> str:
    """Return lines without an empty one between with a space for each line end that is none of a paragraph."""
    lines = block[0].split("\n")
    if len(lines) == 1:
        return block[0]
    bare = [line.strip() for line in lines]
    stopped = sum(line.endswith(_STOPS) for line in bare[:-1])
    whole_lines = len(lines) > 2 and 3 * stopped >= len(lines) - 1  # each line is a paragraph, and a short one a heading
    longest = max(len(line) for line in bare)
    joined = lines[0]
    for number, line in enumerate(lines[1:]):
        before, small = bare[number], bare[number + 1][:1].islower()
        heading = (
            not small and len(before) <= HEADING and (whole_lines or (number == 0 and len(before) < MUCH_SHORTER * longest))
        )
        joined += ("\n" if before.endswith(_STOPS) or heading or _is_item(before, bare[number + 1]) else " ") + line
    return joined


def _is_item(before: str, line: str) -> bool:
    """Return whether a line is one of a list or table: it has a bullet, or it and the line before are a label with its figure."""
    return _BULLET.match(line) is not None or (
        _FIGURE.fullmatch(line) is not None and (len(before) <= HEADING or _FIGURE.fullmatch(before) is not None)
    )


def _capitalised(line: re.Match[str]) -> str:
    """Return a line in capitals with these at the beginning of its words only; one of few words stays as it is."""
    if len(_WORD.findall(line[0])) < 3:
        return line[0]
    return _WORD.sub(
        lambda word: word[0][0] + word[0][1:].lower() if len(word[0].lower()) == len(word[0]) else word[0], line[0]
    )
