"""How many: numbers of people, places and things in a claim, as ranges, with what befell them."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Literal, cast

from spacy.tokens import Doc, Token

from services.enrich.language.claims.spans import Range
from services.enrich.language.coreference.resolve import Coreference
from services.enrich.language.numerals import BOUNDS, MULTIPLES, PLURALS, SHARES, large_number
from services.enrich.language.tables import rows, values
from sitrep.contracts.enriched import Quantity

What = Literal["killed", "injured", "displaced", "detained", "missing", "controlled", "captured", "destroyed", "other"]
Unit = Literal["person", "place", "vehicle", "weapon", "share", "item"]

_ROWS = list(rows("counted.tsv"))
BEFELL = [(cast("What", row["name"]), frozenset(values(row["lemmas"]))) for row in _ROWS if row["list"] == "what"]
UNITS = [(cast("Unit", row["name"]), frozenset(values(row["lemmas"]))) for row in _ROWS if row["list"] == "unit"]
UNCOUNTED = frozenset(lemma for row in _ROWS if row["list"] == "uncounted" for lemma in values(row["lemmas"]))
NEAREST = 12
"""Words around a number that are asked what befell those who are counted."""


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, phrases))


_PREFIX = re.compile(
    rf"(?:{'|'.join(f'(?P<{kind}>{_any_of(phrases)})' for kind, phrases in BOUNDS.items())})\s+\Z", re.IGNORECASE
)
_PLURAL = re.compile(rf"\b(?:({_any_of(MULTIPLES)}) of )?({_any_of(PLURALS)})\b", re.IGNORECASE)
_PERCENT = r"(?P<percent>\d+(?:\.\d+)?) ?(?:%|per ?cent)"
_SHARE = re.compile(rf"{_PERCENT}|\b(?:{_any_of(phrase for phrases, _, _ in SHARES for phrase in phrases)})\b", re.IGNORECASE)


def quantities(doc: Doc, text: str, content: Range, coreference: Coreference) -> Iterator[Quantity]:
    """Yield the quantities of a claim in order, without overlap. `text` is that of the document, which makes it anew when asked."""
    found = [*_shares(doc, text, content), *_plurals(doc, text, content), *_numbers(doc, text, content)]
    found += _of_them(doc, text, content, coreference)
    found.sort(key=lambda quantity: (quantity.start, -quantity.end))
    end = -1
    for quantity in found:
        if quantity.start >= end:
            end = quantity.end
            yield quantity


def _matches(pattern: re.Pattern[str], doc: Doc, content: Range) -> Iterator[tuple[re.Match[str], int, int, Token]]:
    """Yield each match in a claim with its place in the text and its last token."""
    part = doc[content.start : content.end]
    for match in pattern.finditer(part.text):
        start, end = part.start_char + match.start(), part.start_char + match.end()
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield match, start, end, span[-1]


def _bounded(
    text: str, span: tuple[int, int], low: float, high: float | None, token: Token, unit: Unit | None = None
) -> Quantity:
    """Return a quantity with what stands before it taken into account (`at least`, `nearly`, `about`)."""
    start, end = span
    prefix = _PREFIX.search(text, max(0, start - 20), start)
    least: float | None = low
    most, approximate = high, False
    if prefix is not None:
        start = prefix.start()
        if prefix["at_least"]:
            most = None
        elif prefix["at_most"]:
            least, most = None, low
        else:
            approximate = True
    return Quantity(
        text=text[start:end],
        start=start,
        end=end,
        min=least,
        max=most,
        unit=unit or _unit(token),
        of=_of(token),
        what=_what(token),
        approximate=approximate,
    )


def _shares(doc: Doc, text: str, content: Range) -> Iterator[Quantity]:
    for match, start, end, token in _matches(_SHARE, doc, content):
        if match["percent"]:
            share = round(float(match["percent"]) / 100, 4)
            low, high = share, share
        else:
            phrase = match[0].lower()
            low, high = next((low, high) for phrases, low, high in SHARES if phrase in phrases)
        yield _bounded(text, (start, end), low, high, token, unit="share")


def _plurals(doc: Doc, text: str, content: Range) -> Iterator[Quantity]:
    for match, start, end, token in _matches(_PLURAL, doc, content):
        factor = MULTIPLES.get((match[1] or "").lower(), 1)
        low = PLURALS[match[2].lower()] * factor
        if _counted(token):
            yield _bounded(text, (start, end), low, None, token)


def _numbers(doc: Doc, text: str, content: Range) -> Iterator[Quantity]:
    for index in range(content.start, content.end):
        token = doc[index]
        if token.pos_ != "NUM" or token.dep_ not in {"nummod", "nsubj", "nsubjpass", "dobj", "pobj", "attr"}:
            continue
        first = token
        while first.i > content.start and doc[first.i - 1].dep_ == "compound" and doc[first.i - 1].pos_ == "NUM":
            first = doc[first.i - 1]
        value = large_number(doc[first.i : token.i + 1].text)
        if value is None or token.ent_type_ in {"DATE", "TIME", "MONEY", "ORDINAL"} or not _counted(token):
            continue
        yield _bounded(text, (first.idx, token.idx + len(token.text)), value, value, token)


def _of_them(doc: Doc, text: str, content: Range, coreference: Coreference) -> Iterator[Quantity]:
    """Yield the numbers of those whom a pronoun stands for: "three of them were children"."""
    for token in (doc[i] for i in range(content.start, content.end)):
        noun = _noun(token)
        value = large_number(token.text) if token.pos_ == "NUM" and noun.lower_ == "them" else None
        of = None if value is None else coreference.antecedent(noun, None)
        if value is not None and of is not None:
            found = _bounded(text, (token.idx, token.idx + len(token.text)), value, value, token, unit=_unit(of.head))
            yield found.model_copy(update={"of": of.head.text if of.entity is None else of.name})


def _noun(token: Token) -> Token:
    """Return the noun that is counted: "27 civilians", "dozens of towns", "half of Aleppo"."""
    if token.dep_ in {"nummod", "quantmod", "amod", "det", "predet", "compound"}:
        return token.head
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((target for target in child.children if target.dep_ == "pobj"), token)
    if token.lower_ == "of" and token.n_rights:
        return next(iter(token.rights))
    return token


def _counted(token: Token) -> bool:
    noun = _noun(token)
    if noun.lemma_.lower() in UNCOUNTED or noun.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "LAW"}:
        return False
    return noun.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} and not (noun is token and token.like_num and token.ent_type_ == "DATE")


def _of(token: Token) -> str | None:
    noun = _noun(token)
    if noun is token:
        return None
    left = [child for child in noun.lefts if child.dep_ in {"amod", "compound", "poss", "nmod"} and child.pos_ != "NUM"]
    start = min([child.left_edge.i for child in left if child.i > token.i] or [noun.i])
    return noun.doc[start : noun.i + 1].text


def _what(token: Token) -> What:
    """Return what befell those who are counted, by the nearest word above or beside that says so."""
    noun = _noun(token)
    counted = (child for verb in noun.ancestors if verb.lemma_ == "put" for child in verb.children if child.dep_ == "dobj")
    for word in islice(chain([noun], noun.children, counted, noun.ancestors), NEAREST):
        for what, lemmas in BEFELL:
            if word.lemma_.lower() in lemmas:
                return what
    return "other"


def _unit(token: Token) -> Unit:
    lemma = _noun(token).lemma_.lower()
    return next((unit for unit, lemmas in UNITS if lemma in lemmas), "person")
