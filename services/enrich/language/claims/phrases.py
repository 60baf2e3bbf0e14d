"""The words by which a speaker is named or described."""

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.spans import DASHES

NAMED = frozenset({"PERSON", "ORG", "GPE"})
QUALIFIERS = frozenset({"amod", "compound", "poss", "nummod", "nmod"})
BEHIND = frozenset({"prep", "amod"})
LONGEST_BEHIND = 12
"""Tokens of what stands behind a noun and still belongs to who speaks: "residents of the camp"."""

LONGEST_JOINT = 16
"""Tokens of the names of speakers who say something together."""


def speaker_phrase(head: Token, *, alone: bool = False) -> Span:
    """Return the words of a speaker without article: the name that the head is part of, else the noun with what qualifies it.

    Speakers who say it together are one phrase, unless `alone`.
    """
    if not alone and (joint := _joint(head)) is not None:
        return joint
    if head.ent_type_ in NAMED:
        ent = name_at(head)
        start = ent.start + (ent[0].lower_ == "the")
        while start > head.sent.start and _is_of_name(head.doc[start - 1], ent):
            start -= 1
        end = ent.end - (ent[-1].lower_ in {"'s", "\u2019s"})
        return head.doc[_with_possessor(head.doc, start) if ent.label_ == "ORG" else start : end]
    left = [child for child in head.lefts if child.dep_ in QUALIFIERS]
    start = min((child.left_edge.i for child in left), default=head.i)
    end = head.i + 1
    for child in head.rights:
        if (
            (child.dep_ in BEHIND or _is_passive(child))
            and not any(c.dep_ == "pcomp" or c.tag_ == "VBG" for c in child.children)
            and not any(token.ent_type_ in {"DATE", "TIME"} for token in child.subtree)
            and child.left_edge.i == end
            and len(list(child.subtree)) <= LONGEST_BEHIND
        ):
            end = child.right_edge.i + 1
    start = max((token.i + 1 for token in head.doc[start : head.i] if _is_spaced_dash(token)), default=start)
    while start < head.i and head.doc[start].dep_ == "det":
        start += 1
    while end > head.i + 1 and head.doc[end - 1].is_punct:
        end -= 1
    return head.doc[start:end]


def name_at(token: Token) -> Span:
    """Return the name that a token is in, from its own marks: the list of all names of a document is made anew each time it is asked for."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return Span(doc, start, end, label=token.ent_type)


def _is_spaced_dash(token: Token) -> bool:
    """Return whether a dash parts what stands before a speaker: "17:05 GMT - Defence ministry says"."""
    return token.text in DASHES and token.i > 0 and bool(token.whitespace_) and bool(token.nbor(-1).whitespace_)


def _is_passive(clause: Token) -> bool:
    """Return whether a clause says what was done to who speaks: "officials installed by Moscow"."""
    agent = next((child for child in clause.children if child.dep_ == "agent"), None)
    return clause.dep_ == "acl" and clause.tag_ == "VBN" and agent is not None and clause.lemma_.lower() not in CUES


def _is_of_name(token: Token, ent: Span) -> bool:
    """Return whether a word right before a body is a part of its name: "the 27 November Council"."""
    return (
        ent.label_ == "ORG"
        and ent.start <= token.head.i < ent.end + 1
        and token.dep_ in {"compound", "nummod"}
        and (token.pos_ == "PROPN" or (token.like_num and token.nbor(1).pos_ == "PROPN"))
    )


def _with_possessor(doc: Doc, start: int) -> int:
    """Return where the words of a body begin with the country that it is of: "Russia's Defence Ministry"."""
    if start < 2 or doc[start - 1].tag_ != "POS" or doc[start - 2].ent_type_ not in {"GPE", "ORG"}:
        return start
    return name_at(doc[start - 2]).start


def _joint(head: Token) -> Span | None:
    """Return the words of speakers who say it together: "the army and the police"; None for one alone."""
    others = [child for child in head.children if child.dep_ == "conj" and child.i > head.i and child.pos_ in {"NOUN", "PROPN"}]
    if not others or not any(child.dep_ == "cc" and child.lower_ == "and" for child in head.children):
        return None
    if head.ent_type_ and not all(other.ent_type_ or other.lemma_ == "other" or other.tag_ == "NNS" for other in others):
        return None
    last = others[-1]
    last = next((child for child in last.children if child.dep_ == "conj" and child.i > last.i), last)
    start = min((child.left_edge.i for child in head.lefts if child.dep_ in QUALIFIERS), default=head.i)
    span = head.doc[start : last.i + 1]
    return span if len(span) <= LONGEST_JOINT and not any(token.text in {";", ":"} for token in span) else None
