"""Quotations: where they stand, which of them go on in the next paragraph, and whose the sentences in them are."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.attribution import attributions_alone
from services.enrich.language.claims.lexicon import CUES, PEOPLE
from services.enrich.language.claims.spans import Range, clauses
from services.enrich.language.claims.subjects import subject

LONGEST = 3000
"""Characters of a quotation within one paragraph; a mark that is not closed so soon is a slip of the pen."""

REACH = 60
"""Characters between a quotation and the attribution that it belongs to, which hardly more than a name and a description part."""

WIDEST = 120
"""Tokens before a quotation in which a content that holds it may begin."""

SHORT = 3
"""Words of a quotation that is only a word or two in somebody's own sentence."""

_OPENS, _CLOSES = "\u201c\u201e\u00ab", "\u201d\u00bb"
_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')


@dataclass(frozen=True)
class Quotation:
    """A quotation in one paragraph, its marks included; `goes_on`: it is not closed, and the next paragraph opens it again."""

    start: int
    end: int
    paragraph: int
    goes_on: bool = False


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text in order; it is unwrapped, so that each line of it is a paragraph."""
    found: list[Quotation] = []
    paragraphs = list(_PARAGRAPH.finditer(text))
    for number, paragraph in enumerate(paragraphs):
        opened: int | None = None
        for mark in _MARK.finditer(text, paragraph.start(), paragraph.end()):
            character = mark[0]
            if opened is None:
                if character not in _CLOSES:
                    opened = mark.start()
            elif character in _CLOSES or character == '"':
                if 2 < mark.end() - opened <= LONGEST:
                    found.append(Quotation(opened, mark.end(), number))
                opened = None
        following = paragraphs[number + 1][0].lstrip() if number + 1 < len(paragraphs) else ""
        if opened is not None and following[:1] in {*_OPENS, '"'} and paragraph.end() - opened <= LONGEST:
            found.append(Quotation(opened, paragraph.end(), number, goes_on=True))
    return found


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the spans of the quotations of a text, their marks included, in order."""
    return [(quotation.start, quotation.end) for quotation in quotations(text)]


def kind(quotes: Sequence[tuple[int, int]], start: int, end: int) -> Literal["direct", "indirect", "mixed"]:
    """Return whether a span is wholly within quotation marks, has some of them in it, or has none."""
    index = bisect_left(quotes, (start + 1, 0)) - 1
    if index >= 0 and end <= quotes[index][1]:
        return "direct"
    near = quotes[max(0, index) : index + 2]
    return "mixed" if any(begin < end and start < finish for begin, finish in near) else "indirect"


def continued(doc: Doc, text: str, sentences: Sequence[Span], attributed: Sequence[Attributed]) -> Iterator[Attributed]:
    """Yield the clauses that stand wholly inside of a quotation and are nobody's yet, said by whoever is quoted there."""
    quotes = quotations(text)
    cues = {one.cue.start for one in attributed}
    alone = [one for one in attributions_alone(sentences) if one.cue.start not in cues]
    sources = list(_sources(doc, text, quotes, [one for one in (*attributed, *alone) if one.speaker is not None]))
    taken = bytearray(len(doc))
    for one in attributed:
        taken[one.content.start : one.content.end] = b"\x01" * (one.content.end - one.content.start)
    starts = [quotation.start for quotation in quotes]
    for sentence in sentences:
        first = bisect_right(starts, sentence.end_char) - 1
        for index in range(first, -1, -1):
            quotation, source = quotes[index], sources[index]
            if quotation.end <= sentence.start_char:
                break
            part = _within(sentence, quotation)
            if source is None or part is None:
                continue
            words = sum(token.is_alpha for token in doc[part.start : part.end])
            if words <= SHORT and not _is_whole(sentence, part):
                continue
            for head, content in _clauses(doc, sentence, part):
                if 1 in taken[content.start : content.end]:
                    continue
                yield Attributed(content, head, source.speaker, source.cue, CUES["say"], source.via)


def _within(sentence: Span, quotation: Quotation) -> Range | None:
    """Return the tokens of a sentence that stand in a quotation, without its marks; None where none do."""
    inside = [
        token.i for token in sentence
        if token.idx >= quotation.start and token.idx + len(token.text) <= quotation.end and not token.is_quote and not token.is_space
    ]  # fmt: skip
    return Range(inside[0], inside[-1] + 1) if inside else None


def _is_whole(sentence: Span, part: Range) -> bool:
    """Return whether a part is a sentence but for marks and white space."""
    outside = [token for token in sentence if not part.start <= token.i < part.end]
    return all(token.is_punct or token.is_space or token.is_quote for token in outside)


