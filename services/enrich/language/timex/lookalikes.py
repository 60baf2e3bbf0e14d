"""What only looks like an expression of time: part of a name, or of a title."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from services.enrich.language.timex.grammar import Found
from services.enrich.language.timex.tense import WORDS
from sitrep.contracts.enriched import Entity

HEADLINE = 0.7
"""Share of the longer words with a capital from which on a line is a headline, in which any word may have one."""

NEAR = 400
"""Characters on either side that are asked whether the line is a headline."""

NAMES = frozenset({"ORG", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT", "NORP"})
"""Labels of names in which a date is part of the name: the March 23 Movement, the Sunday Times."""

_WORD = re.compile(r"[^\W\d_]+")


def outside_of_names(doc: Doc, text: str, expressions: Iterator[Found], entities: Sequence[Entity]) -> Iterator[Found]:
    """Yield the expressions that are no part of a name, and no name themselves: April Ryan, the 7 October Brigade, "60 Minutes"."""
    names = sorted((m.start, m.end, entity.label) for entity in entities if entity.label in NAMES for m in entity.mentions)
    starts = [start for start, _, _ in names]
    for found in expressions:
        at = bisect_right(starts, found.start) - 1
        in_name = at >= 0 and _is_of_name(found, *names[at])
        if not _follows_preposition(doc, found) and (in_name or _is_first_name(doc, found)):
            continue
        if not _is_in_title(text, found) and not _is_count(doc, found):
            yield found


def _is_count(doc: Doc, found: Found) -> bool:
    """Return whether four digits count something: "about 2000 trucks"."""
    span = doc.char_span(found.start, found.end) if found.category == "year_ref" else None
    if span is None or len(span) != 1 or span.start == 0 or span.end >= len(doc):
        return False
    return doc[span.start - 1].lower_ in WORDS["bounds"] and doc[span.end].tag_ in {"NNS", "NN", "JJ", "VBN"}


def _is_of_name(found: Found, start: int, end: int, label: str) -> bool:
    inside = start <= found.start and found.end <= end
    longer = start < found.start or found.end < end
    return (
        inside
        and (longer or (label == "PERSON" and found.category != "holiday"))
        and found.category not in {"clock", "duration", "set"}
    )


def _follows_preposition(doc: Doc, found: Found) -> bool:
    """Return whether a weekday or feast stands after the preposition that only a day has: "On Sunday Okafor buried his sons"."""
    span = doc.char_span(found.start, found.end) if found.category in {"weekday", "holiday"} else None
    return span is not None and span.start > 0 and doc[span.start - 1].lower_ in WORDS["on"]


def _is_first_name(doc: Doc, found: Found) -> bool:
    """Return whether a weekday, month or feast alone belongs to the name behind it: Sunday Okafor, June Dlamini, Christmas Island."""
    span = doc.char_span(found.start, found.end) if found.category in {"weekday", "month_ref", "holiday"} else None
    if span is None or len(span) != 1 or span.end >= len(doc):
        return False
    following = doc[span.end]
    return (
        span.root.dep_ == "compound"
        and span.root.head == following
        and following.pos_ == "PROPN"
        and following.shape_[:2] == "Xx"
    )


def _is_in_title(text: str, found: Found) -> bool:
    """Return whether an expression is in words that are capitalised as in a title: "60 Minutes", "The Day After Tomorrow"."""
    words_ = _WORD.findall(text[found.start : found.end])
    if found.category == "holiday" or not any(word[0].isupper() and word.lower() in WORDS["small"] for word in words_):
        return False
    beside = text[max(0, found.start - 3) : found.start].rstrip(" ")
    if not beside or not (beside[-1].isalnum() or beside[-1] in ",'\u2019"):
        return False  # a sentence or line begins with it
    before, after = text[max(0, found.start - NEAR) : found.start], text[found.end : found.end + NEAR]
    around = before.rpartition("\n")[2] + after.partition("\n")[0]
    long = [word for word in _WORD.findall(around) if len(word) > 3]
    return bool(sum(word[0].isupper() for word in long) < HEADLINE * len(long))
