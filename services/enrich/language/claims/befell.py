"""What befell those who are counted, and what a noun counts: "killed", "displaced"; persons, vehicles, houses."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Literal, cast

from spacy.tokens import Token

from services.enrich.language.tables import rows, values

What = Literal["killed", "injured", "displaced", "detained", "missing", "controlled", "captured", "destroyed", "other"]
Unit = Literal["person", "place", "vehicle", "weapon", "share", "item"]

_ROWS = list(rows("counted.tsv"))
BEFELL = [(cast("What", row["name"]), frozenset(values(row["lemmas"]))) for row in _ROWS if row["list"] == "what"]
UNITS = [(cast("Unit", row["name"]), frozenset(values(row["lemmas"]))) for row in _ROWS if row["list"] == "unit"]
UNCOUNTED = frozenset(lemma for row in _ROWS if row["list"] == "uncounted" for lemma in values(row["lemmas"]))
PERSONS = frozenset(lemma for row in _ROWS if row["list"] == "person" for lemma in values(row["lemmas"]))
SHOT_DOWN = frozenset({"shoot", "down", "intercept"})
CHANGES = frozenset(lemma for row in _ROWS if row["list"] == "change" for lemma in values(row["lemmas"]))
"""Verbs of a number that changes: what stands behind "from" is what it was."""

TAKING = frozenset({"claim", "take", "cost", "lose"})
NEAREST = 12
"""Words around a number that are asked what befell those who are counted."""


def noun_of(token: Token) -> Token:
    """Return the noun that is counted: "27 civilians", "dozens of towns", "half of Aleppo"."""
    if token.dep_ in {"nummod", "quantmod", "amod", "det", "predet", "compound"}:
        head = token.head
        while head.dep_ in {"compound", "nummod", "quantmod"} and head.head.i > head.i:  # "two dozen huts", "forty jade miners"
            head = head.head
        return head
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((target for target in child.children if target.dep_ == "pobj"), token)
    if token.lower_ == "of" and token.n_rights:
        return next(iter(token.rights))
    return token


def what_befell(token: Token) -> What:
    """Return what befell those who are counted, by the nearest word above or beside that says so."""
    noun = noun_of(token)
    counted = (child for verb in noun.ancestors if verb.lemma_ == "put" for child in verb.children if child.dep_ == "dobj")
    described = [child for child in noun.children if child.dep_ in {"acl", "relcl"} and child.i > noun.i]
    direct = [word.head for word in (noun, token) if word.dep_ in {"nsubj", "nsubjpass", "dobj"}]
    if noun.lemma_ == "life" and any(verb.lemma_.lower() in TAKING for verb in direct):
        return "killed"  # "claimed twelve lives"
    words = chain(
        () if noun.i > token.i else following(token), described, direct, [noun], noun.children, counted, _verbs_above(noun)
    )
    found = next((what for word in islice(words, NEAREST) if (what := befalls(word, noun)) is not None), None)
    return found or told_of(token) or "other"


def befalls(word: Token, noun: Token) -> What | None:
    """Return what a word says befell those whom a noun names."""
    lemma = word.lemma_.lower()
    if lemma in SHOT_DOWN and unit_of(noun) == "person":
        return None  # persons are not shot down
    return next((what for what, lemmas in BEFELL if lemma in lemmas or word.lower_ in lemmas), None)


def following(token: Token) -> Iterator[Token]:
    """Yield the participle right behind a number: "32 wounded", "nine were wounded", "45 have been killed"."""
    for word in token.doc[token.i + 1 : token.i + 5]:
        if word.pos_ == "AUX":
            continue
        if word.tag_ in {"VBN", "JJ"}:
            yield word
        return


def told_of(token: Token) -> What | None:
    """Return what befell those counted by what the number is said of: "the death toll rose to 41", "people displaced: 3,100"."""
    verb = next((above for above in token.ancestors if above.pos_ in {"VERB", "AUX"}), None)
    for subject in () if verb is None else (child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}):
        if token not in subject.subtree:
            for word in subject.subtree:
                if (what := befalls(word, token)) is not None:
                    return what
    before = token.doc[token.sent.start : token.i]
    colon = next((word.i for word in reversed(before) if word.text == ":"), None)
    if colon is None:
        return None
    label = next(
        (what for word in token.doc[max(colon, token.i - 2) : token.i] if (what := befalls(word, token)) is not None), None
    )
    told = (what for word in reversed(token.doc[token.sent.start : colon]) if (what := befalls(word, token)) is not None)
    return label or next(told, None)


def _verbs_above(noun: Token) -> Iterator[Token]:
    """Yield what stands above a noun, each after what it makes of its object: "shot dead", "left homeless", "were reported killed"."""
    for above in noun.ancestors:
        yield from (
            child
            for child in above.children
            if child.dep_ in {"oprd", "acomp", "xcomp", "ccomp"} and child.tag_ in {"JJ", "VBN", "VBG"}
        )
        yield above


def unit_of(token: Token) -> Unit:
    """Return what a number or noun counts: persons, unless the noun is of another kind."""
    lemma = noun_of(token).lemma_.lower()
    return next((unit for unit, lemmas in UNITS if lemma in lemmas), "person")
