"""Claims as records: each part of a text that is a claim, with its speaker, type, polarity, quantities, places and time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc

from services.enrich.language.claims.confidence import features, probability
from services.enrich.language.claims.drafts import Draft, drafts
from services.enrich.language.claims.factuality import polarity
from services.enrich.language.claims.history import is_background, signs
from services.enrich.language.claims.lexicon import Polarity
from services.enrich.language.claims.mentions import Mentions
from services.enrich.language.claims.quantities import quantities
from services.enrich.language.claims.quotes import kind, quoted
from services.enrich.language.claims.scene import Stage
from services.enrich.language.claims.spans import Range
from services.enrich.language.claims.speakers import Speakers
from services.enrich.language.claims.traits import Traits
from services.enrich.language.coreference.resolve import Coreference
from sitrep.contracts import identity
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import Claim, DateExpression, Entity, Quantity, Speaker, TextSpan
from sitrep.contracts.enriched import Span as ContractSpan
from sitrep.contracts.published import day


@dataclass(frozen=True)
class Reading:
    """A claim with what it was read from: the draft of the rules, the features of its probability, and the signs of history."""

    claim: Claim
    draft: Draft
    features: dict[str, float]
    past: Traits = field(default_factory=dict)
    antecedents: tuple[tuple[str, float], ...] = ()
    """What was considered for a pronoun as the speaker, with the points of each, the most salient first."""


def extract(
    doc: Doc, article: Article, entities: Sequence[Entity], dates: Sequence[DateExpression], coreference: Coreference
) -> Iterator[Claim]:
    """Yield the claims of a parsed article in the order of the text."""
    return (reading.claim for reading in readings(doc, article, entities, dates, coreference))


def readings(
    doc: Doc, article: Article, entities: Sequence[Entity], dates: Sequence[DateExpression], coreference: Coreference
) -> Iterator[Reading]:
    """Yield the claims of a parsed article, in the order of the text, with what each was read from."""
    mentions = Mentions(entities)
    quotes = quoted(doc.text)
    speakers = Speakers(mentions, coreference, article.text)
    stage = Stage(doc, entities, dates, coreference)
    published = None if article.published is None else day(article.published)
    counts: dict[tuple[int, int], int] = {}
    for draft in drafts(doc, entities):
        start, end = draft.span.start_char, draft.span.end_char
        n = counts.get((start, end), -1) + 1
        counts[start, end] = n
        sentence = draft.head.sent
        setting = stage.of(draft)
        past = signs(draft, stage.dates_beside(draft), setting.when, published, start / len(article.text))
        background = is_background(past)
        if background:
            setting = stage.of_history(draft, setting)
        acts, undergoes = (draft.events[0].actors(), draft.events[0].affected()) if draft.events else ([], [])
        attribution = _attribution(doc, article.text, draft, speakers, quotes)
        polarity_ = _polarity(draft)
        given = features(draft, attribution.speaker, attribution.quote, polarity_)
        claim = Claim(
            claim_id=identity.claim_id(article.article_id, start, end, n),
            start=start,
            end=end,
            text=article.text[start:end],
            sentence=ContractSpan(start=sentence.start_char, end=sentence.end_char),
            speaker=attribution.speaker,
            via=attribution.via,
            cue=attribution.cue,
            quote=attribution.quote,
            type=draft.type,
            polarity=polarity_,
            background=background,
            confidence=probability(given),
            quantities=_quantities(doc, article.text, draft, dates, coreference),
            places=setting.places,
            origins=setting.origins,
            destinations=setting.destinations,
            actors=mentions.of_tokens(token for token in acts if not stage.is_lead(token.idx)),
            affected=mentions.of_tokens(token for token in undergoes if not stage.is_lead(token.idx)),
            when=setting.when,
            said=None if draft.attributed is None else stage.said(doc[draft.attributed.cue.start], draft.span),
        )
        yield Reading(claim, draft, given, past, _antecedents(draft, speakers))


def _quantities(
    doc: Doc, text: str, draft: Draft, dates: Sequence[DateExpression], coreference: Coreference
) -> tuple[Quantity, ...]:
    """Return the quantities of a claim; a correction counts what the wrong figure did: "it was 21"."""
    found = tuple(quantities(doc, text, Range(draft.span.start, draft.span.end), dates, coreference))
    if draft.type == "displacement":  # "6,000 families left" are displaced, wherever leaving is more than that
        found = tuple(
            one.model_copy(update={"what": "displaced"}) if one.what == "other" and one.unit in {"person", "share"} else one
            for one in found
        )
    before = () if draft.corrects is None else tuple(quantities(doc, text, draft.corrects, dates, coreference))
    if not before:
        return found
    first = before[0]
    return tuple(
        one.model_copy(update={"what": first.what, "of": one.of or first.of, "unit": first.unit})
        if one.what == "other"
        else one
        for one in found
    )


def _antecedents(draft: Draft, speakers: Speakers) -> tuple[tuple[str, float], ...]:
    head = None if draft.attributed is None else draft.attributed.speaker
    considered = speakers.considered.get(head.i, []) if head is not None else []
    return tuple((candidate.name, points) for points, candidate in considered)


def _polarity(draft: Draft) -> Polarity:
    """Return the polarity of a claim: that of the attribution where it has one, else that of the content."""
    attributed = draft.attributed
    if draft.stance is not None:
        return draft.stance
    if attributed is not None and attributed.stance is not None:
        stated = polarity(Range(draft.span.start, draft.span.end), draft.head, None)
        return attributed.stance if stated == "asserted" or attributed.stance == "denied" else stated
    return polarity(Range(draft.span.start, draft.span.end), draft.head, attributed.verb if attributed else None)


@dataclass(frozen=True)
class _Attribution:
    """The fields of a claim that say who says it, in which words, and who passes it on."""

    speaker: Speaker | None = None
    via: tuple[Speaker, ...] = ()
    cue: TextSpan | None = None
    quote: Literal["direct", "indirect", "mixed", "none"] = "none"


def _attribution(doc: Doc, text: str, draft: Draft, speakers: Speakers, quotes: Sequence[tuple[int, int]]) -> _Attribution:
    attributed = draft.attributed
    if attributed is None:
        return _Attribution()
    cue = doc[attributed.cue.start : attributed.cue.end]
    return _Attribution(
        speaker=None if attributed.speaker is None else speakers.resolve(attributed.speaker),
        via=() if attributed.via is None else (speakers.resolve_via(attributed.via),),
        cue=TextSpan(text=text[cue.start_char : cue.end_char], start=cue.start_char, end=cue.end_char),
        quote=kind(quotes, draft.span.start_char, draft.span.end_char),
    )
