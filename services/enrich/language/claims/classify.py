"""What kind of claim it is, whether it is asserted, denied or uncertain, and whether it is history."""

from spacy.tokens import Doc, Token

from services.enrich.language.claims.factuality import hedged, is_negated
from services.enrich.language.claims.lexicon import SPEECH, TOPICS, Cue, Polarity
from services.enrich.language.claims.spans import Range
from sitrep.contracts.enriched import ClaimType, Interval
from sitrep.contracts.published import day

BACKGROUND_DAYS = 300
"""Days before the report after which what happened is history."""


def topic(doc: Doc, range_: Range, head: Token) -> ClaimType | None:
    """Return what a clause is about by its verb, then by another verb in it, then by a noun."""
    words = [doc[i] for i in range(range_.start, range_.end)]
    groups = ([head] if head.pos_ == "VERB" else [], [w for w in words if w.pos_ == "VERB"])
    for verbs in groups:
        for row in TOPICS:
            if row.part.startswith("verb") and any(w.lemma_.lower() in row.lemmas and _fits(w, row.part) for w in verbs):
                return row.type
    for row in TOPICS:
        if row.part == "noun" and any(w.lemma_.lower() in row.lemmas and w.pos_ in {"NOUN", "PROPN", "ADJ"} for w in words):
            return row.type
    return None


def _fits(verb: Token, part: str) -> bool:
    """Return whether a verb has the object, or the subject, that a topic asks for."""
    if part == "verb":
        return True
    if part == "verb_people":
        return _has(verb, {"nsubj"}, SPEECH["noun_people"])
    if part == "verb_way":
        return _has(verb, {"dobj", "nsubjpass"}, SPEECH["noun_way"])
    objects = [child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}]
    return any(o.pos_ == "PROPN" or o.lemma_.lower() in SPEECH["noun_place"] for o in objects)


def _has(verb: Token, roles: set[str], kinds: frozenset[str]) -> bool:
    return any(child.dep_ in roles and child.lemma_.lower() in kinds for child in verb.children)


def type_of(doc: Doc, range_: Range, head: Token, cue: Cue | None) -> ClaimType:
    """Return the type of an attributed claim: what the cue makes of it, else what it is about."""
    if cue is not None and cue.type is not None:
        return cue.type
    around = {child.lower_ for child in head.children if child.dep_ == "aux"}
    if around & SPEECH["deontic"]:
        return "position"
    if around & SPEECH["planned"]:
        return "plan"
    words = {head.lemma_.lower()} | {child.lemma_.lower() for child in head.children if child.dep_ in {"acomp", "attr", "dobj"}}
    if words & SPEECH["position"]:
        return "position"
    about = topic(doc, range_, head) or (cue.otherwise if cue is not None else "other")
    return "position" if about == "other" and _judges(head) else about


def _judges(head: Token) -> bool:
    """Return whether a clause says what somebody holds of something: "this is a shame", "it feels like a miracle", "we hope so"."""
    if head.tag_ not in {"VBZ", "VBP", "VB"}:
        return False
    if head.lemma_.lower() in SPEECH["holding"]:
        return True
    return head.lemma_.lower() in SPEECH["copula"] and any(
        child.dep_ in {"acomp", "attr"} and child.pos_ in {"ADJ", "NOUN"} and child.tag_ != "CD" for child in head.children
    )


def polarity(range_: Range, head: Token, cue: Cue | None) -> Polarity:
    """Return whether a claim is plainly asserted."""
    if (cue is not None and cue.type == "denial") or is_negated(head):
        return "denied"
    return "uncertain" if hedged(head, range_) else "asserted"


def is_background(published: str | None, when: Interval | None) -> bool:
    """Return whether a claim is of long before the report."""
    if published is None or when is None or when.latest is None:
        return False
    return (day(published) - when.latest).days > BACKGROUND_DAYS
