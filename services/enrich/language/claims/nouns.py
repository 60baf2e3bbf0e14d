"""Nouns that report a clause: "its claim that the road is open", "reports of an attack", "had no proof that"."""

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.factuality import calls_false
from services.enrich.language.claims.lexicon import CUES, NOUNS, SPEECH, Polarity, cue_of
from services.enrich.language.claims.spans import Range, child_of, clauses, subtree
from services.enrich.language.claims.subjects import can_speak, named_beside, subject


def by_noun(noun: Token) -> Iterator[Attributed]:
    """Yield the clause that a noun reports, and what an event noun behind "of" reports where the noun makes it uncertain."""
    cue = NOUNS.get(noun.lemma_.lower())
    if cue is None:
        return
    hosts = [noun, *(host for host in (_origin(noun),) if host is not None)]  # "word from the hostages that"
    clause = next((child for host in hosts for child in host.children if child.i > noun.i and _is_complement(child)), None)
    contents = [] if clause is None else clauses(clause)
    if clause is None:
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" and c.i > noun.i), None)
        target = None if of is None else child_of(of, "pcomp", "pobj")
        uncertain = cue.stance == "uncertain" and target is not None and _is_event(target) and not _is_content(noun)
        if target is not None and (uncertain or (noun.lemma_.lower() in SPEECH["of_noun"] and owner(noun) is not None)):
            contents = [(target, subtree(target))]
    if not contents:
        return
    taken, speaker = _taken_as(noun, cue.stance)
    if taken == "withheld":
        return
    own = owner(noun)
    speaker = speaker or own if taken == "denied" else own or speaker
    given = CUES["deny"] if taken == "denied" else CUES["say"]
    for head, content in contents:
        yield Attributed(content, head, speaker, Range(noun.i, noun.i + 1), given, stance=taken)


def reports_clause(noun: Token) -> bool:
    """Return whether a noun has a clause with "that" which says what it reports."""
    return any(child.i > noun.i and _is_complement(child) for child in noun.children)


def owner(noun: Token) -> Token | None:
    """Return whose statement a noun is: "its claim", "the governor's claim", "a statement by the ministry"."""
    possessor = child_of(noun, "poss")
    if possessor is not None:
        return possessor
    source = _origin(noun)
    return None if source is None else named_beside(source)


def _origin(noun: Token) -> Token | None:
    """Return from whom a statement is, by the preposition behind it."""
    behind = [noun.nbor(1)] if noun.i + 1 < noun.sent.end else []
    for preposition in (*noun.children, *behind):
        if preposition.dep_ in {"prep", "agent"} and preposition.lower_ in {"by", "from", "of"} and preposition.i > noun.i:
            source = child_of(preposition, "pobj")
            if source is not None and can_speak(source):
                return source
    return None


def _is_complement(clause: Token) -> bool:
    """Return whether a clause says what a noun reports, and does not describe the noun: "reports that rebels held it"."""
    return (
        clause.dep_ in {"acl", "ccomp", "relcl", "appos"}
        and clause.pos_ in {"VERB", "AUX"}
        and any(child.dep_ == "mark" and child.lower_ in {"that", "whether"} for child in clause.children)
    )


def _is_content(noun: Token) -> bool:
    """Return whether a reporting verb takes a noun as its content, with all that hangs on it: "denied reports of an attack"."""
    cue = cue_of(noun.head) if noun.dep_ == "dobj" and noun.head.pos_ == "VERB" else None
    return cue is not None and "np" in cue.takes


def _is_event(target: Token) -> bool:
    """Return whether what stands behind "reports of" is a clause or tells what has happened."""
    if target.dep_ == "pcomp":
        return True
    return target.lemma_.lower() in SPEECH["event_noun"] or any(
        child.dep_ == "acl" and child.tag_ in {"VBG", "VBN"} for child in target.children
    )


def _taken_as(noun: Token, stance: Polarity) -> tuple[Polarity | Literal["withheld"] | None, Token | None]:
    """Return what the sentence makes of a report of some stance ("withheld": nothing is said), and who does that."""
    own = None if stance == "asserted" else stance
    if calls_false(noun.head):  # whoever says that, says it of all of the clause
        reported = noun.head.dep_ == "ccomp" and noun.head.head.pos_ == "VERB" and cue_of(noun.head.head) is not None
        return ("withheld" if reported else "denied"), None
    if _is_called_false(noun):
        return "denied", subject(noun.head)
    none = any(child.lower_ in {"no", "any"} and child.dep_ in {"det", "neg"} for child in noun.children)
    doubt = noun.lemma_.lower() == "doubt"
    verb, role = noun.head, noun.dep_
    while verb.pos_ == "ADP" and verb.head != verb and verb.lower_ in {"as", "of", "about", "with", "to", "for", "on", "in"}:
        verb, role = verb.head, "pobj"
    if verb.pos_ not in {"VERB", "AUX"} or role not in {"dobj", "pobj", "nsubjpass", "attr"}:
        return ("withheld" if none and not doubt else own), None
    agent = child_of(verb, "agent")
    by = child_of(agent, "pobj") if agent is not None else None
    who = by if role == "nsubjpass" else subject(verb)
    who = who if who is not None and can_speak(who) else None
    negated = any(child.dep_ == "neg" for child in verb.children)
    if verb.lemma_.lower() in SPEECH["seeking"] | SPEECH["retracting"] or (none or negated) != doubt:
        return ("withheld" if not doubt else own), who
    cue = cue_of(verb)
    if cue is not None and cue.type == "denial":
        return "denied", who
    confirmed = doubt or verb.lemma_.lower() in {"confirm", "repeat"}
    return (None if confirmed else own), who


def _is_called_false(noun: Token) -> bool:
    """Return whether somebody calls a report false: "called the report a lie"."""
    behind = noun.doc[noun.i : noun.sent.end]
    return (
        noun.dep_ in {"dobj", "nsubj"}
        and noun.head.lemma_.lower() in {"call", "brand", "label", "term", "describe"}
        and any(token.lower_ in SPEECH["false"] for token in behind)
    )
