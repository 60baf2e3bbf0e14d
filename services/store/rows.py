"""From messages to rows: pure, so that the same message always makes the same rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sitrep.contracts import identity
from sitrep.contracts.article import Described, SightingMessage
from sitrep.contracts.enriched import Claim, EnrichedArticle, Entity, Speaker
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
    rows.dates = [
        {"article_id": id_, "n": n, **_span(d.model_dump(mode="json"))} for n, d in enumerate(message.dates)
    ]  # fmt: skip
    rows.claims = [_claim(id_, n, claim) for n, claim in enumerate(message.claims)]
    rows.quantities = [row for claim in message.claims for row in _quantities(id_, claim)]
    return rows


def of_sighting(message: SightingMessage) -> Rows:
    """Return the row of a sighting."""
    return Rows(sightings=[_sighting(message, from_article=False)])


def of_rejection(message: Rejection) -> Rows:
    """Return the row of a refusal; NUL, which Postgres cannot hold, becomes U+FFFD."""
    row = message.model_dump(mode="json")
    return Rows(rejections=[{name: _without_nul(value) for name, value in row.items()}])


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
        "fields_id": identity.event_id(message.to_bytes()),
    }


def _span(dumped: Row) -> Row:
    """Return a dumped span with its offsets under the names of the columns (`end` is a word of SQL)."""
    return {"start_offset": dumped.pop("start"), "end_offset": dumped.pop("end"), **dumped}


def _entity(article_id: str, entity: Entity) -> Row:
    return {"article_id": article_id, **entity.model_dump(mode="json", exclude={"mentions"})}


def _mentions(article_id: str, entity: Entity) -> Iterable[Row]:
    for mention in entity.mentions:
        yield {"article_id": article_id, "entity_id": entity.entity_id, **_span(mention.model_dump(mode="json"))}


def _claim(article_id: str, n: int, claim: Claim) -> Row:
    nested = {"sentence", "speaker", "cue", "when", "quantities"}
    row = _span(claim.model_dump(mode="json", exclude=nested))
    cue, when = claim.cue, claim.when
    return {
        "article_id": article_id,
        "n": n,
        **row,
        **_speaker(claim.speaker),
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        "cue_text": cue and cue.text,
        "cue_start": cue and cue.start,
        "cue_end": cue and cue.end,
        "earliest": when and when.earliest and when.earliest.isoformat(),
        "latest": when and when.latest and when.latest.isoformat(),
    }


def _speaker(speaker: Speaker | None) -> Row:
    fields = ("name", "text", "start", "end", "entity_id")
    return {f"speaker_{name}": getattr(speaker, name, None) for name in fields}


def _quantities(article_id: str, claim: Claim) -> Iterable[Row]:
    for n, quantity in enumerate(claim.quantities):
        dumped = _span(quantity.model_dump(mode="json"))
        yield {"claim_id": claim.claim_id, "n": n, "article_id": article_id, **dumped}


def _without_nul(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, dict):
        return {_without_nul(k): _without_nul(v) for k, v in value.items()}
    return value
