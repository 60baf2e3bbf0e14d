"""Dates in quotations: they are counted from the day on which somebody said or wrote them, where the text tells it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc

from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.quotes import quoted
from services.enrich.language.timex.grammar import Found
from services.enrich.language.timex.meaning import ON_A_DAY, Context, Meaning
from services.enrich.language.timex.resolve import resolve
from services.enrich.language.timex.tense import HIGHEST, WORDS, clause_verb, span_of, tense
from services.enrich.language.timex.terms import Term


def as_quoted(doc: Doc, text: str, resolved: Sequence[tuple[Found, Meaning]]) -> Iterator[tuple[Found, Meaning]]:
    """Yield the expressions with those in quotations hung on the day of the saying: "We leave tomorrow," he said on Tuesday."""
    quotes = quoted(text)
    sayings = [
        (found, meaning)
        for found, meaning in resolved
        if not _in_quotes(found.start, quotes) and _is_saying(doc, found, meaning)
    ]
    for found, meaning in resolved:
        said = None
        if sayings and _is_deictic(found.term) and _in_quotes(found.start, quotes):
            said = _said_on(doc, text, found, sayings, quotes)
        if said is None:
            yield found, meaning
        else:
            yield found, resolve(found.term, Context(said.latest, tense(doc, found), None)).on("text")


def _is_deictic(term: Term) -> bool:
    """Return whether an expression is counted from the day on which somebody speaks."""
    while isinstance(of := term.slots.get("of"), Term):
        term = of
    return term.kind in {"unit", "ago", "past", "overnight", "weekday", "weekend"} and term.word("base") is None


def _in_quotes(at: int, quotes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in quotes)


def _said_on(
    doc: Doc, text: str, found: Found, sayings: Sequence[tuple[Found, Meaning]], quotes: Sequence[tuple[int, int]]
) -> Meaning | None:
    """Return the day on which the words of a quotation were said: that of its own sentence, else the nearest in its paragraph.

    A sentence that says who speaks without saying when leaves it open.
    """
    begin, end = text.rfind("\n", 0, found.start), text.find("\n", found.end)
    span = span_of(doc, found)
    sentence = None if span is None else span.sent
    if sentence is not None and any(
        token.lemma_.lower() in CUES and token.pos_ == "VERB" and not _in_quotes(token.idx, quotes) for token in sentence
    ):
        begin, end = sentence.start_char - 1, sentence.end_char
    same = [(said, meaning) for said, meaning in sayings if begin < said.start and (end < 0 or said.end <= end)]
    nearest = min(same, key=lambda saying: abs(saying[0].start - found.start), default=None)
    return None if nearest is None else nearest[1]


def _is_saying(doc: Doc, found: Found, meaning: Meaning) -> bool:
    """Return whether a date is that on which something was said or written: "said on Tuesday", "a letter dated 3 May"."""
    if meaning.granularity not in ON_A_DAY or meaning.latest is None:
        return False
    span = span_of(doc, found)
    if span is None:
        return False
    verb = clause_verb(span.root)
    if verb is not None and verb.lemma_.lower() in CUES:
        return True
    bearers = [*islice(span.root.ancestors, HIGHEST), *(() if verb is None else (c for c in verb.children if c.dep_ == "dobj"))]
    return any(token.lemma_.lower() in WORDS["written"] for token in bearers)
