"""Speakers who are named by a label instead of a verb: transcripts, headlines with a colon, and names behind a dash."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.lexicon import CUES, PEOPLE, SPEECH
from services.enrich.language.claims.spans import Range, clauses
from services.enrich.language.entities.found import PLACES
from sitrep.contracts.enriched import Entity

_TURN = re.compile(
    r"(?:(?<=\n)|\A)(?P<label>(?:[A-Z][A-Z.'\u2019-]*|\(\([A-Z]+\)\))(?: [A-Z][A-Z.'\u2019-]*){0,4})"
    r"(?:, [A-Z][A-Z .,'\u2019-]{1,60})?(?: \([^)\n]{1,60}\))? ?: (?=\S)"
)
_ASKS = frozenset({"Q", "QUESTION", "INTERVIEWER", "REPORTER", "MODERATOR", "HOST", "PRESENTER"})
_BEHIND_DASH = re.compile('[\u201d"] ?(?:-|\u2013|\u2014) ?(?P<label>[A-Z][^\n.:;]{2,60}?)[.]?(?=\n|\\Z)')
_INTRODUCES = re.compile(r"(?:(?<=\n)|\A)(?P<label>[^\n\"\u201c]{3,90}):(?=\n\s*[\"\u201c])")
_AHEAD = re.compile(r"(?:(?<=\n)|\A)(?P<label>[A-Z][^\n:.,;\"\u201c]{1,40}): (?=[^\n]{12,}$)", re.MULTILINE)
_AT_END = re.compile(r"(?:(?<=\n)|\A)(?P<content>[^\n\"\u201c:]{12,120}): (?P<label>[A-Za-z][^\n:.;]{1,40})(?=\n|\Z)")


def labelled(doc: Doc, text: str, sentences: Sequence[Span], entities: Sequence[Entity]) -> Iterator[Attributed]:
    """Yield the clauses whose speaker a label names. `text` is that of the document.

    A place is no speaker here: reports are ordered by place ("Bakhmut: …"), and headlines name theirs so.
    """
    places = {mention.end for entity in entities if entity.label in PLACES for mention in entity.mentions}
    taken: set[int] = set()
    starts = [sentence.end_char for sentence in sentences]
    for content, label in _parts(text, doc):
        speaker = _head(doc, *label)
        if speaker is None or speaker.idx + len(speaker.text) in places:
            continue
        colon = Range(speaker.i, speaker.i + 1)
        for sentence in sentences[bisect_right(starts, content[0]) :]:
            if sentence.start_char >= content[1]:
                break
            first = next((t for t in sentence if t.idx >= content[0] and t.is_alpha), None)
            if first is None or sentence.start in taken or sentence.start_char >= content[1] or first.idx >= content[1]:
                continue
            end = next((t.i for t in sentence if t.idx >= content[1]), sentence.end)
            if sentence.text.rstrip().endswith("?") or end - first.i < 3:
                continue
            taken.add(sentence.start)
            for head, part in _clauses(sentence, Range(first.i, end)):
                yield Attributed(part, head, speaker, colon, CUES["say"])


def _parts(text: str, doc: Doc) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield where a content stands that a label names the speaker of, and where the label does."""
    turns = list(_TURN.finditer(text))
    if len(turns) > 1:
        ends = [turn.start() for turn in turns[1:]] + [len(text)]
        pairs = list(zip(turns, ends, strict=True))
        asking = _asking([(turn["label"].strip("()"), text[turn.end() : end].rstrip()) for turn, end in pairs])
        yield from (((turn.end(), end), turn.span("label")) for turn, end in pairs if turn["label"].strip("()") not in asking)
        return
    for match in _BEHIND_DASH.finditer(text):
        begin = max(
            text.rfind("\u201c", 0, match.start()), text.rfind('"', 0, match.start()), text.rfind("\n", 0, match.start())
        )
        yield (begin + 1, match.start() + 1), match.span("label")
    for match in _INTRODUCES.finditer(text):
        start = match.end()
        closing = min(
            (i for i in (text.find("\u201d", start + 3), text.find('"', text.find('"', start) + 1)) if i > 0), default=-1
        )
        if closing > 0 and _names_source(doc, *match.span("label")):
            yield (start, closing), match.span("label")
    for match in _AHEAD.finditer(text):
        end = text.find("\n", match.end())
        if _names_source(doc, *match.span("label")):
            yield (match.end(), len(text) if end < 0 else end), match.span("label")
    for match in _AT_END.finditer(text):
        if _names_source(doc, *match.span("label")):
            yield match.span("content"), match.span("label")


def _asking(turns: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return the labels of those who only ask: by their word, or because most of their turns end with a question ("BBC: …?").

    Whose full name stands there once is a journalist who says something as well.
    """
    names = {label.split()[-1] for label, _ in turns if " " in label}
    asked = Counter(label for label, said in turns if said.endswith("?"))
    turns_of = Counter(label for label, _ in turns)
    return _ASKS | {label for label, count in asked.items() if 2 * count > turns_of[label] and label.split()[-1] not in names}


def _names_source(doc: Doc, start: int, end: int) -> bool:
    """Return whether a label names a person, a body or a kind of source, and not a topic."""
    head = _head(doc, start, end)
    if head is None:
        return False
    acronym = head.text.isupper() and len(head.text) > 2 and head.lower_ not in SPEECH["no_source"]
    said = next((t for t in doc.char_span(start, end, alignment_mode="expand") or () if t.lower_ in {"from", "by"}), None)
    return head.ent_type_ in {"PERSON", "ORG"} or head.lower_ in SPEECH["source_noun"] or acronym or said is not None


def _head(doc: Doc, start: int, end: int) -> Token | None:
    """Return the head of a label: the last name in it, else its last noun before a preposition."""
    span = doc.char_span(start, end, alignment_mode="contract")
    if span is None or len(span) == 0:
        return None
    names = [
        ent.root for ent in doc.ents if ent.label_ in {"PERSON", "ORG"} and span.start <= ent.start and ent.end <= span.end
    ]
    if names:
        return names[-1]
    if (
        origin := next((t for t in span if t.lower_ in {"from", "by"} and t.head.lemma_.lower() in PEOPLE["text"]), None)
    ) is not None:
        return next((child for child in origin.children if child.dep_ == "pobj"), None)
    nouns: list[Token] = []
    for token in span:
        if token.pos_ == "ADP" and nouns:
            break
        if token.pos_ in {"NOUN", "PROPN"} or token.text.isupper():
            nouns.append(token)
    return nouns[-1] if nouns else None


def _clauses(sentence: Span, part: Range) -> Iterator[tuple[Token, Range]]:
    root = sentence.root
    doc = sentence.doc
    if not part.contains(root):
        root = next((t for t in doc[part.start : part.end] if not part.contains(t.head)), doc[part.start])
    if root.pos_ not in {"VERB", "AUX"}:
        yield root, part
        return
    for head, content in clauses(root):
        start, end = max(content.start, part.start), min(content.end, part.end)
        if start < end and part.contains(head):
            yield head, Range(start, end)
