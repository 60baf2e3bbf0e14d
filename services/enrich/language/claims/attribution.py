"""Who says what: reporting verbs with their subjects and contents, `according to`, and quotes that go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.lexicon import CUES, SPEECH, Cue
from services.enrich.language.claims.spans import Range, clauses, subtree

NAMED = frozenset({"PERSON", "ORG"})


@dataclass(frozen=True)
class Attributed:
    """One content with the token that heads its speaker (None where nobody is named), its cue, and who passed it on."""

    content: Range
    head: Token
    speaker: Token | None
    cue: Range
    verb: Cue | None
    via: Token | None = None


def attributions(sentences: Sequence[Span]) -> Iterator[Attributed]:
    """Yield every attributed content of some sentences, one for each coordinated clause."""
    for token in (token for sentence in sentences for token in sentence):
        if token.pos_ == "VERB" and (cue := CUES.get(token.lemma_.lower())):
            yield from _reported(token, cue)
        elif token.lemma_ == "put":
            yield from _counted(token)
        elif token.lower_ in {"according", "per"} and token.dep_ in {"prep", "advmod", "pcomp"}:
            yield from _according(token)


def _counted(verb: Token) -> Iterator[Attributed]:
    """Yield what somebody reckons: "the ministry put the death toll at 41"."""
    counted, speaker = _child(verb, "dobj"), subject(verb)
    at = next((child for child in verb.children if child.dep_ == "prep" and child.lower_ == "at"), None)
    if counted is not None and at is not None and speaker is not None and counted.lemma_.lower() in SPEECH["tally"]:
        yield Attributed(
            Range(counted.left_edge.i, verb.right_edge.i + 1), counted, speaker, Range(verb.i, verb.i + 1), CUES["say"]
        )


def _reported(verb: Token, cue: Cue) -> Iterator[Attributed]:
    speaker = subject(verb)
    mark = Range(verb.i, verb.i + 1)
    via = next(
        (c for c in verb.children if c.dep_ in {"dobj", "dative"} and verb.lemma_ == "tell" and c.ent_type_ == "ORG"), None
    )
    for clause in (child for child in verb.children if child.dep_ == "ccomp" and child.pos_ in {"VERB", "AUX"}):
        for head, content in clauses(clause):
            yield Attributed(content, head, speaker, mark, cue, via)
        return
    if speaker is None and verb.dep_ not in {"advcl", "conj", "acl"}:
        return
    if "to" in cue.takes and (infinitive := _child(verb, "xcomp")):
        passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
        if not passive:
            for head, content in clauses(infinitive):
                yield Attributed(content, head, speaker, mark, cue, via)
            return
    yield from _nominal(verb, cue, speaker, mark)


def _nominal(verb: Token, cue: Cue, speaker: Token | None, mark: Range) -> Iterator[Attributed]:
    """Yield what a verb says in a noun phrase: "denied reports of gains", "called for calm", "urged the troops to go"."""
    if speaker is None:
        return
    if "for" in cue.takes:
        for preposition in (
            c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"for", "of", "against"} and c.i > verb.i
        ):
            if target := _child(preposition, "pobj") or _child(preposition, "pcomp"):
                yield Attributed(subtree(target), target, speaker, Range(verb.i, preposition.i + 1), cue)
                return
    target = _child(verb, "dobj")
    if "np" in cue.takes and target is not None and target.i > verb.i:
        later = [c for c in verb.children if c.i > target.i and c.dep_ in {"conj", "cc", "advcl", "punct", "ccomp", "npadvmod"}]
        end = min((c.left_edge.i for c in later), default=verb.right_edge.i + 1)
        yield Attributed(Range(target.left_edge.i, max(end, target.i + 1)), target, speaker, mark, cue)


def _child(token: Token, dep: str) -> Token | None:
    return next((child for child in token.children if child.dep_ == dep), None)


def subject(verb: Token) -> Token | None:
    """Return the head of who says it: the verb's own subject, or that of the clause that it hangs on.

    Where a description and a name stand side by side ("the mayor, Ana Ruiz, said"), it is the name.
    """
    found = _subject(verb)
    if found is None or found.ent_type_ in NAMED:
        return found
    return next((child for child in found.children if child.dep_ == "appos" and child.ent_type_ in NAMED), found)


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in {"nsubj", "agent"} or (child.dep_ == "nsubjpass" and verb.lemma_ == "quote"):
            target = _child(child, "pobj") if child.dep_ == "agent" else child
            return _antecedent(verb) if target is not None and target.lower_ in SPEECH["relative"] else target
    if verb.dep_ in {"conj", "advcl", "xcomp", "pcomp"} and verb.head.pos_ in {"VERB", "AUX", "ADP"} and verb.head != verb:
        above = verb.head if verb.head.pos_ != "ADP" else verb.head.head
        return None if above.pos_ not in {"VERB", "AUX"} else _subject(above) or _child(above, "nsubjpass")
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    return None


def _antecedent(verb: Token) -> Token | None:
    return verb.head if verb.dep_ == "relcl" else None


def _according(token: Token) -> Iterator[Attributed]:
    """Yield the clause that an `according to X` belongs to, without that phrase."""
    to = token if token.lower_ == "per" else _child(token, "prep")
    source = None if to is None else _child(to, "pobj")
    if to is None or source is None or (token.lower_ == "per" and not _can_speak(source)):
        return
    above = token.head
    while above.pos_ not in {"VERB", "AUX"} and above.dep_ != "ROOT" and above.head != above:
        above = above.head
    for head, content in clauses(above, token):
        # A phrase deep inside (after a noun) is cut off as well.
        end = token.left_edge.i if content.contains(token) and token.i > head.i else content.end
        start = token.right_edge.i + 1 if content.contains(token) and token.i < head.i else content.start
        if start < end:
            yield Attributed(Range(start, end), head, source, Range(token.i, to.i + 1), CUES["say"])


def _can_speak(source: Token) -> bool:
    """Return whether the noun after a `per` is a source: "per reports", not "per cent" or "per day"."""
    return source.ent_type_ in {"ORG", "PERSON"} or source.tag_ in {"NNS", "NNPS"}


def hedged(range_: Range, doc: Doc) -> bool:
    """Return whether a range has a word that makes it uncertain."""
    return any(
        doc[i].lemma_.lower() in SPEECH["hedge"] or doc[i].lower_ in SPEECH["hedge"] for i in range(range_.start, range_.end)
    )
