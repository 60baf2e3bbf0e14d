"""How many: numbers of people, places and things in a claim, as ranges, with what befell them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.strings import get_string_id
from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.befell import (
    BEFELL,
    CHANGES,
    PERSONS,
    UNCOUNTED,
    Unit,
    befalls,
    following,
    noun_of,
    told_of,
    unit_of,
    what_befell,
)
from services.enrich.language.claims.spans import Range
from services.enrich.language.coreference.resolve import Coreference
from services.enrich.language.counts import cardinal, counts
from services.enrich.language.numerals import BOUNDS, MULTIPLES, NUMBERS, ORDINALS, PLURALS, SHARES
from services.enrich.language.tables import alternatives
from sitrep.contracts.enriched import DateExpression, Quantity

_WORDS = {
    word
    for phrase in (*NUMBERS, *PLURALS, *(p for phrases, _, _ in SHARES for p in phrases), "score", "halves", "thirds")
    for word in phrase.split()
} - {"a", "an", "of", "the"}
_COUNTING = frozenset(get_string_id(word) for word in _WORDS)
_DIGIT = re.compile(r"[\d%]")
"""What a claim that counts something has in it: a digit, or a word of a number (as spaCy numbers words)."""

_PREFIX = re.compile(
    rf"(?:{'|'.join(f'(?P<{kind}>{alternatives(phrases)})' for kind, phrases in BOUNDS.items())})\s+\Z", re.IGNORECASE
)
_PLURAL = re.compile(rf"\b(?:({alternatives(MULTIPLES)}) of )?({alternatives(PLURALS)})\b", re.IGNORECASE)
_PERCENT = (
    r"(?:between )?(?:(?P<lowest>\d+(?:\.\d+)?) ?(?:%|per ?cent)? ?(?:-|\u2013|to|and) ?)?"
    rf"(?P<percent>\d+(?:\.\d+)?|\b(?:{alternatives(word for word in NUMBERS if len(word) > 2)})) ?(?:%|per ?cent)"
)
_PHRASES = [phrase for phrases, _, _ in SHARES for phrase in phrases]
_OPEN = [phrase for phrase in _PHRASES if " " in phrase and not phrase.endswith(" of")]
"""Shares only before "of": "a third of the city", but not "a third soldier"."""

_SHARE = re.compile(
    rf"{_PERCENT}|\b(?:{alternatives(_OPEN)})\b(?= of\b)|\b(?:{alternatives(phrase for phrase in _PHRASES if phrase not in _OPEN)})\b",
    re.IGNORECASE,
)

_PART = re.compile(r"\b(?:among (?:them|whom)|including|of (?:them|whom)|who included)\b", re.IGNORECASE)
_PART_BEHIND = re.compile(r" (?:\w+ )?of (?:them|whom)\b", re.IGNORECASE)
_AND = re.compile(r"(?: [\w-]+){1,4}(?:,| and|, and) (?:at least |about |some |nearly )?", re.IGNORECASE)
_OF_THE = re.compile(r" of (?:the|those|these|its|their|some|about|at least| )*", re.IGNORECASE)
_OF_WHOLE = re.compile(r"\b[Oo]f (?:the|those|these|some|its|their)? ?\Z")
YEAR = 4
"""Digits of what the model may rightly take for a year."""

LONGEST_WHOLE = 80
LONGEST_BETWEEN = 60
"""Characters between a total and its part at most."""


def quantities(
    doc: Doc, text: str, content: Range, dates: Sequence[DateExpression], coreference: Coreference
) -> Iterator[Quantity]:
    """Yield the quantities of a claim in order, without overlap. `text` is that of the document, and the numbers in `dates` count nothing."""
    found = list(_one_person(doc, text, content))
    words = doc[content.start : content.end]
    if _DIGIT.search(text, words.start_char, words.end_char) or any(token.lower in _COUNTING for token in words):
        found += [*_of_them(doc, text, content, coreference), *_shares(doc, text, content), *_plurals(doc, text, content)]
        found += _numbers(doc, text, content, dates)
    found.sort(key=lambda quantity: (quantity.start, -quantity.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(_as_part(text, kept, quantity))
    yield from _of_a_whole(text, kept)


def _of_a_whole(text: str, found: list[Quantity]) -> list[Quantity]:
    """Return quantities with those marked that are told as a share of another: "five of the 31", "of the 40 wounded, 12 are"."""
    for number, (first, second) in enumerate(pairwise(found)):
        if first.part_of is not None or second.part_of is not None:
            continue
        if _OF_THE.fullmatch(text[first.end : second.start]):
            found[number] = first.model_copy(update={"part_of": number + 1})
        elif (
            _OF_WHOLE.search(text, max(0, first.start - 12), first.start)
            and len(text[first.end : second.start]) <= LONGEST_WHOLE
        ):
            found[number + 1] = second.model_copy(update={"part_of": number})
    return found


def _as_part(text: str, before: list[Quantity], quantity: Quantity) -> Quantity:
    """Return a quantity with the one it is a part of: "98 civilians, among them 35 children and 11 women"."""
    if not before:
        return quantity
    last = before[-1]
    between = text[last.end : quantity.start]
    total = len(before) - 1 if last.part_of is None else last.part_of
    begins = _PART.search(between) or _PART_BEHIND.match(text, quantity.end)
    goes_on = last.part_of is not None and _AND.fullmatch(between)
    if not (begins or goes_on) or "." in between or len(between) > LONGEST_BETWEEN:
        return quantity
    what = before[total].what if quantity.what == "other" else quantity.what
    return quantity.model_copy(update={"part_of": total, "what": what})


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
        unit=unit or unit_of(token),
        of=_of(token),
        what=what_befell(token),
        approximate=approximate,
    )


def _shares(doc: Doc, text: str, content: Range) -> Iterator[Quantity]:
    for match, start, end, token in _matches(_SHARE, doc, content):
        if match["percent"]:
            high = round((cardinal(match["percent"]) or 0) / 100, 4)
            low = high if match["lowest"] is None else round((cardinal(match["lowest"]) or 0) / 100, 4)
        else:
            phrase = match[0].lower()
            low, high = next((low, high) for phrases, low, high in SHARES if phrase in phrases)
        yield _bounded(text, (start, end), low, high, token, unit="share")


def _plurals(doc: Doc, text: str, content: Range) -> Iterator[Quantity]:
    for match, start, end, token in _matches(_PLURAL, doc, content):
        factor = MULTIPLES.get((match[1] or "").lower(), 1)
        low = PLURALS[match[2].lower()] * factor
        settled = (
            match[2].lower() == "scores" and not text.startswith((" of ", " more "), end) and what_befell(token) == "other"
        )
        if _counted(token) and not settled:
            yield _bounded(text, (start, end), low, None, token)


def _numbers(doc: Doc, text: str, content: Range, dates: Sequence[DateExpression]) -> Iterator[Quantity]:
    part = doc[content.start : content.end]
    for count in counts(part.text):
        start, end, low, high = part.start_char + count.start, part.start_char + count.end, count.low, count.high
        over = next((date for date in dates if date.start < end and start < date.end), None)
        if over is not None and over.end < end and text[over.end].isspace() and (rest := cardinal(text[over.end : end])):
            start, low, high, over = over.end + 1, rest, rest, None  # "On December 12 500 residents fled"
        span = doc.char_span(start, end, alignment_mode="expand")
        # nobody counts people by halves: 6.5 is a magnitude, a score
        whole = count.share or all(bound is None or bound == int(bound) for bound in (low, high))
        if span is None or not whole or over is not None or _was(span):
            continue
        if _changes(span):
            low = high or low  # "rose from 41 to 58"
        token = span[-1] if count.share else _head_of(span)
        stands = _stands_alone(span, token) and _counted(token) and not _is_named(span)
        if (stands or _is_figure(span, token)) and not _is_no_count(span, token):
            yield _bounded(text, (start, end), low, high, token, unit="share" if count.share else None)


def _changes(span: Span) -> bool:
    """Return whether a number is told to have changed from one value to another."""
    before = span.doc[max(span.sent.start, span.start - 1) : span.start]
    return bool(before) and before[0].lower_ == "from" and any(token.lemma_.lower() in CHANGES for token in span.sent)


def _was(span: Span) -> bool:
    """Return whether a number is what another one was before: "rose to 41 from 26"."""
    return _changes(span) and not any(token.lower_ in {"to", "-", "\u2013"} for token in span)


def _head_of(span: Span) -> Token:
    """Return the token of a number that stands for it in the parse: "hundred" of "one hundred and twenty"."""
    numbers = [token for token in span if token.pos_ == "NUM" or token.like_num] or list(span)
    return next((token for token in numbers if not span.start <= token.head.i < span.end), numbers[-1])


_NO_ONE = frozenset(
    {"no", "the", "every", "each", "this", "that", "which", "another", "any", "second", "first", "third", "last", "other"}
)
"""Words before "one" that make a pronoun of it."""


def _stands_alone(span: Span, token: Token) -> bool:
    """Return whether a number stands as one does, and not as the number of something: "Room 12"."""
    if next(following(token), None) is not None and span.doc[token.i + 1].pos_ == "AUX":
        return True  # "…, 45 were killed"
    return token.pos_ in {"NUM", "NOUN", "ADJ", "SYM", "X"} and (
        len(span) > 1 or token.dep_ not in {"appos", "npadvmod", "punct"} or noun_of(token) is not token
    )


def _is_figure(span: Span, token: Token) -> bool:
    """Return whether a number is a figure of a list: "Aleppo 12 dead", "people displaced: 3,100 in Pibor, 2,100 in Akobo"."""
    behind = next(following(span[-1]), None)
    if behind is not None and behind.i == span.end and befalls(behind, behind) is not None:
        return True
    before = span.doc[span.start - 1].text if span.start > span.sent.start else ""
    unit = span.doc[span.end].lemma_.lower() if span.end < len(span.doc) else ""
    return (
        before in {":", ",", "and", ";"}
        and unit not in UNCOUNTED
        and told_of(token) is not None
        and any(word.text == ":" for word in span.doc[span.sent.start : span.start])
    )


def _is_no_count(span: Span, token: Token) -> bool:
    """Return whether a number counts nobody: "no one", "as young as eight", "a boy of seven", "the two sides"."""
    *_, second_last, last = ["", "", *(token.lower_ for token in span.doc[max(0, span.start - 2) : span.start])]
    if last in {"magnitude", "aged", "age"} or (last == "as" and second_last in {"young", "old"}):
        return True
    if token.lower_ == "one" and last in _NO_ONE:
        return True
    noun = noun_of(token)
    if last == "of" and noun is token and token.head.lower_ == "of" and token.head.head.lemma_.lower() in PERSONS:
        return True
    return last == "the" and token.lower_ == "two" and noun is not token


def _is_named(span: Span) -> bool:
    """Return whether a number is part of a name: the 25 Division, Flight 302."""
    root = span.root
    if (
        span.start
        and root.head.i == span.start - 1
        and root.head.pos_ == "NOUN"
        and root.dep_ in {"nummod", "appos", "npadvmod"}
    ):
        return True  # "checkpoint three", "ward 18"
    after, before = root.doc[span.end : span.end + 1], root.doc[span.start - 1] if span.start else None
    if root.dep_ == "nummod" and root.head.i < root.i and root.head.pos_ == "PROPN":
        return True
    return before is not None and before.pos_ == "PROPN" and root.head == before and not len(after)


def _of_them(doc: Doc, text: str, content: Range, coreference: Coreference) -> Iterator[Quantity]:
    """Yield the numbers of those whom a pronoun stands for: "three of them were children"."""
    for token in (doc[i] for i in range(content.start, content.end)):
        noun = noun_of(token)
        value = cardinal(token.text) if token.pos_ == "NUM" and noun.lower_ == "them" else None
        of = None if value is None else coreference.antecedent(noun, None)
        if value is not None and of is not None:
            found = _bounded(text, (token.idx, token.idx + len(token.text)), value, value, token, unit=unit_of(of.head))
            yield found.model_copy(update={"of": of.head.text if of.entity is None else of.name})


def _one_person(doc: Doc, text: str, content: Range) -> Iterator[Quantity]:
    """Yield the single persons whom something befell: "a child was killed", "killing a police officer"."""
    for token in (doc[i] for i in range(content.start, content.end)):
        if (
            token.lemma_.lower() not in PERSONS
            or token.tag_ != "NN"
            or token.dep_ not in {"dobj", "nsubjpass", "nsubj", "conj"}
        ):
            continue
        lefts = list(token.lefts)
        article = next((child for child in lefts if child.lower_ in {"a", "an"}), None)
        if any(child.lower_ in ORDINALS for child in lefts):  # "a third soldier"
            continue
        what = None if article is None or article.i < content.start else what_befell(article)
        if article is not None and what not in {None, "other"} and _befell(token):
            yield Quantity(
                text=text[article.idx : token.idx + len(token.text)], start=article.idx, end=token.idx + len(token.text),
                min=1, max=1, unit="person", of=_of(article), what=what,
            )  # fmt: skip


def _befell(token: Token) -> bool:
    """Return whether something befell a person, and it did not do it: the object, or the subject of a passive or of "died"."""
    while token.dep_ == "conj":
        token = token.head
    lemmas = {"die", "perish", "drown", "disappear", "flee"}
    return token.dep_ in {"dobj", "nsubjpass"} or (token.dep_ == "nsubj" and token.head.lemma_ in lemmas)


def _counted(token: Token) -> bool:
    noun = noun_of(token)
    if noun.lemma_.lower() in UNCOUNTED or noun.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "LAW"}:
        return False
    if noun.tag_ == "NNP" and noun is not token:  # the 7 October Brigade
        return False
    is_participle = noun.tag_ == "VBN" and any(noun.lemma_.lower() in lemmas for _, lemmas in BEFELL)  # "3,000 wounded"
    return (is_participle or noun.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "PRON"}) and not (
        noun is token and token.like_num and token.ent_type_ == "DATE" and len(token) == YEAR
    )


def _of(token: Token) -> str | None:
    noun = noun_of(token)
    if noun is token or noun.pos_ == "PRON" or noun.tag_ in {"VBN", "JJ"} or befalls(noun, noun) in {"killed", "injured"}:
        return None  # "22 deaths" count nobody by name
    left = [
        child
        for child in noun.lefts
        if child.dep_ in {"amod", "compound", "poss", "nmod"} and child.pos_ != "NUM" and child.lower_ not in NUMBERS
    ]
    start = min([max(child.left_edge.i, token.i + 1) for child in left if child.i > token.i] or [noun.i])
    return noun.doc[start : noun.i + 1].text
