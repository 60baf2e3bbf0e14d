"""What the article itself states on the topics that are followed: casualties, control, attacks, movements and so on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.befell import BEFELL
from services.enrich.language.claims.events import sense_of
from services.enrich.language.claims.lexicon import CUES, SPEECH
from services.enrich.language.claims.spans import Range, child_of, clauses
from services.enrich.language.claims.types import FOLLOWED

FINITE = frozenset({"VBZ", "VBP", "MD"})
OUTCOMES = frozenset({"killed", "injured", "displaced", "missing", "detained", "destroyed"})


@dataclass(frozen=True)
class Stated:
    """One clause that nobody is named for; `sure`: a line of figures, which is nothing else but a claim."""

    content: Range
    head: Token
    sure: bool = False


def statements(doc: Doc, text: str, sentences: Sequence[Span], said: Sequence[Range]) -> Iterator[Stated]:
    """Yield the clauses on the topics that are followed and are not part of what somebody says. `text` is that of the document."""
    taken = bytearray(len(doc))
    for range_ in said:
        taken[range_.start : range_.end] = b"\x01" * (range_.end - range_.start)
    for sentence in sentences:
        root = sentence.root
        bare = root.pos_ not in {"VERB", "AUX"} or child_of(root, "nsubj", "nsubjpass") is None
        listed = bare or text.find(":", sentence.start_char, sentence.end_char) >= 0
        figures = _figures(doc, sentence) if listed else None
        if figures is not None and 1 not in taken[figures.start : figures.end]:
            yield Stated(figures, _event_in(doc, figures), sure=True)
            continue
        if root.pos_ not in {"VERB", "AUX"}:
            continue
        for head, content in clauses(root):
            is_said = 1 in taken[content.start : content.end]
            if is_said or _is_judgement(head) or _only_says(head) or sentence.text.rstrip().endswith("?"):
                continue
            if is_followed(doc, content):
                yield Stated(content, head)


def _only_says(head: Token) -> bool:
    """Return whether a verb says something, and tells no event in a sense of its own: "claimed twelve lives" does."""
    if gives_account(head):
        return True
    if head.lemma_.lower() not in CUES:
        return False
    sense = sense_of(head)
    return sense is None or sense.type not in FOLLOWED or any(child.dep_ in {"ccomp", "xcomp"} for child in head.children)


def gives_account(verb: Token) -> bool:
    """Return whether a verb with its object says something: "gave different accounts", "issued a statement"."""
    if verb.lemma_.lower() not in {"give", "issue", "offer", "present", "release"}:
        return False
    return any(child.dep_ == "dobj" and child.lemma_.lower() in SPEECH["in_account"] for child in verb.children)


def _figures(doc: Doc, sentence: Span) -> Range | None:
    """Return the words of a line that gives figures without a finite verb: "Civilians killed: 5", or behind a colon "6 killed, 41 injured"."""
    colon = next((token.i for token in sentence if token.text == ":"), None)
    if colon is not None:
        behind = Range(colon + 1, sentence.end)
        if _gives_figures(doc, behind):
            return behind
    whole = Range(sentence.start, sentence.end)
    return whole if _gives_figures(doc, whole) and _event_in(doc, whole).i < whole.end else None


def _gives_figures(doc: Doc, part: Range) -> bool:
    """Return whether a part of a sentence has figures and what befell those who are counted, and no finite verb or other words to speak of."""
    words = [token for token in doc[part.start : part.end] if token.is_alpha]
    if not any(token.like_num for token in doc[part.start : part.end]):
        return False
    if any(token.pos_ == "AUX" or token.tag_ in FINITE or token.dep_ in {"nsubj", "nsubjpass"} for token in words):
        return False
    return any(_is_outcome(token) for token in words)


def _is_outcome(token: Token) -> bool:
    return token.tag_ in {"VBN", "JJ", "VBD", "NN", "NNS"} and any(
        token.lower_ in lemmas or token.lemma_.lower() in lemmas for what, lemmas in BEFELL if what in OUTCOMES
    )


def _event_in(doc: Doc, part: Range) -> Token:
    return next((token for token in doc[part.start : part.end] if _is_outcome(token)), doc[part.start])


def _is_judgement(head: Token) -> bool:
    """Return whether a clause says how clear something is, and nothing of what happened: "it was not clear how many"."""
    return any(c.dep_ == "acomp" and c.lower_ in SPEECH["sure"] | SPEECH["unsure"] for c in head.children)


def is_followed(doc: Doc, content: Range) -> bool:
    """Return whether a word of a clause tells an event on a topic that is followed."""
    senses = (sense_of(token) for token in doc[content.start : content.end])
    return any(sense is not None and sense.type in FOLLOWED for sense in senses)
