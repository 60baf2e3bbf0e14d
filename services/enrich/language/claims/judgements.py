"""Adjectives that say how sure somebody is of a clause: "is certain that", "it is unclear whether"."""

from collections.abc import Iterator

from spacy.tokens import Token

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.lexicon import CUES, SPEECH
from services.enrich.language.claims.spans import Range, child_of, clauses
from services.enrich.language.claims.subjects import subject

OPENS = frozenset({"that", "whether", "if"})


def by_adjective(adjective: Token) -> Iterator[Attributed]:
    """Yield the clause that an adjective judges. Nobody is its speaker where the subject is only "it"."""
    sure, unsure = adjective.lower_ in SPEECH["sure"], adjective.lower_ in SPEECH["unsure"]
    if not (sure or unsure):
        return
    verb = (
        adjective.head if adjective.dep_ in {"acomp", "oprd", "ROOT"} and adjective.head.pos_ in {"AUX", "VERB"} else adjective
    )
    clause = child_of(adjective, "ccomp") or child_of(verb, "ccomp", "csubj", "advcl")
    if clause is None or clause.i < adjective.i or clause.pos_ not in {"VERB", "AUX"}:
        return
    marks = [child.lower_ for child in clause.children if child.dep_ == "mark"]
    if (marks and marks[0] not in OPENS) or any(t.tag_ in {"WP", "WRB", "WDT", "WP$"} for t in clause.lefts):
        return
    if not marks and any(t.tag_ in {"WP", "WRB", "WDT"} for t in adjective.doc[adjective.i + 1 : clause.i]):
        return
    impersonal = any(child.lower_ == "it" for child in verb.children if child.dep_ in {"nsubj", "expl", "nsubjpass"})
    negated = any(child.dep_ == "neg" for child in (*verb.children, *adjective.children))
    if impersonal and sure and not negated:
        return
    speaker = None if impersonal else subject(verb)
    if speaker is None and not impersonal:
        return
    uncertain = unsure or negated or (bool(marks) and marks[0] != "that")
    for head, content in clauses(clause):
        start = content.start + (content.start < content.end and adjective.doc[content.start].lower_ in OPENS)
        yield Attributed(
            Range(start, content.end),
            head,
            speaker,
            Range(adjective.i, adjective.i + 1),
            CUES["say"],
            stance="uncertain" if uncertain else None,
        )
