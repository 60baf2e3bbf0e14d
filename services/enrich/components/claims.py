"""Component `sitrep_claims`: who claims what, how sure, how many, where and when."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from services.enrich.claims.attribution import Attributed, attributions
from services.enrich.claims.classify import polarity, type_of
from services.enrich.claims.narrator import statements
from services.enrich.claims.quantities import quantities
from services.enrich.claims.quotes import continued, kind, quoted
from services.enrich.claims.scene import Stage
from services.enrich.claims.spans import Range, sentences, trimmed
from sitrep.contracts import identity
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import Claim, ClaimType, Entity, Interval, Speaker, TextSpan
from sitrep.contracts.enriched import Span as ContractSpan
from sitrep.contracts.published import day

Doc.set_extension("sitrep_claims", default=(), force=True)

PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i"})
ACTORS = frozenset({"PERSON", "ORG", "NORP"})
BACKGROUND_DAYS = 300
LIMIT = 200
"""Claims of one article at most: a text with more is no report."""


@dataclass(frozen=True)
class _Draft:
    span: Span
    head: Token
    type: ClaimType
    source: Attributed | None


@Language.component(
    "sitrep_claims",
    requires=["doc._.article", "doc._.sitrep_entities", "doc._.sitrep_dates", "token.dep", "token.lemma"],
    assigns=["doc._.sitrep_claims"],
)
def sitrep_claims(doc: Doc) -> Doc:
    """Find the claims of a document, in the order in which they stand there."""
    if not doc.has_annotation("DEP"):
        return doc
    article: Article = doc._.article
    drafts = _apart(sorted(_drafts(doc), key=lambda d: (d.span.start, -d.span.end, d.source is None)))
    doc._.sitrep_claims = tuple(_claims(doc, article, drafts[:LIMIT], _Mentions(doc._.sitrep_entities)))
    return doc


def _drafts(doc: Doc) -> Iterator[_Draft]:
    said: list[Range] = []
    readable = list(sentences(doc))
    attributed = list(attributions(readable))
    attributed += continued(doc, doc._.article.text, readable, attributed)
    for found in attributed:
        span = trimmed(doc, found.content)
        if span is None or len(span) < 2:
            continue
        said.append(Range(span.start, span.end))
        yield _Draft(span, found.head, type_of(doc, found.content, found.head, found.verb), found)
    for stated in statements(doc, readable, said):
        span = trimmed(doc, stated.content)
        if span is not None and len(span) > 2:
            yield _Draft(span, stated.head, stated.type, None)


def _apart(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Return the drafts of which none has the span of another, and no narrator speaks inside of what somebody says."""
    made: list[_Draft] = []
    spans: set[tuple[int, int]] = set()
    said_until = -1
    for draft in drafts:
        span = (draft.span.start, draft.span.end)
        if span in spans or (draft.source is None and draft.span.start < said_until):
            continue
        spans.add(span)
        made.append(draft)
        if draft.source is not None:
            said_until = max(said_until, draft.span.end)
    return made


class _Mentions:
    """The mentions of a document by place."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        found = sorted(((m.start, m.end, m.label, e) for e in entities for m in e.mentions), key=lambda m: m[:2])
        self._found = found
        self._starts = [mention[0] for mention in found]

    def at(self, position: int) -> Entity | None:
        """Return the person, body or place whose name covers a character."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        start, end, label, entity = self._found[index]
        return entity if start <= position < end and label in {"PERSON", "ORG", "GPE"} else None

    def within(self, start: int, end: int, labels: frozenset[str]) -> tuple[str, ...]:
        """Return the ids of the entities with these labels that are named in a span, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        inside = (m for m in self._found[first:last] if m[1] <= end and m[2] in labels)
        return tuple(dict.fromkeys(entity.entity_id for *_, entity in inside))


class _Speakers:
    """Resolves who speaks: a name to its entity, a pronoun to who spoke before, anything else to its words."""

    def __init__(self, mentions: _Mentions) -> None:
        self._mentions = mentions
        self._last: Speaker | None = None

    def of(self, head: Token, *, speaks: bool = True) -> Speaker:
        """Return the speaker that a token heads; whoever only passes it on is nobody's `he` afterwards."""
        span = _phrase(head)
        entity = self._mentions.at(span.root.idx)
        if head.lower_ in PRONOUNS and self._last is not None:
            return Speaker(
                name=self._last.name,
                text=head.text,
                start=head.idx,
                end=head.idx + len(head.text),
                entity_id=self._last.entity_id,
            )
        name = entity.name if entity is not None else " ".join(span.text.split())
        made = Speaker(
            name=name, text=span.text, start=span.start_char, end=span.end_char, entity_id=entity.entity_id if entity else None
        )
        self._last = made if speaks else self._last
        return made


