"""The language work finds what the monitor asks a canary for."""

from datetime import UTC, datetime

from services.enrich.language.pipeline import Pipeline
from services.monitor.canary import Found, canary, missing
from sitrep.contracts.published import PublishedFrom
from tests.support.make import article

MINUTE = datetime(2024, 11, 29, 14, 5, 59, tzinfo=UTC)


def test_the_language_work_finds_what_the_canary_has(pipeline: Pipeline) -> None:
    one = canary(MINUTE)
    (found,) = pipeline.enrich([article(one.text, published="2024-11-29", published_from=PublishedFrom.SIDECAR)])
    places = tuple(entity.name for entity in found.entities if entity.entity_id.startswith("gn:"))
    speakers = tuple(claim.speaker.name if claim.speaker else None for claim in found.claims)
    assert missing(Found(places, speakers)) is None
    assert found.article.article_id == one.article_id