def _clauses(doc: Doc, sentence: Span, part: Range) -> Iterator[tuple[Token, Range]]:
    """Yield the clauses of a part of a sentence; the part itself where its parse has no verb to go by."""
    root = sentence.root
    if not part.contains(root):
        root = next((token for token in doc[part.start : part.end] if not part.contains(token.head)), doc[part.start])
    if root.pos_ not in {"VERB", "AUX"}:
        yield root, part
        return
    for head, content in clauses(root):
        start, end = max(content.start, part.start), min(content.end, part.end)
        if start < end and part.contains(head):
            yield head, Range(start, end)


def _sources(doc: Doc, text: str, quotes: Sequence[Quotation], attributed: Sequence[Attributed]) -> Iterator[Attributed | None]:
    """Yield for each quotation the attribution whose speaker it is of; None where there is none."""
    marks = sorted(((*_place(doc, one), one) for one in attributed), key=lambda mark: mark[:3])
    contents = sorted(attributed, key=lambda one: one.content.start)
    previous: Attributed | None = None
    before: Quotation | None = None
    for quotation in quotes:
        source = _covering(doc, quotation, contents) or _adjacent(text, quotation, marks)
        if source is None and before is not None:
            next_paragraph = quotation.paragraph == before.paragraph + 1
            same = quotation.paragraph == before.paragraph and quotation.start - before.end <= 4 * REACH
            begins = quotation.start == 0 or text[quotation.start - 1] == "\n"
            if before.goes_on or same or (next_paragraph and begins):
                source = previous
        source = source or _introduced(doc, text, quotation)
        yield source
        previous, before = source, quotation


def _introduced(doc: Doc, text: str, quotation: Quotation) -> Attributed | None:
    """Return the person whose sentence stands right before a quotation: "The colonel was blunt. “Half of it burned.”"."""
    start = text.rfind("\n", 0, quotation.start) + 1
    span = doc.char_span(start, quotation.start, alignment_mode="contract")
    words = [] if span is None else [token for token in span if not token.is_space]
    if not words or words[-1].text != "." or text[quotation.start - 1] != " ":
        return None
    root = words[-1].sent.root
    speaker = subject(root) if root.pos_ in {"VERB", "AUX"} else None
    if speaker is None or not _is_person(speaker) or any(token.is_quote for token in root.sent):
        return None
    return Attributed(Range(root.i, root.i), root, speaker, Range(root.i, root.i + 1), CUES["say"])


def _is_person(head: Token) -> bool:
    kinds = ("person", "man", "woman")
    return (
        head.ent_type_ == "PERSON" or head.lower_ in {"he", "she"} or any(head.lemma_.lower() in PEOPLE[kind] for kind in kinds)
    )


def _place(doc: Doc, one: Attributed) -> tuple[int, int, int]:
    """Return where an attribution stands: the first and last character of its cue and speaker."""
    assert one.speaker is not None  # noqa: S101 - for mypy
    cue_start, cue_end = doc[one.cue.start].idx, doc[one.cue.end - 1].idx + len(doc[one.cue.end - 1].text)
    start, end = one.speaker.left_edge.idx, one.speaker.right_edge.idx + len(one.speaker.right_edge.text)
    if end - start > 4 * REACH:
        start, end = one.speaker.idx, one.speaker.idx + len(one.speaker.text)
    return min(cue_start, start), max(cue_end, end), one.cue.start


def _covering(doc: Doc, quotation: Quotation, contents: Sequence[Attributed]) -> Attributed | None:
    """Return the attribution whose content stands in a quotation, or holds it; `contents` are in the order of the text."""
    span = doc.char_span(quotation.start, quotation.end, alignment_mode="expand")
    if span is None:
        return None
    index = bisect_left(contents, span.start - WIDEST, key=lambda one: one.content.start)
    while index < len(contents) and contents[index].content.start < span.end:
        one = contents[index]
        if min(one.content.end, span.end) - max(one.content.start, span.start) > 2:
            return one
        index += 1
    return None


def _adjacent(text: str, quotation: Quotation, marks: Sequence[tuple[int, int, int, Attributed]]) -> Attributed | None:
    """Return the attribution beside a quotation in its paragraph, the one behind it first: "…," she said."""
    near = []
    index = bisect_left(marks, quotation.start - 8 * REACH, key=lambda mark: mark[0])
    while index < len(marks) and marks[index][0] <= quotation.end + REACH:
        start, end, _, one = marks[index]
        index += 1
        behind, ahead = text[quotation.end : start], text[end : quotation.start]
        if start >= quotation.end - 1 and "\n" not in behind and len(behind) <= REACH:
            near.append((len(behind), one))
        elif end <= quotation.start + 1 and ("\n" not in ahead or ahead.rstrip().endswith(":")) and len(ahead) <= REACH:
            near.append((len(ahead) + 8, one))
    return min(near, key=lambda pair: pair[0], default=(0, None))[1]
