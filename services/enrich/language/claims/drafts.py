"""Which parts of a text are claims: what somebody is quoted with, and what the article itself states beside it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.attributed import Attributed, by_rule
from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.classify import type_of
from services.enrich.language.claims.continuation import going_on
from services.enrich.language.claims.headline import end_of_headline
from services.enrich.language.claims.labels import labelled
from services.enrich.language.claims.lexicon import SPEECH
from services.enrich.language.claims.narrator import statements
from services.enrich.language.claims.quotes import continued, quoted
from services.enrich.language.claims.spans import Range, sentences, trimmed
from sitrep.contracts.enriched import ClaimType, Entity

QUOTED_WORDS = 5
PERSONAL = frozenset({"i", "we", "he", "she", "it", "they"})
LIMIT = 200
"""Claims of one article at most: a text with more is no report."""


@dataclass(frozen=True)
class Draft:
    """A claim by its words, the verb that heads them, its type, and its attribution (None: the article itself says it)."""

    span: Span
    head: Token
    type: ClaimType
    attributed: Attributed | None


def drafts(doc: Doc, entities: Sequence[Entity] = ()) -> list[Draft]:
    """Return the claims of a document in the order of the text, as far as attribution and type go."""
    candidates = sorted(_candidates(doc, doc.text, entities), key=lambda d: (d.span.start, -d.span.end, d.attributed is None))
    return _apart(candidates)[:LIMIT]


def _candidates(doc: Doc, text: str, entities: Sequence[Entity]) -> Iterator[Draft]:
    body = end_of_headline(doc, text)
    readable = [sentence for sentence in sentences(doc) if sentence.start_char >= body]
    quotes = [(start, end) for start, end in quoted(text) if text.count(" ", start, end) > QUOTED_WORDS]
    attributed = [one for one in attributions(readable) if not _is_within(doc, one, quotes)]
    labels = [one for one in by_rule("label", labelled(doc, text, readable, entities)) if not _is_taken(one, attributed)]
    attributed = [one for one in attributed if not (_is_open(doc, one) and _is_inside(one, attributed))]
    attributed = list(_without_outer(doc, attributed))
    attributed += labels
    attributed += by_rule("quotation", continued(doc, text, readable, attributed))
    attributed += by_rule("continuation", going_on(doc, readable, attributed))
    contents: list[Range] = []
    for attribution in attributed:
        span = trimmed(doc, attribution.content)
        if span is None or len(span) < 2:
            continue
        contents.append(Range(span.start, span.end))
        type_ = type_of(doc, attribution.content, attribution.head, attribution.verb)
        yield Draft(span, attribution.head, type_, attribution)
    for statement in statements(doc, readable, contents):
        span = trimmed(doc, statement.content)
        if span is not None and any(start < span.start_char < end for start, end in quotes):
            continue  # somebody's words, whosever they are
        if span is not None and len(span) > 2:
            yield Draft(span, statement.head, statement.type, None)


def _is_within(doc: Doc, one: Attributed, quotes: Sequence[tuple[int, int]]) -> bool:
    """Return whether a cue stands within a quotation: who is quoted says all of it, whomever he quotes himself."""
    at = doc[one.cue.start].idx
    index = bisect_right(quotes, at, key=lambda quote: quote[0]) - 1
    return index >= 0 and quotes[index][0] < at < quotes[index][1] - 1


def _without_outer(doc: Doc, attributed: Sequence[Attributed]) -> Iterator[Attributed]:
    """Yield attributions without those whose content is that another says something: "the radio reported that a deputy said …".

    Who reports that passes it on.
    """
    inner = {one.cue.start: one.content for one in attributed if one.rule == "clause" and _is_named(doc, one)}
    outer = {
        one.head.i: one
        for one in attributed
        if one.speaker is not None and (content := inner.get(one.head.i)) is not None and _is_part(content, one.content)
    }
    for one in attributed:
        if outer.get(one.head.i) is one:
            continue
        above = outer.get(one.cue.start)
        yield one if above is None or one.via is not None else replace(one, via=above.speaker)


def _is_named(doc: Doc, one: Attributed) -> bool:
    """Return whether a name or a description says something, and does not only think it, which others say of them."""
    return one.speaker is not None and one.speaker.lower_ not in PERSONAL and not _is_thought(doc, one)


def _is_part(content: Range, whole: Range) -> bool:
    return whole.start <= content.start and content.end <= whole.end


def _is_open(doc: Doc, one: Attributed) -> bool:
    """Return whether nobody is named for it, or only what somebody thinks himself: "police said they believed that …"."""
    return one.speaker is None or (one.speaker.lower_ in PERSONAL and _is_thought(doc, one))


def _is_thought(doc: Doc, one: Attributed) -> bool:
    return doc[one.cue.start].lemma_.lower() in SPEECH["thinking"]


def _is_inside(one: Attributed, attributed: Sequence[Attributed]) -> bool:
    """Return whether somebody says what nobody is named for: "it was unclear whether the road was open, he said"."""
    return any(
        other.speaker is not None
        and other is not one
        and other.content.start <= one.cue.start
        and one.content.end <= other.content.end
        for other in attributed
    )


def _is_taken(one: Attributed, attributed: Sequence[Attributed]) -> bool:
    """Return whether a verb attributes some of a content already."""
    return any(a.content.start < one.content.end and one.content.start < a.content.end for a in attributed)


def _apart(candidates: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of which none has the span of another, and in which nothing that is quoted is also the article's own."""
    kept: list[Draft] = []
    spans: set[tuple[int, int]] = set()
    quoted_until = -1
    for draft in candidates:
        span = (draft.span.start, draft.span.end)
        if span in spans or (draft.attributed is None and draft.span.start < quoted_until):
            continue
        spans.add(span)
        kept.append(draft)
        if draft.attributed is not None:
            quoted_until = max(quoted_until, draft.span.end)
    return kept
