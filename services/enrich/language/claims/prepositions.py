"""Prepositions that attribute: "according to X", "per X", "in the words of X", "by its account"."""

from collections.abc import Iterator

from spacy.tokens import Token

from services.enrich.language.claims.around import segment_of
from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.lexicon import CUES, SPEECH, cue_of
from services.enrich.language.claims.nouns import owner
from services.enrich.language.claims.spans import Range, child_of, clauses
from services.enrich.language.claims.subjects import SUBJECTS, can_speak, named_beside


def by_preposition(token: Token) -> Iterator[Attributed]:
    """Yield the clauses that a phrase like `according to X` belongs to, without that phrase."""
    phrase = _phrase(token)
    if phrase is None:
        return
    source, mark = phrase
    segment = segment_of(token)
    above = token.head
    while above.pos_ not in {"VERB", "AUX"} and above.dep_ != "ROOT" and above.head != above:
        above = above.head
    if token.lower_ not in {"according", "per"} and cue_of(above) is not None and child_of(above, "ccomp", "dobj") is not None:
        return  # "the party, in its statement, said": the verb reports it
    if _ends_sentence(token):
        while above.dep_ in {"advcl", "conj", "relcl"} and above.head.pos_ in {"VERB", "AUX"}:
            if cue_of(above) is not None or cue_of(above.head) is not None:
                break
            above = above.head
    without = (token,) if token.i > above.i and not _is_within_predicate(token, above) else ()
    for head, clause in clauses(above, *without):
        content = _without(token, head, Range(max(clause.start, segment.start), min(clause.end, segment.end)))
        if content.start < content.end:
            cited = _cited_by(source)
            via = None if cited is None else source
            yield Attributed(content, head, named_beside(cited or source), mark, CUES["say"], via)


def _is_within_predicate(token: Token, verb: Token) -> bool:
    """Return whether a phrase parts "be" from what it says of its subject: "One child was, according to medics, among the dead"."""
    complements = {"attr", "acomp", "oprd", "prep", "ccomp", "advmod"}
    before = any(child.dep_ in complements for child in verb.children if verb.i < child.i < token.i)
    return verb.lemma_ == "be" and token.i > verb.i and not before and token.left_edge.nbor(-1).text == ","


def _cited_by(source: Token) -> Token | None:
    """Return whom a source cites itself: "according to the mayor, who cited ward officers"."""
    clause = child_of(source, "relcl", "acl")
    return child_of(clause, "dobj") if clause is not None and clause.lemma_.lower() in {"cite", "quote"} else None


def _ends_sentence(token: Token) -> bool:
    """Return whether a comma sets a phrase off at the end of its sentence: it is about all of it then."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    behind = token.doc[end : token.sent.end]
    return start > token.sent.start and token.doc[start - 1].text == "," and not any(t.is_alpha for t in behind)


def _without(token: Token, verb: Token, content: Range) -> Range:
    """Return a content without a phrase at one of its ends; one in its middle stays, as the content is one piece of text."""
    if not content.contains(token):
        return content
    left, right = token.left_edge.i, token.right_edge.i + 1
    words_before = sum(t.is_alpha for t in token.doc[content.start : left])
    subject = child_of(verb, *SUBJECTS)
    parted = subject is not None and content.start <= subject.i < left
    if _is_within_predicate(token, verb):
        return content
    words_behind = sum(t.is_alpha for t in token.doc[right : content.end])
    if left <= content.start or (words_before < 2 and not parted):
        return Range(right, content.end)
    return content if words_behind > 1 else Range(content.start, left)


def _phrase(token: Token) -> tuple[Token, Range] | None:
    """Return the source that a preposition names, and the words of its cue; None where it names none."""
    word = token.lower_
    if word == "according" and token.dep_ in {"prep", "advmod", "pcomp", "advcl"}:
        to = child_of(token, "prep")
        source = None if to is None else child_of(to, "pobj")
        plan = source is not None and source.tag_ == "NN" and not list(source.children)  # "according to plan"
        return None if to is None or source is None or plan else (source, Range(token.i, to.i + 1))
    if word == "per" and token.dep_ in {"prep", "advmod", "pcomp"}:
        source = child_of(token, "pobj")
        return None if source is None or not _is_source(source) else (source, Range(token.i, token.i + 1))
    if word in {"in", "by", "on", "to", "from"} and token.dep_ == "prep":
        told = child_of(token, "pobj")
        if told is None or told.lemma_.lower() not in SPEECH[f"{word}_account"]:
            return None
        if word == "in" and any(child.dep_ == "amod" and child.lower_ != "own" for child in told.children):
            return None  # "in full view of"
        source = owner(told)
        return None if source is None else (source, Range(token.i, told.i + 1))
    return None


def _is_source(source: Token) -> bool:
    """Return whether the noun after a `per` is a source: "per reports", not "per cent" or "per day"."""
    named = source.ent_type_ in {"ORG", "PERSON"}
    definite = source.tag_ in {"NNS", "NNPS"} or any(child.dep_ in {"det", "poss"} for child in source.children)
    return named or (definite and can_speak(source))
