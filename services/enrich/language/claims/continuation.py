"""Sentences that go on reporting a speaker without a cue: "She announced … . Tents would follow." Their tense tells."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.lexicon import CUES, cue_of
from services.enrich.language.claims.spans import Range, clauses

SHIFTED = frozenset({"had", "would", "'d", "\u2019d"})
"""Auxiliaries of reported speech in the past: what was "has" and "will" in the speaker's mouth."""


def going_on(doc: Doc, sentences: Sequence[Span], attributed: Sequence[Attributed]) -> Iterator[Attributed]:
    """Yield the clauses of sentences, and of parts behind a semicolon, that go on with what somebody is reported to say."""
    last_of: dict[int, Attributed] = {}
    taken = bytearray(len(doc))
    for reported in sorted(attributed, key=lambda one: one.content.end):
        last_of[doc[reported.cue.start].sent.start] = reported
        start, end = min(reported.content.start, reported.cue.start), max(reported.content.end, reported.cue.end)
        taken[start:end] = b"\x01" * (end - start)
    previous: Attributed | None = None
    end = -1
    for sentence in sentences:
        one = last_of.get(sentence.start)
        if one is not None:
            yield from _behind_semicolon(sentence, one, taken)
            previous, end = (one if _is_past_report(doc, one) else None), sentence.end
            continue
        follows = previous is not None and sentence.start == end and "\n" not in doc[sentence.start - 1].text_with_ws
        if not follows or previous is None or 1 in taken[sentence.start : sentence.end] or not _is_shifted(sentence.root):
            previous = None
            continue
        end = sentence.end
        for head, content in clauses(sentence.root):
            yield Attributed(content, head, previous.speaker, previous.cue, CUES["say"], previous.via)


def _is_past_report(doc: Doc, one: Attributed) -> bool:
    """Return whether something is reported in the past, in the reporter's words, by somebody who is named."""
    cue = doc[one.cue.start]
    quoted = any(token.is_quote for token in doc[max(0, one.content.start - 1) : one.content.end + 1])
    return one.speaker is not None and not quoted and (cue.tag_ in {"VBD", "VBN"} or cue.pos_ != "VERB")


def _is_shifted(root: Token) -> bool:
    if root.pos_ not in {"VERB", "AUX"} or cue_of(root) is not None:
        return False
    return any(child.dep_ == "aux" and child.lower_ in SHIFTED for child in root.children)


def _behind_semicolon(sentence: Span, one: Attributed, taken: bytearray) -> Iterator[Attributed]:
    """Yield the clauses behind a semicolon behind an attribution that ends its own part: "…, he told VTV; the shooting was …"."""
    doc = sentence.doc
    marks = [token.i for token in sentence if token.text == ";" and token.i >= one.cue.end]
    if not marks or one.speaker is None:
        return
    start, end = marks[0] + 1, sentence.end
    if 1 in taken[start:end]:
        return
    tops = [t for t in doc[start:end] if not start <= t.head.i < end or t.head == t]
    verb = next((t for t in tops if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None or cue_of(verb) is not None:
        return
    for head, content in clauses(verb):
        part = Range(max(start, content.start), min(end, content.end))
        if part.start < part.end:
            yield Attributed(part, head, one.speaker, one.cue, CUES["say"], one.via)
