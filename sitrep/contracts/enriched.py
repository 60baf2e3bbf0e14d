"""What enrich says: the article with who and where, when, and who claims what, each with its exact span."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sitrep.contracts.article import Article
from sitrep.contracts.growable import Growable
from sitrep.contracts.model import ClaimId, Offset, Share, WireModel

# OntoNotes 5 names (its times and numbers are dates and quantities here).
EntityLabel = Literal[
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"
]  # fmt: skip
Category = Annotated[
    Literal[
        "person", "armed_group", "military", "government", "media", "international_org", "ngo", "company", "country",
        "province", "city", "town_or_village", "district", "region", "facility", "nationality", "religion_or_ideology",
        "event", "other",
    ],
    Growable(),
]  # fmt: skip
Precision = Literal["point", "locality", "region", "country", "none"]
ClaimType = Literal[
    "casualties", "control", "attack", "movement", "closure", "displacement", "support", "agreement", "position", "denial",
    "plan", "other",
]  # fmt: skip
Unit = Annotated[Literal["person", "place", "vehicle", "weapon", "share", "item"], Growable()]
What = Annotated[
    Literal["killed", "injured", "displaced", "detained", "missing", "controlled", "captured", "destroyed", "other"], Growable()
]
DateWarning = Annotated[Literal["weekday_contradicts"], Growable()]
EntityId = Annotated[str, Field(pattern=r"^(gn:\d+|kb:[a-z0-9-]+|local:[0-9a-f]{16})$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Number = int | Annotated[float, Field(allow_inf_nan=False)]


class Span(WireModel):
    """A half-open range of Unicode code points of `article.text`."""

    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a span ends after it starts, not {self.start}:{self.end}")
        return self


class _Surface(WireModel):
    text: str


class TextSpan(Span, _Surface):
    """A span with the surface that stands there: `article.text[start:end] == text`."""


class Mention(Span):
    """One place where an entity is named."""

    text: str
    label: EntityLabel


class Alternative(WireModel):
    """Another reading of a place name that was considered."""

    entity_id: EntityId
    name: str
    country: CountryCode | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    score: Share


class Entity(WireModel):
    """Who or where: one entity of the article with all of its mentions.

    `wikidata` is an attribute, never a key. `extent_km` is a radius; `score` is that of the resolution. `within` is what a
    place lies in, nearest first.
    """

    entity_id: EntityId
    name: str
    label: EntityLabel
    category: Category
    wikidata: Annotated[str, Field(pattern=r"^Q\d+$")] | None = None
    country: CountryCode | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    precision: Precision = "none"
    extent_km: Annotated[Number, Field(ge=0)] | None = None
    score: Share
    alternatives: tuple[Alternative, ...] = ()
    within: tuple[EntityId, ...] = ()
    mentions: Annotated[tuple[Mention, ...], Field(min_length=1)]


class Interval(WireModel):
    """Inclusive ISO dates; null is open or unknown."""

    earliest: date | None = None
    latest: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise ValueError(f"the interval ends ({self.latest}) before it begins ({self.earliest})")
        return self


class _Timex(Span):
    text: str
    kind: Literal["date", "duration", "set", "time"]
    value: str | None = None


class DateExpression(Interval, _Timex):
    """One expression that says when or how long; `value` is TIMEX3 and carries the clock time.

    `warning` says where the expression contradicts itself: a weekday that is not that of its date.
    """

    granularity: (
        Literal[
            "time", "part_of_day", "day", "week", "part_of_month", "month", "season", "quarter", "half_year", "year",
            "decade", "century", "range",
        ]
        | None
    ) = None  # fmt: skip
    anchor: Literal["published", "text", "none"]
    approximate: bool = False
    warning: DateWarning | None = None


class Speaker(WireModel):
    """Who says it: the canonical name, and the surface in the text (null where only implied)."""

    name: str
    text: str | None = None
    start: Offset | None = None
    end: Offset | None = None
    entity_id: EntityId | None = None

    @model_validator(mode="after")
    def _span_is_whole(self) -> Self:
        if len({self.text is None, self.start is None, self.end is None}) != 1:
            raise ValueError("text, start and end of a speaker are given together or not at all")
        return self


class Quantity(TextSpan):
    """How many of what: a range, never a sum; `part_of` is an index in the claim's list."""

    min: Number | None = None
    max: Number | None = None
    unit: Unit
    of: str | None = None
    what: What
    approximate: bool = False
    part_of: Annotated[int, Field(ge=0)] | None = None


class _Claimed(WireModel):
    claim_id: ClaimId


class _ClaimSpan(Span, _Claimed):
    text: str


class Claim(_ClaimSpan):
    """Who claims what, how sure, how many, where and when; `speaker` is null where the article itself says it.

    `when` is the time of the event, `said` that of the saying, where the text tells it. `actors` act, `affected` are acted on;
    `origins` and `destinations` are of movements and displacement. `confidence` is the probability that speaker, content and
    polarity are all right, null where it is not known.
    """

    sentence: Span
    speaker: Speaker | None = None
    via: tuple[Speaker, ...] = ()
    cue: TextSpan | None = None
    quote: Literal["direct", "indirect", "mixed", "none"]
    type: ClaimType
    polarity: Literal["asserted", "denied", "uncertain"]
    background: bool = False
    confidence: Share | None
    quantities: tuple[Quantity, ...] = ()
    places: tuple[EntityId, ...] = ()
    origins: tuple[EntityId, ...] = ()
    destinations: tuple[EntityId, ...] = ()
    actors: tuple[EntityId, ...] = ()
    affected: tuple[EntityId, ...] = ()
    when: Interval | None = None
    said: Interval | None = None


class Enrichment(WireModel):
    """What made it: `version` orders two enrichments of one article, `fingerprint` names the exact code and data."""

    version: Annotated[int, Field(ge=1)]
    fingerprint: str
    model: str
    coverage: Literal["full", "partial"]
    warnings: tuple[str, ...] = ()


class EnrichedArticle(WireModel):
    """An article with its entities, dates and claims. Every span in it holds the text that it says it holds."""

    article: Article
    entities: tuple[Entity, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    claims: tuple[Claim, ...] = ()
    enrichment: Enrichment

    def spans(self) -> Iterator[tuple[int, int, str | None]]:
        """Yield every (start, end, surface) of the enrichment; the surface is None where none is recorded."""
        for entity in self.entities:
            yield from ((m.start, m.end, m.text) for m in entity.mentions)
        yield from ((d.start, d.end, d.text) for d in self.dates)
        for claim in self.claims:
            yield claim.start, claim.end, claim.text
            yield claim.sentence.start, claim.sentence.end, None
            if claim.cue is not None:
                yield claim.cue.start, claim.cue.end, claim.cue.text
            yield from ((q.start, q.end, q.text) for q in claim.quantities)
            for speaker in (claim.speaker, *claim.via):
                if speaker is not None and speaker.start is not None and speaker.end is not None:
                    yield speaker.start, speaker.end, speaker.text

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        for ids in ([e.entity_id for e in self.entities], [c.claim_id for c in self.claims]):
            if len(ids) != len(set(ids)):
                raise ValueError("an entity or a claim is listed twice")
        return self

    @model_validator(mode="after")
    def _spans_hold(self) -> Self:
        text = self.article.text
        for start, end, surface in self.spans():
            if end > len(text) or (surface is not None and text[start:end] != surface):
                raise ValueError(f"span {start}:{end} does not hold {surface!r}")
        return self
