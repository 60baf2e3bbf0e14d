"""Which way a date without a year or week lies: by the tense of its clause, from its parse or from its words alone."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, takewhile

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.spans import verb_above
from services.enrich.language.tables import word_lists
from services.enrich.language.timex.grammar import Found
from services.enrich.language.timex.meaning import Tense

LONGEST_CLAUSE = 300
"""Characters on either side of an expression that are read for a verb where nothing is parsed."""

HIGHEST = 12
"""Steps up from an expression to the verb of its clause; further up it belongs to another."""

_STOPS = frozenset('.?!"\u201d\u2019;:')
_FULL_STOP = re.compile(r"[.!?]\s|\n")
_TOKEN = re.compile(r"\w+|[,;:]")


@cache
def words(language: str) -> dict[str, frozenset[str]]:
    """Return the lists of words from which tense and stamps are told in a language."""
    return word_lists(f"timex/{language}/tense.tsv")


WORDS = words("en")


def tense(doc: Doc, found: Found) -> Tense:
    """Return the tense in which the clause of an expression speaks; news speaks of the past where nothing says otherwise."""
    span = span_of(doc, found)
    verb = None if span is None else clause_verb(span.root)
    if span is None or (verb is not None and _was_to_come(verb)):
        return "past"
    before = doc[span.start - 1].lower_ if span.start else ""
    if any(token.lower_ in WORDS["due"] for token in islice(span.root.ancestors, HIGHEST)):
        return "future"
    if before in WORDS["until"]:  # "closed until Monday", but "fighting lasted until Monday"
        lasted = verb is not None and verb.tag_ in {"VBD", "VBN"} and verb.lemma_.lower() in WORDS["lasting"]
        return "past" if lasted else "future"
    if verb is None or _may_have_been(verb):
        return "past"
    if _is_to_come(verb, before):
        return "future"
    return "present" if _is_present(span, verb) else "past"


def _is_to_come(verb: Token, before: str) -> bool:
    """Return whether a verb tells of what is to come; `before` is the word before the date."""
    verb = _bearer(verb)
    auxiliaries = {child.lower_ for child in _auxiliaries(verb)}
    if auxiliaries & WORDS["future"] or any(child.dep_ == "acomp" and child.lower_ in WORDS["due"] for child in verb.children):
        return True
    head = verb.head if verb.dep_ == "xcomp" else None
    is_or_are_to = head is not None and head.tag_ in {"VBZ", "VBP"} and head.lemma_ == "be"
    if "to" in auxiliaries and (before in WORDS["by"] or verb.dep_ in {"acl", "relcl"} or is_or_are_to):
        return True
    if head is not None and "to" in auxiliaries and (head.lower_ in WORDS["likely"] or head.lemma_.lower() in WORDS["intends"]):
        return True
    # "is due to meet on Monday", "elections scheduled for Sunday"
    governing = [verb, *([head] if head is not None else [])]
    return any(token.lemma_.lower() in WORDS["expected"] and token.tag_ != "VBD" for token in governing)


def _bearer(verb: Token) -> Token:
    """Return the verb that has the tense: of "will meet … and fly", and of "will meet … before flying", the first."""
    for _ in range(3):
        bare = verb.dep_ == "conj" and verb.tag_ == "VB" and not _auxiliaries(verb)
        before_doing = verb.tag_ == "VBG" and verb.dep_ in {"pcomp", "advcl"} and not _auxiliaries(verb)
        above = clause_verb(verb) if bare or before_doing else None
        if above is None:
            break
        verb = above
    return verb


def _may_have_been(verb: Token) -> bool:
    """Return whether something may have happened: "could have struck the base on Thursday"."""
    auxiliaries = {child.lower_ for child in _auxiliaries(verb)}
    return "have" in auxiliaries and not auxiliaries & WORDS["certain"]


def _is_present(span: Span, verb: Token) -> bool:
    """Return whether a date hangs on a verb in the present that tells of no saying; headlines put the past in the present."""
    is_present = verb.tag_ in {"VBZ", "VBP"} or any(child.lower_ in WORDS["present"] for child in _auxiliaries(verb))
    last = span.sent.text.rstrip()[-1:]
    return is_present and last in _STOPS and verb.lemma_.lower() not in CUES and _hangs_on(span.root, verb)


def _was_to_come(verb: Token) -> bool:
    """Return whether what was to come is over: "had been due to end on Friday"."""
    while not any(child.lower_ == "had" for child in verb.children):
        if verb.dep_ not in {"xcomp", "acomp"} or verb.head is verb:
            return False
        verb = verb.head
    return True


def span_of(doc: Doc, found: Found) -> Span | None:
    """Return the tokens of an expression, whole ones; None where it stands outside of the document."""
    return doc.char_span(found.start, found.end, alignment_mode="expand")


def clause_verb(token: Token) -> Token | None:
    """Return the verb of the clause of a date; the date itself is none, whatever the tagger makes of May and March."""
    return None if token.head is token else verb_above(token.head, HIGHEST)


def _auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]


def _hangs_on(token: Token, verb: Token) -> bool:
    """Return whether a date says when something is done, and not what something is: "meets on 3 May", not "the 3 May attack"."""
    head = token.head
    return head == verb or (head.dep_ == "prep" and head.head == verb)


def tense_by_words(text: str, found: Found, lists: dict[str, frozenset[str]]) -> Tense:
    """Return the tense of the clause of an expression, by the nearest verb in it; one before it counts as nearer."""
    before = _FULL_STOP.split(text[max(0, found.start - LONGEST_CLAUSE) : found.start])[-1]
    after = _FULL_STOP.split(text[found.end : found.end + LONGEST_CLAUSE], maxsplit=1)[0]
    if before.rstrip().replace("\u2019", "'").lower().endswith(tuple(lists["until"])):
        return "future"
    nearest: tuple[int, Tense] = (2 * LONGEST_CLAUSE, "past")
    for tokens, weight in ((reversed(_TOKEN.findall(before)), 1), (iter(_TOKEN.findall(after)), 2)):
        for distance, token in enumerate(_until(tokens, lists["clause"]), 1):
            tense_ = _tense_of(token, lists)
            if tense_ is not None and distance * weight < nearest[0]:
                nearest = distance * weight, tense_
    return nearest[1]


def _tense_of(token: str, lists: dict[str, frozenset[str]]) -> Tense | None:
    """Return the tense that a word has, or None for one that is no verb."""
    if token in lists["past"]:
        return "past"
    ends = (
        token.islower() and len(token) > 4 and token.endswith(tuple(lists["future_ending"])) and token not in lists["no_future"]
    )
    return "future" if token in lists["future"] or ends else None


def _until(tokens: Iterator[str], ends: frozenset[str]) -> Iterator[str]:
    """Yield words up to one that ends the clause."""
    return takewhile(lambda token: token not in ends, tokens)
