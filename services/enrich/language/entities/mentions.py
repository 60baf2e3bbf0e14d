"""Where something is named: what the model tags, mended, what the data files know, and the names that both missed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from spacy.tokens import Doc, Span, Token

from services.enrich.language.entities.context import WHERE, commoner_small, leads_to_place
from services.enrich.language.entities.datelines import datelines
from services.enrich.language.entities.extend import with_heads
from services.enrich.language.entities.found import LABELS, PLACES, Found, apart
from services.enrich.language.entities.heads import heads, titles
from services.enrich.language.entities.known import defined, known
from services.enrich.language.knowledge.gazetteer import gazetteer
from services.enrich.language.knowledge.lexicon import Forms
from services.enrich.language.knowledge.names import fold
from services.enrich.language.tables import word_lists
from sitrep.contracts.enriched import EntityLabel

POSSESSIVE = ("'s", "\u2019s", "'", "\u2019")
_LEADS = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(WHERE | {'of'}))}) (?=[A-Z])", re.IGNORECASE)
_OPENING = frozenset([":", "\u201c", '"', "\n\n", "\u2014", "\u2013", "-", "\u2022"])
_CONNECTING = word_lists("around_names.tsv")["connecting"]


def find(doc: Doc, text: str) -> list[Found]:
    """Return the mentions of a document in order, without overlap."""
    tagged = [part for span in doc.ents if span.label_ in LABELS and (one := _trimmed(span)) for part in _split(text, one)]
    hits = known(doc, text, tagged)
    tagged = [one for one in tagged if not _is_word(doc, one, text) and not _is_known_with_words(text, one, hits)]
    lines = datelines(text)
    spared = [one for one in (*hits, *tagged) if not any(line.start < one.end and one.start < line.end for line in lines)]
    found = apart([*lines, *spared])
    found = defined(text, found)
    found = apart([*found, *_looked_for(doc, text, found)])
    found = apart([*found, *_repeated(text, found)])
    return with_heads(text, _joined(text, found))


def _trimmed(span: Span) -> Found | None:
    """Return a span without article, title, direction, possessive and white space; None if nothing is left."""
    doc, start, end = span.doc, span.start, span.end
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in POSSESSIVE or not _says(doc[end - 1])):
        end -= 1
    while start < end - 1 and (doc[start].is_space or _stays_outside(span, doc[start])):
        start += 1
    trimmed = doc[start:end]
    if not any(c.isalnum() for c in trimmed.text) or trimmed.text.lower() == "the":
        return None
    return Found(trimmed.start_char, trimmed.end_char, cast("EntityLabel", span.label_))


def _split(text: str, one: Found) -> list[Found]:
    """Return the parts of what the model tags as one place and is two: "Mahbes and Smara"."""
    cut = text.find(" and ", one.start, one.end)
    if cut < 0 or one.label not in {"GPE", "PERSON"}:
        return [one]
    return [replace(one, end=cut), replace(one, start=cut + 5)]


def _says(token: Token) -> bool:
    return any(character.isalnum() for character in token.text) or token.text == "."


def _stays_outside(span: Span, token: Token) -> bool:
    word = token.lower_.rstrip(".")
    if word == "the" or not _says(token) or (token.pos_ == "ADP" and token.is_title):
        return True
    if span.label_ == "PERSON":
        return word in titles()
    return span.label_ in {"GPE", "LOC", "ORG", "FAC"} and token.text.islower() and word not in _CONNECTING


def _is_word(doc: Doc, found: Found, text: str) -> bool:
    """Return whether what the model tags is a common word that only stands at the beginning of a sentence or headline."""
    surface = text[found.start : found.end]
    if surface.islower():
        return found.label not in {"NORP", "LANGUAGE"}
    if surface.lower() in titles() or surface.lower() in heads().after or surface in heads().last:
        return True
    if not surface.isalpha() or surface.isupper():
        return False
    span = doc.char_span(found.start, found.end)
    if span is None or not (span[0].is_sent_start or span.start == 0 or doc[span.start - 1].text in _OPENING):
        return False
    if span[0].pos_ != "PROPN" and found.label != "NORP":
        return True
    return commoner_small(doc, surface)


def _is_known_with_words(text: str, one: Found, hits: Sequence[Found]) -> bool:
    """Return whether the model tags a known name together with words that are no part of it: "UN migration agency"."""
    inside = [hit for hit in hits if one.start <= hit.start and hit.end <= one.end]
    rest, at = "", one.start
    for hit in inside:
        rest, at = rest + text[at : hit.start], hit.end
    rest = (rest + text[at : one.end]).removeprefix("the ")
    words = rest.lower().split()
    return bool(inside) and rest != "" and rest == rest.lower() and not (words and words[-1] in heads().after)


def _looked_for(doc: Doc, text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield capitalised words behind a preposition of place that nothing tags: names of villages that the model never saw."""
    taken = {position for one in found for position in range(one.start, one.end)}
    for match in _LEADS.finditer(text):
        first = None if match.end() in taken else doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
        if first is None or first.start == 0 or not leads_to_place(doc[first.start - 1]):
            continue
        start = end = first.start
        while end < len(doc) and _could_be_name(doc[end]) and doc[end].idx not in taken:
            end += 1
        span = doc[start:end]
        followed = end < len(doc) and doc[end].idx in taken and doc[end].pos_ == "PROPN"  # "to President Assad": a title
        if end > start and len(span.text) > 2 and not followed and not _is_common(doc, span):
            yield Found(span.start_char, span.end_char, "GPE", tagged=False)


def _could_be_name(token: Token) -> bool:
    number = token.ent_type_ in {"", "CARDINAL", "ORDINAL"}  # which the model takes a strange name for
    return number and token.text[0].isupper() and token.is_alpha and (token.pos_ == "PROPN" or not token.is_stop)


def _is_common(doc: Doc, span: Span) -> bool:
    return len(span) == 1 and (span[0].is_stop or commoner_small(doc, span.text) or span.text.lower() in titles())


def _joined(text: str, found: Sequence[Found]) -> list[Found]:
    """Return the mentions with those made one that are parts of one name: "Khairpur" and "Nathan Shah"."""
    made: list[Found] = []
    for one in found:
        last = made[-1] if made else None
        near = last is not None and one.start == last.end + 1 and text[last.end] == " "
        if last is not None and near and last.label in PLACES and gazetteer().exact(text[last.start : one.end]):
            made[-1] = Found(last.start, one.end, "GPE", tagged=last.tagged)
        else:
            made.append(one)
    return made


def _repeated(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield every further place where a name that was found somewhere stands."""
    forms: Forms[Found] = Forms()
    for one in found:
        surface = fold(text[one.start : one.bare or one.end])
        if not surface[:1].isupper() or len(surface) < 3 or one.label in {"LAW", "WORK_OF_ART"}:
            continue
        if one.entry is None:
            forms.add(surface, one)
        surname = surface.rpartition(" ")[2]
        if one.label == "PERSON" and surname != surface and len(surname) > 3 and surname[0].isupper():
            forms.add(surname, one)
    for start, end, like in forms.find(fold(text)):
        yield Found(start, end, like.label, like.entry, tagged=False, full=like.full)