def _phrase(head: Token) -> Span:
    """Return the words of a speaker: the name that the head is part of, else the noun with what qualifies it."""
    for ent in head.sent.ents if head.ent_type_ in {"PERSON", "ORG", "GPE"} else ():
        if ent.start <= head.i < ent.end:
            start = ent.start + (ent[0].lower_ == "the")
            end = ent.end - (ent[-1].lower_ in {"'s", "\u2019s"})
            return head.doc[start:end]
    left = [c for c in head.lefts if c.dep_ in {"amod", "compound", "poss", "nummod", "nmod"}]
    start = min((c.left_edge.i for c in left), default=head.i)
    end = head.i + 1
    for child in head.rights:
        if child.dep_ in {"prep", "acl"} and child.left_edge.i == end and len(list(child.subtree)) <= 8:
            end = child.right_edge.i + 1
    while start < head.i and head.doc[start].dep_ == "det":
        start += 1
    return head.doc[start:end]


def _claims(doc: Doc, article: Article, drafts: Sequence[_Draft], mentions: _Mentions) -> Iterator[Claim]:
    speakers, quotes = _Speakers(mentions), quoted(article.text)
    stage = Stage(doc, doc._.sitrep_entities, doc._.sitrep_dates)
    seen: dict[tuple[int, int], int] = {}
    for draft in drafts:
        start, end = draft.span.start_char, draft.span.end_char
        n = seen.get((start, end), -1) + 1
        seen[start, end] = n
        sentence = draft.head.sent
        places, when = stage.of(draft.span, draft.head, draft.type)
        yield Claim(
            claim_id=identity.claim_id(article.article_id, start, end, n),
            start=start,
            end=end,
            text=draft.span.text,
            sentence=ContractSpan(start=sentence.start_char, end=sentence.end_char),
            **_attribution(doc, draft, speakers, quotes),  # type: ignore[arg-type]
            type=draft.type,
            polarity=polarity(
                doc, Range(draft.span.start, draft.span.end), draft.head, draft.source.verb if draft.source else None
            ),
            background=_is_background(article, when),
            confidence=0.7 if draft.source else 0.6,
            quantities=tuple(quantities(doc, Range(draft.span.start, draft.span.end))),
            places=places,
            actors=mentions.within(start, end, ACTORS),
            when=when,
        )


def _attribution(doc: Doc, draft: _Draft, speakers: _Speakers, quotes: Sequence[tuple[int, int]]) -> dict[str, object]:
    source = draft.source
    if source is None:
        return {"speaker": None, "cue": None, "quote": "none"}
    cue = doc[source.cue.start : source.cue.end]
    return {
        "speaker": None if source.speaker is None else speakers.of(source.speaker),
        "via": () if source.via is None else (speakers.of(source.via, speaks=False),),
        "cue": TextSpan(text=cue.text, start=cue.start_char, end=cue.end_char),
        "quote": kind(quotes, draft.span.start_char, draft.span.end_char),
    }


def _is_background(article: Article, when: Interval | None) -> bool:
    """Return whether a claim is of long before the report."""
    if when is None or when.latest is None or article.published is None:
        return False
    return (day(article.published) - when.latest).days > BACKGROUND_DAYS
