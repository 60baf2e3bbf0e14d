"""Corrections: "an earlier version said that 12 people had died; it was 21" denies 12 and asserts 21, and nobody else says either."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.lexicon import SPEECH
from services.enrich.language.claims.spans import Range, child_of

REACH = 2
"""Sentences behind a correction in which the right figure may stand."""


@dataclass(frozen=True)
class Corrected:
    """What is right, by its words and the verb that heads them, with what was wrong."""

    content: Range
    head: Token
    wrong: Attributed


def is_of_earlier_version(one: Attributed) -> bool:
    """Return whether an earlier version of the report itself said something, which the report takes back."""
    speaker = one.speaker
    if speaker is None or speaker.lemma_.lower() not in SPEECH["version"]:
        return False
    described = {child.lower_ for child in speaker.children if child.dep_ == "amod"}
    of = child_of(speaker, "prep")
    this = of is not None and any(token.lower_ == "this" for token in of.subtree)
    return bool(described & SPEECH["earlier"]) or this


def corrected(doc: Doc, sentences: Sequence[Span], wrong: Sequence[Attributed]) -> Iterator[Corrected]:
    """Yield what is right for each thing that was wrong: "it was 21", "the correct figure is 21"."""
    for one in wrong:
        for sentence in sentences:
            distance = sentence.start - one.head.sent.start
            if distance < 0 or sum(one.head.sent.start < other.start <= sentence.start for other in sentences) > REACH:
                continue
            found = next(
                (token for token in doc[max(sentence.start, one.content.end) : sentence.end] if _says_the_right(token)), None
            )
            if found is not None:
                subject = child_of(found, "nsubj") or found
                yield Corrected(Range(subject.left_edge.i, _end(found)), found, one)
                break


def _says_the_right(verb: Token) -> bool:
    """Return whether a clause gives a figure for what was told before: its subject is "it" or a number of something."""
    if verb.lemma_ not in {"be", "stand"} or verb.pos_ not in {"AUX", "VERB"}:
        return False
    subject = child_of(verb, "nsubj")
    if subject is None or not (subject.lower_ in {"it", "there"} or subject.lemma_.lower() in SPEECH["tally"]):
        return False
    return any(child.like_num and child.i > verb.i for child in verb.subtree)


def _end(verb: Token) -> int:
    return next((token.i for token in verb.doc[verb.i : verb.sent.end] if token.text in {".", ";", "!"}), verb.sent.end)
