"""Component `sitrep_dates`: every expression that says when or how long, resolved on the day on which its text was written."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc, Token

from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.quotes import quoted
from services.enrich.language.claims.spans import verb_above
from services.enrich.language.timex.grammar import Found, grammar
from services.enrich.language.timex.meaning import DAYS, Context, Meaning, Tense
from services.enrich.language.timex.read import context_of, expression, read, words
from services.enrich.language.timex.resolve import resolve
from services.enrich.language.timex.terms import Term
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import Entity

Doc.set_extension("article", default=None, force=True)
Doc.set_extension("sitrep_dates", default=(), force=True)

HIGHEST = 12
"""Steps up from an expression to the verb of its clause; further up it belongs to another."""

HEADLINE = 0.7
"""Share of the longer words with a capital from which on a line is a headline, in which any word may have one."""

SOUTH = -15
"""Latitude below which the seasons are turned; in the tropics north of it nobody speaks of them but strangers."""

NAMES = frozenset({"ORG", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT", "NORP"})
"""Labels of names in which a date is part of the name: the March 23 Movement, the Sunday Times."""

WORDS = words("en")
_WORD = re.compile(r"[^\W\d_]+")


@Language.component(
    "sitrep_dates",
    requires=["doc._.article", "doc._.sitrep_entities", "token.dep", "token.tag"],
    assigns=["doc._.sitrep_dates"],
)
def sitrep_dates(doc: Doc) -> Doc:
    """Find and resolve the dates of a document."""
    article: Article | None = doc._.article
    text = doc.text  # made anew from its tokens with every use
    surfaces = article.text if article is not None else text
    expressions = list(_outside_of_names(doc, text, grammar("en").find(text), doc._.sitrep_entities))
    context = context_of(article, south=_is_south(doc._.sitrep_entities))
    resolved = list(read(text, expressions, context, lambda found: tense(doc, found), WORDS["stamp"]))
    doc._.sitrep_dates = tuple(expression(surfaces, found, meaning) for found, meaning in _as_quoted(doc, text, resolved))
    return doc


def _is_south(entities: Sequence[Entity]) -> bool:
    """Return whether an article plays in the south, by the first place in it that is no country, else by any."""
    places = [entity for entity in entities if entity.lat is not None]
    first = next((entity for entity in places if entity.category != "country"), None)
    return any(entity.lat is not None and entity.lat < SOUTH for entity in ([first] if first is not None else places))


def _outside_of_names(doc: Doc, text: str, expressions: Iterator[Found], entities: Sequence[Entity]) -> Iterator[Found]:
    """Yield the expressions that are no part of a name, and no name themselves: April Ryan, the 7 October Brigade, "60 Minutes"."""
    names = sorted((m.start, m.end, entity.label) for entity in entities if entity.label in NAMES for m in entity.mentions)
    starts = [start for start, _, _ in names]
    for found in expressions:
        at = bisect_right(starts, found.start) - 1
        in_name = at >= 0 and _is_of_name(found, *names[at])
        if not _follows_preposition(doc, found) and (in_name or _is_first_name(doc, found)):
            continue
        if not _is_in_title(text, found):
            yield found


def _is_of_name(found: Found, start: int, end: int, label: str) -> bool:
    inside = start <= found.start and found.end <= end
    longer = start < found.start or found.end < end
    return inside and (longer or label == "PERSON") and found.category not in {"clock", "duration", "set"}


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
    """Return whether an expression is of words that have capitals without need, as in a title: "60 Minutes", "The Day After Tomorrow"."""
    words_ = _WORD.findall(text[found.start : found.end])
    if found.category == "holiday" or not any(word[0].isupper() and word.lower() in WORDS["small"] for word in words_):
        return False
    before = text[max(0, found.start - 3) : found.start].rstrip(" ")
    if not before or not (before[-1].isalnum() or before[-1] in ",'\u2019") or before[-1] == "\n":
        return False  # a sentence or line begins with it
    end = text.find("\n", found.end)
    around = text[text.rfind("\n", 0, found.start) + 1 : found.start] + text[found.end : end if end >= 0 else len(text)]
    long = [word for word in _WORD.findall(around) if len(word) > 3]
    return bool(sum(word[0].isupper() for word in long) < HEADLINE * len(long))


def _as_quoted(doc: Doc, text: str, resolved: Sequence[tuple[Found, Meaning]]) -> Iterator[tuple[Found, Meaning]]:
    """Yield the expressions with those in quotations hung on the day of the saying: "We leave tomorrow," he said on Tuesday."""
    quotes = quoted(text)
    sayings = [
        (found, meaning)
        for found, meaning in resolved
        if not _in_quotes(found.start, quotes) and _is_saying(doc, found, meaning)
    ]
    for found, meaning in resolved:
        said = None
        if sayings and _is_deictic(found.term) and _in_quotes(found.start, quotes):
            said = _said_on(text, found, sayings)
        if said is None:
            yield found, meaning
        else:
            yield found, resolve(found.term, Context(said.latest, tense(doc, found), None)).on("text")


def _is_deictic(term: Term) -> bool:
    """Return whether an expression is counted from the day on which somebody speaks."""
    while isinstance(of := term.slots.get("of"), Term):
        term = of
    return term.kind in {"unit", "ago", "past", "overnight", "weekday", "weekend"} and term.word("base") is None


def _in_quotes(at: int, quotes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in quotes)


def _said_on(text: str, found: Found, sayings: Sequence[tuple[Found, Meaning]]) -> Meaning | None:
    """Return the nearest day in the paragraph of an expression on which something was said, or None."""
    begin, end = text.rfind("\n", 0, found.start), text.find("\n", found.end)
    same = [(said, meaning) for said, meaning in sayings if begin < said.start and (end < 0 or said.end <= end)]
    nearest = min(same, key=lambda saying: abs(saying[0].start - found.start), default=None)
    return None if nearest is None else nearest[1]


def _is_saying(doc: Doc, found: Found, meaning: Meaning) -> bool:
    """Return whether a date is that on which something was said or written: "said on Tuesday", "a letter dated 3 May"."""
    if meaning.granularity not in DAYS or meaning.latest is None:
        return False
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    if span is None:
        return False
    verb = _verb(span.root)
    if verb is not None and verb.lemma_.lower() in CUES:
        return True
    bearers = [*islice(span.root.ancestors, HIGHEST), *(() if verb is None else (c for c in verb.children if c.dep_ == "dobj"))]
    return any(token.lemma_.lower() in WORDS["written"] for token in bearers)


def tense(doc: Doc, found: Found) -> Tense:
    """Return whether the clause of an expression speaks of the future; news speak of the past otherwise."""
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    if span is None:
        return "past"
    verb = _verb(span.root)
    before = doc[span.start - 1].lower_ if span.start else ""
    was_due = verb is not None and any(child.lower_ == "had" for child in verb.children)
    if not was_due and any(token.lower_ in WORDS["due"] for token in islice(span.root.ancestors, HIGHEST)):
        return "future"
    if before in WORDS["until"]:  # "closed until Monday", but "fighting lasted until Monday"
        lasted = verb is not None and verb.tag_ in {"VBD", "VBN"} and verb.lemma_.lower() in WORDS["lasting"]
        return "past" if lasted else "future"
    if verb is None:
        return "past"
    if _is_to_come(verb, before):
        return "future"
    is_present = verb.tag_ in {"VBZ", "VBP"} or any(child.lower_ in WORDS["present"] for child in _auxiliaries(verb))
    return "present" if is_present and _hangs_on(span.root, verb) else "past"


def _is_to_come(verb: Token, before: str) -> bool:
    """Return whether a verb tells of what is to come; `before` is the word before the date."""
    auxiliaries = {child.lower_ for child in _auxiliaries(verb)}
    if auxiliaries & WORDS["future"] or any(child.dep_ == "acomp" and child.lower_ in WORDS["due"] for child in verb.children):
        return True
    is_or_are_to = verb.dep_ == "xcomp" and verb.head.tag_ in {"VBZ", "VBP"} and verb.head.lemma_ == "be"
    if "to" in auxiliaries and (before in WORDS["by"] or verb.dep_ in {"acl", "relcl"} or is_or_are_to):
        return True
    # "is due to meet on Monday", "elections scheduled for Sunday"; "had been scheduled" is over
    governing = [verb, *([verb.head] if verb.dep_ == "xcomp" else [])]
    expected = (token for token in governing if token.lemma_.lower() in WORDS["expected"] and token.tag_ != "VBD")
    return any(not any(child.lower_ == "had" for child in token.children) for token in expected)


def _verb(token: Token) -> Token | None:
    """Return the verb of the clause of a date; the date itself is none, whatever the tagger makes of May and March."""
    return None if token.head is token else verb_above(token.head, HIGHEST)


def _auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]


def _hangs_on(token: Token, verb: Token) -> bool:
    """Return whether a date says when something is done, and not what something is: "meets on 3 May", not "the 3 May attack"."""
    head = token.head
    return head == verb or (head.dep_ == "prep" and head.head == verb)
