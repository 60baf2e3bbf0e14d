"""Which way a date without a year or week lies: by the tense of its clause, from its parse or from its words alone."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, takewhile

from spacy.tokens import Doc, Token

from services.enrich.language.claims.spans import verb_above
from services.enrich.language.tables import word_lists
from services.enrich.language.timex.grammar import Found
from services.enrich.language.timex.meaning import Tense

HIGHEST = 12
"""Steps up from an expression to the verb of its clause; further up it belongs to another."""

_FULL_STOP = re.compile(r"[.!?]\s|\n")
_TOKEN = re.compile(r"\w+|[,;:]")


@cache
def words(language: str) -> dict[str, frozenset[str]]:
    """Return the lists of words from which tense and stamps are told in a language."""
    return word_lists(f"timex/{language}/tense.tsv")


WORDS = words("en")


def tense(doc: Doc, found: Found) -> Tense:
    """Return whether the clause of an expression speaks of the future; news speak of the past otherwise."""
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    verb = None if span is None else clause_verb(span.root)
    if span is None or (verb is not None and _was_to_come(verb)):
        return "past"
    before = doc[span.start - 1].lower_ if span.start else ""
    if any(token.lower_ in WORDS["due"] for token in islice(span.root.ancestors, HIGHEST)):
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
    # "is due to meet on Monday", "elections scheduled for Sunday"
    governing = [verb, *([verb.head] if verb.dep_ == "xcomp" else [])]
    return any(token.lemma_.lower() in WORDS["expected"] and token.tag_ != "VBD" for token in governing)


def _was_to_come(verb: Token) -> bool:
    """Return whether what was to come is over: "had been due to end on Friday"."""
    while not any(child.lower_ == "had" for child in verb.children):
        if verb.dep_ not in {"xcomp", "acomp"} or verb.head is verb:
            return False
        verb = verb.head
    return True


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
    """Return the tense of the clause of an expression, by its words and their endings."""
    before, after = _FULL_STOP.split(text[: found.start])[-1], _FULL_STOP.split(text[found.end :], maxsplit=1)[0]
    if before.rstrip().replace("\u2019", "'").lower().endswith(tuple(lists["until"])):
        return "future"
    clause = [*_until(reversed(_TOKEN.findall(before)), lists["clause"]), *_until(iter(_TOKEN.findall(after)), lists["clause"])]
    endings = tuple(lists["future_ending"])
    ahead = any(
        token in lists["future"] or (token.islower() and len(token) > 4 and token.endswith(endings)) for token in clause
    )
    return "future" if ahead else "past"


def _until(tokens: Iterator[str], ends: frozenset[str]) -> Iterator[str]:
    """Yield words up to one that ends the clause."""
    return takewhile(lambda token: token not in ends, tokens)
