"""Which parts of a text are claims: what somebody is quoted with, and what the article itself states beside it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span, Token

from services.enrich.language.claims.attributed import Attributed, by_rule
from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.continuation import going_on
from services.enrich.language.claims.corrections import corrected, is_of_earlier_version
from services.enrich.language.claims.events import Event, events
from services.enrich.language.claims.headline import end_of_headline
from services.enrich.language.claims.labels import labelled
from services.enrich.language.claims.leads import behind_lead
from services.enrich.language.claims.lexicon import SPEECH, Polarity
from services.enrich.language.claims.narrator import statements
from services.enrich.language.claims.quotes import continued, kind, quoted
from services.enrich.language.claims.spans import Range, sentences, trimmed
from services.enrich.language.claims.traits import Traits, traits
from services.enrich.language.claims.types import FOLLOWED, MOST_DOUBT, doubt, points, type_of
from sitrep.contracts.enriched import ClaimType, Entity

QUOTED_WORDS = 5
PERSONAL = frozenset({"i", "we", "he", "she", "it", "they"})
LIMIT = 200
"""Claims of one article at most: a text with more is no report."""


@dataclass(frozen=True)
class Draft:
    """A claim by its words, the verb that heads them, its type, and its attribution (None: the article itself says it).

    `events` is what happens in it, the most central first, and `traits` is what its type was told from. `doubt` is the probability
    that a clause of the article itself is no claim. `stance` is what a
    correction makes of it, and `corrects` are the words that it puts right.
    """

    span: Span
    head: Token
    type: ClaimType
    attributed: Attributed | None
    events: tuple[Event, ...] = ()
    traits: Traits = field(default_factory=dict)
    doubt: float = 0.0
    stance: Polarity | None = None
    corrects: Range | None = None


def drafts(doc: Doc, entities: Sequence[Entity] = (), *, undecided: bool = False) -> list[Draft]:
    """Return the claims of a document in the order of the text, as far as attribution and type go.

    `undecided`: also the clauses of the article itself that tell an event and are no claims by their traits, to learn from.
    """
    candidates = sorted(
        _candidates(doc, doc.text, entities, undecided), key=lambda d: (d.span.start, -d.span.end, d.attributed is None)
    )
    return _apart(candidates)[:LIMIT]


def _candidates(doc: Doc, text: str, entities: Sequence[Entity], undecided: bool) -> Iterator[Draft]:
    body = end_of_headline(doc, text)
    readable = [sentence for sentence in sentences(doc) if sentence.start_char >= body]
    marked = quoted(text)
    quotes = [(start, end) for start, end in marked if text.count(" ", start, end) > QUOTED_WORDS]
    attributed = [one for one in attributions(readable) if not _is_within(doc, one, quotes)]
    labels = [one for one in by_rule("label", labelled(doc, text, readable, entities)) if not _is_taken(one, attributed)]
    attributed = [one for one in attributed if not (_is_open(doc, one) and _is_inside(one, attributed))]
    attributed = list(_without_outer(doc, attributed))
    attributed += labels
    attributed += by_rule("quotation", continued(doc, text, readable, attributed))
    attributed += by_rule("continuation", going_on(doc, readable, attributed))
    contents: list[Range] = []
    wrong = [one for one in attributed if is_of_earlier_version(one)]
    attributed = [one for one in attributed if one not in wrong]
    wrong = [one for one in wrong if one.content.end - one.content.start > 1]
    for right in corrected(doc, readable, wrong):
        if (span := trimmed(doc, right.content)) is not None:
            contents.append(right.content)
            draft = _read(span, text, right.head, None, marked)
            yield replace(draft, type=_read_wrong(doc, right.wrong, text).type, stance="asserted", corrects=right.wrong.content)
    for one in wrong:
        contents.append(one.content)
        yield _read_wrong(doc, one, text)
    for attribution in attributed:
        span = trimmed(doc, attribution.content)
        if span is None or len(span) < 2:
            continue
        contents.append(Range(span.start, span.end))
        yield _read(span, text, attribution.head, attribution, marked)
    for statement in statements(doc, text, readable, contents):
        span = trimmed(doc, statement.content)
        if span is not None and any(start < span.start_char < end for start, end in quotes):
            continue  # somebody's words, whosever they are
        if span is not None and len(span) > 2:
            draft = _read(span, text, statement.head, None, marked)
            if undecided or statement.sure or draft.doubt <= MOST_DOUBT:
                yield draft


def _read_wrong(doc: Doc, one: Attributed, text: str) -> Draft:
    """Return what an earlier version said as the article's own denial."""
    span = trimmed(doc, one.content) or doc[one.content.start : one.content.end]
    return replace(_read(span, text, one.head, None, ()), stance="denied")


def _read(span: Span, text: str, head: Token, attributed: Attributed | None, quotes: Sequence[tuple[int, int]]) -> Draft:
    """Return the draft of a span without the dateline before it."""
    span = _without_lead(span, text)
    happens = events(span.doc, Range(span.start, span.end), head)
    quote = "none" if attributed is None else kind(quotes, span.start_char, span.end_char)
    given = traits(span.doc, Range(span.start, span.end), head, happens, attributed, quote)
    totals = points(given)
    if attributed is not None:
        return Draft(span, head, type_of(totals), attributed, tuple(happens), given)
    return Draft(span, head, type_of(totals, FOLLOWED), None, tuple(happens), given, doubt=doubt(totals))


def _without_lead(span: Span, text: str) -> Span:
    """Return a span without the dateline or stamp that it begins with."""
    begins = behind_lead(text, span.start_char)
    rest = (
        span.doc.char_span(begins, span.end_char, alignment_mode="contract")
        if span.start_char < begins < span.end_char
        else None
    )
    return span if rest is None else rest


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
