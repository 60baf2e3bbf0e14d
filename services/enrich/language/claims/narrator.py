"""What the article itself states on the topics that are followed: casualties, control, attacks, movements and so on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.classify import topic
from services.enrich.language.claims.lexicon import CUES, SPEECH
from services.enrich.language.claims.spans import Range, clauses
from sitrep.contracts.enriched import ClaimType


@dataclass(frozen=True)
class Stated:
    """One clause that nobody is named for."""

    content: Range
    head: Token
    type: ClaimType


def statements(doc: Doc, sentences: Sequence[Span], said: Sequence[Range]) -> Iterator[Stated]:
    """Yield the clauses on the topics that are followed and are not part of what somebody says."""
    taken = bytearray(len(doc))
    for range_ in said:
        taken[range_.start : range_.end] = b"\x01" * (range_.end - range_.start)
    for sentence in sentences:
        root = sentence.root
        if root.pos_ not in {"VERB", "AUX"}:
            continue
        for head, content in clauses(root):
            is_said = 1 in taken[content.start : content.end]
            if is_said or _is_judgement(head) or head.lemma_.lower() in CUES or sentence.text.rstrip().endswith("?"):
                continue
            if (type_ := _followed(doc, content, head)) is not None:
                yield Stated(content, head, type_)


def _is_judgement(head: Token) -> bool:
    """Return whether a clause says how clear something is, and nothing of what happened: "it was not clear how many"."""
    return any(c.dep_ == "acomp" and c.lower_ in SPEECH["sure"] | SPEECH["unsure"] for c in head.children)


def _followed(doc: Doc, content: Range, head: Token) -> ClaimType | None:
    """Return the topic of a clause; support is followed only where a verb says it."""
    found = topic(doc, content, head)
    return None if found == "support" and head.lemma_.lower() not in SPEECH["narrated_support"] else found
