"""From messages to rows as COPY takes them (columns of jsonb are text): pure, the same message always makes the same rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sitrep.contracts import identity
from sitrep.contracts.article import Described, SightingMessage
from sitrep.contracts.enriched import Claim, DateExpression, EnrichedArticle, Entity
from sitrep.contracts.events import Rejection, Retraction
from sitrep.contracts.merge import believability

Row = dict[str, Any]
CHILDREN = ("article_entities", "mentions", "dates", "claims", "quantities")


@dataclass
class Rows:
    """The rows of one message or of many, by table."""

    articles: list[Row] = field(default_factory=list)
    article_entities: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    dates: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    quantities: list[Row] = field(default_factory=list)
    sightings: list[Row] = field(default_factory=list)
    rejections: list[Row] = field(default_factory=list)
    retractions: list[Row] = field(default_factory=list)

    def of(self, table: str) -> list[Row]:
        """Return the rows of one table."""
        rows: list[Row] = getattr(self, table)
        return rows

    def counts(self) -> dict[str, int]:
        """Return the number of rows by table, without the tables that have none."""
        return {table: len(rows) for table in self.__dataclass_fields__ if (rows := self.of(table))}


def of_enriched(message: EnrichedArticle, value: bytes) -> Rows:
    """Return the rows of an enriched article whose message had this value."""
    article, enrichment = message.article, message.enrichment
    id_ = article.article_id
    row = {
        "article_id": id_,
        "text": article.text,
        **_described(article),
        "version": enrichment.version,
        "fingerprint": enrichment.fingerprint,
        "model": enrichment.model,
        "coverage": enrichment.coverage,
        "enrichment_warnings": list(enrichment.warnings),
        "anchor_order": believability(article),
        "value_id": identity.event_id(value),
    }
    rows = Rows(articles=[row], sightings=[_sighting(article.seen_again(), from_article=True)])
    rows.article_entities = [_entity(id_, entity) for entity in message.entities]
    rows.mentions = [row for entity in message.entities for row in _mentions(id_, entity)]
    rows.dates = [_date(id_, n, expression) for n, expression in enumerate(message.dates)]
    rows.claims = [_claim(id_, n, claim) for n, claim in enumerate(message.claims)]
    rows.quantities = [row for claim in message.claims for row in _quantities(id_, claim)]
    return rows


def of_sighting(message: SightingMessage) -> Rows:
    """Return the row of a sighting."""
    return Rows(sightings=[_sighting(message, from_article=False)])


def of_rejection(message: Rejection) -> Rows:
    """Return the row of a refusal; NUL, which Postgres cannot hold, becomes U+FFFD."""
    row = message.model_dump(mode="json")
    clean = {name: _without_nul(value) for name, value in row.items()}
    return Rows(rejections=[{**clean, "headers": _json(clean["headers"])}])


def of_retraction(message: Retraction, *, retracted: bool) -> Rows:
    """Return the row of an article taken back or given back."""
    return Rows(retractions=[{**message.model_dump(mode="json"), "retracted": retracted}])


def _described(described: Described) -> Row:
    fields = described.model_dump(mode="json", exclude={"article_id", "sighting", "text"})
    return {**fields, "published_on": described.published and described.published[:10]}


def _sighting(message: SightingMessage, *, from_article: bool) -> Row:
    return {
        "article_id": message.article_id,
        "sighting_id": message.sighting.sighting_id,
        **message.sighting.model_dump(mode="json"),
        **_described(message),
        "sort_order": believability(message),
        "from_article": from_article,
        "fields_id": message.fields_id,
    }


def _entity(article_id: str, entity: Entity) -> Row:
    return {
        "article_id": article_id,
        "entity_id": entity.entity_id,
        "name": entity.name,
        "label": entity.label,
        "category": entity.category,
        "wikidata": entity.wikidata,
        "country": entity.country,
        "lat": entity.lat,
        "lon": entity.lon,
        "precision": entity.precision,
        "extent_km": entity.extent_km,
        "score": entity.score,
        "alternatives": _json([one.model_dump(mode="json") for one in entity.alternatives]),
        "within": list(entity.within),
    }


def _mentions(article_id: str, entity: Entity) -> Iterable[Row]:
    for mention in entity.mentions:
        yield {
            "article_id": article_id,
            "entity_id": entity.entity_id,
            "start_offset": mention.start,
            "end_offset": mention.end,
            "text": mention.text,
            "label": mention.label,
        }


def _date(article_id: str, n: int, date: DateExpression) -> Row:
    return {
        "article_id": article_id,
        "n": n,
        "start_offset": date.start,
        "end_offset": date.end,
        "text": date.text,
        "kind": date.kind,
        "value": date.value,
        "earliest": date.earliest,
        "latest": date.latest,
        "granularity": date.granularity,
        "anchor": date.anchor,
        "approximate": date.approximate,
        "warning": date.warning,
    }


def _claim(article_id: str, n: int, claim: Claim) -> Row:
    cue, when, said, speaker = claim.cue, claim.when, claim.said, claim.speaker
    return {
        "claim_id": claim.claim_id,
        "article_id": article_id,
        "n": n,
        "start_offset": claim.start,
        "end_offset": claim.end,
        "text": claim.text,
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        "speaker_name": speaker and speaker.name,
        "speaker_text": speaker and speaker.text,
        "speaker_start": speaker and speaker.start,
        "speaker_end": speaker and speaker.end,
        "speaker_entity_id": speaker and speaker.entity_id,
        "via": _json([one.model_dump(mode="json") for one in claim.via]),
        "cue_text": cue and cue.text,
        "cue_start": cue and cue.start,
        "cue_end": cue and cue.end,
        "quote": claim.quote,
        "type": claim.type,
        "polarity": claim.polarity,
        "background": claim.background,
        "confidence": claim.confidence,
        "places": list(claim.places),
        "origins": list(claim.origins),
        "destinations": list(claim.destinations),
        "actors": list(claim.actors),
        "affected": list(claim.affected),
        "earliest": when and when.earliest,
        "latest": when and when.latest,
        "said_earliest": said and said.earliest,
        "said_latest": said and said.latest,
    }


def _quantities(article_id: str, claim: Claim) -> Iterable[Row]:
    for n, quantity in enumerate(claim.quantities):
        yield {
            "claim_id": claim.claim_id,
            "n": n,
            "article_id": article_id,
            "start_offset": quantity.start,
            "end_offset": quantity.end,
            "text": quantity.text,
            "min": quantity.min,
            "max": quantity.max,
            "unit": quantity.unit,
            "of": quantity.of,
            "what": quantity.what,
            "approximate": quantity.approximate,
            "part_of": quantity.part_of,
        }


def _json(value: list[Any] | Row) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "[]" if isinstance(value, list) else "{}"


def _without_nul(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, dict):
        return {_without_nul(k): _without_nul(v) for k, v in value.items()}
    return value
