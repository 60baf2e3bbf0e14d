"""What kind of claim it is, and whether it is asserted, denied or uncertain."""

from typing import Literal, cast

from spacy.tokens import Doc, Token

from services.enrich.claims.attribution import hedged
from services.enrich.claims.lexicon import KINDS, SAID, SPEECH, TOPICS, Cue
from services.enrich.claims.spans import Range
from sitrep.contracts.enriched import ClaimType

Polarity = Literal["asserted", "denied", "uncertain"]
DEONTIC = frozenset({"must", "should", "ought"})
FUTURE = frozenset({"will", "would", "'ll", "\u2019ll"})


def topic(doc: Doc, range_: Range, head: Token) -> ClaimType | None:
    """Return what a clause is about by its verb, then by another verb in it, then by a noun."""
    words = [doc[i] for i in range(range_.start, range_.end)]
    groups = ([head] if head.pos_ == "VERB" else [], [w for w in words if w.pos_ == "VERB"])
    for verbs in groups:
        for type_, pos, lemmas in TOPICS:
            if pos.startswith("verb") and any(w.lemma_.lower() in lemmas and _fits(w, pos) for w in verbs):
                return cast("ClaimType", type_)
    for type_, pos, lemmas in TOPICS:
        if pos == "noun" and any(w.lemma_.lower() in lemmas and w.pos_ in {"NOUN", "PROPN", "ADJ"} for w in words):
            return cast("ClaimType", type_)
    return None


def _fits(verb: Token, pos: str) -> bool:
    """Return whether a verb has the object, or the subject, that a topic asks for."""
    if pos == "verb":
        return True
    if pos == "verb_people":
        return _has(verb, {"nsubj"}, KINDS["people"])
    if pos == "verb_way":
        return _has(verb, {"dobj", "nsubjpass"}, KINDS["way"])
    objects = [child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}]
    return any(o.pos_ == "PROPN" or o.lemma_.lower() in KINDS["place"] for o in objects)


def _has(verb: Token, roles: set[str], kinds: frozenset[str]) -> bool:
    return any(child.dep_ in roles and child.lemma_.lower() in kinds for child in verb.children)


def type_of(doc: Doc, range_: Range, head: Token, cue: Cue | None) -> ClaimType:
    """Return the type of an attributed claim: what the cue makes of it, else what it is about."""
    if cue is not None and cue.type is not None:
        return cast("ClaimType", cue.type)
    around = {child.lower_ for child in head.children if child.dep_ == "aux"}
    if around & DEONTIC:
        return "position"
    if around & FUTURE:
        return "plan"
    words = {head.lemma_.lower()} | {child.lemma_.lower() for child in head.children if child.dep_ in {"acomp", "attr", "dobj"}}
    stands = next((type_ for type_, lemmas in SAID.items() if words & lemmas), None)
    return cast("ClaimType", stands or topic(doc, range_, head) or (cue.otherwise if cue is not None else "other"))


def polarity(doc: Doc, range_: Range, head: Token, cue: Cue | None) -> Polarity:
    """Return whether a claim is plainly asserted."""
    if cue is not None and cue.type == "denial":
        return "denied"
    children = list(head.children)
    if not {c.lower_ for c in children} & DEONTIC and any(c.dep_ == "neg" for c in children):
        return "denied"
    if any(
        c.dep_ in {"nsubj", "nsubjpass"} and (c.lower_ in SPEECH["denied"] or any(d.lower_ == "no" for d in c.children))
        for c in children
    ):
        return "denied"
    return "uncertain" if hedged(range_, doc) else "asserted"
