"""Quotes over several sentences: those of them that no reporting verb stands with belong to who is quoted beside them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from spacy.tokens import Doc, Span

from services.enrich.language.claims.attribution import Attributed
from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.spans import Range

_QUOTED = re.compile('\u201c[^\u201c\u201d]{2,2000}\u201d|"[^"]{2,2000}"')
REACH = 160
"""Characters between a quote and the reporting verb that it belongs to."""


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text between quotation marks, the marks included, in order."""
    return [match.span() for match in _QUOTED.finditer(text)]


def kind(quotes: Sequence[tuple[int, int]], start: int, end: int) -> Literal["direct", "indirect", "mixed"]:
    """Return whether a span is wholly within quotation marks, has some of them in it, or has none."""
    index = bisect_left(quotes, (start + 1, 0)) - 1
    if index >= 0 and end <= quotes[index][1]:
        return "direct"
    near = quotes[max(0, index) : index + 2]
    return "mixed" if any(begin < end and start < finish for begin, finish in near) else "indirect"


def continued(doc: Doc, text: str, sentences: Sequence[Span], found: Sequence[Attributed]) -> Iterator[Attributed]:
    """Yield the sentences that stand wholly inside of a quote and are nobody's yet, said by who is quoted nearest."""
    named = sorted((one for one in found if one.speaker is not None), key=lambda one: one.cue.start)
    places = [doc[one.cue.start].idx for one in named]
    taken = bytearray(len(doc))
    for one in found:
        taken[one.content.start : one.content.end] = b"\x01" * (one.content.end - one.content.start)
    quotes = quoted(text)
    starts = [start for start, _ in quotes]
    for sentence in sentences:
        index = bisect_left(starts, sentence.start_char + 1) - 1
        if index < 0 or 1 in taken[sentence.start : sentence.end]:
            continue
        start, end = quotes[index]
        if sentence.end_char <= end + 2 and (source := _nearest(named, places, start, end)) is not None:
            content = Range(sentence.start, sentence.end)
            yield Attributed(content, sentence.root, source.speaker, source.cue, CUES["say"])  # what else is said is not denied


def _nearest(named: Sequence[Attributed], places: Sequence[int], start: int, end: int) -> Attributed | None:
    """Return the attribution whose verb stands nearest to a quote, the one behind it first: "…," she said."""
    after = bisect_left(places, end)
    near = []
    if after < len(named):
        near.append((places[after] - end, named[after]))
    if after > 0:
        before = places[after - 1]
        near.append((max(0, start - before), named[after - 1]))
    near = [pair for pair in near if pair[0] <= REACH]
    return min(near, key=lambda pair: pair[0], default=(0, None))[1]
