"""The store as entities of FollowTheMoney, the model of Aleph and OpenSanctions: one JSON object a line.

Reports become Article, persons and bodies Person, Organization, PublicBody or Company, places Address, claims Event (with
the report as its proof), and each name in a report a Mention. Ids keep ours, with `-` for `:`, which the model has no room for.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sitrep.cli.cards import title
from sitrep.contracts import identity
from sitrep.contracts.enriched import Claim, EnrichedArticle, Entity, Interval

Thing = dict[str, Any]

SCHEMATA = {
    "person": "Person", "armed_group": "Organization", "military": "Organization", "government": "PublicBody",
    "media": "Organization", "international_org": "Organization", "ngo": "Organization", "company": "Company",
    "country": "Address", "province": "Address", "city": "Address", "town_or_village": "Address", "district": "Address",
    "region": "Address", "facility": "Address",
}  # fmt: skip
"""By category; peoples, beliefs, events and what else has a name stand as names in the claims only."""


def things(article: EnrichedArticle, written: set[str]) -> Iterator[Thing]:
    """Yield what an article makes. `written` are the entities that were yielded before, and grows."""
    names = {entity.entity_id: entity for entity in article.entities}
    yield _article(article)
    for entity in article.entities:
        if entity.category in SCHEMATA and entity.entity_id not in written:
            written.add(entity.entity_id)
            yield _entity(entity)
        if _schema(entity) not in {None, "Address"}:
            yield _mention(article, entity)
    for claim in article.claims:
        yield _event(article, claim, names)


def _thing(id_: str, schema: str, **properties: str | list[str] | None) -> Thing:
    """Return an entity of the model: every property is a list of texts, and those without a value are left out."""
    listed = {name: said if isinstance(said, list) else [said] for name, said in properties.items() if said}
    return {"id": _id(id_), "schema": schema, "properties": listed}


def _id(ours: str) -> str:
    return ours.replace(":", "-")


def _schema(entity: Entity) -> str | None:
    return SCHEMATA.get(entity.category)


def _article(article: EnrichedArticle) -> Thing:
    about = article.article
    return _thing(
        about.article_id,
        "Article",
        name=title(article),
        fileName=about.sighting.key,
        title=about.title,
        author=about.byline,
        publisher=about.publisher,
        publishedAt=about.published,
        sourceUrl=about.url,
        bodyText=about.text,
    )


def _entity(entity: Entity) -> Thing:
    country = entity.country and entity.country.lower()
    common = {"name": entity.name, "country": country, "wikidataId": entity.wikidata}
    if _schema(entity) != "Address":
        return _thing(entity.entity_id, _schema(entity) or "", **common)
    place = {"latitude": _number(entity.lat), "longitude": _number(entity.lon), "full": entity.name}
    return _thing(entity.entity_id, "Address", **common, **place)


def _mention(article: EnrichedArticle, entity: Entity) -> Thing:
    id_ = article.article.article_id
    return _thing(
        identity.digest(id_, entity.entity_id)[:32],
        "Mention",
        document=id_,
        resolved=_id(entity.entity_id),
        name=sorted({entity.name, *(mention.text for mention in entity.mentions)}),
        detectedSchema=_schema(entity),
    )


def _event(article: EnrichedArticle, claim: Claim, names: dict[str, Entity]) -> Thing:
    by = claim.speaker.name if claim.speaker is not None else article.article.publisher or "the article"
    places = [names[id_] for id_ in claim.places if id_ in names]
    involved = [id_ for id_ in claim.actors if id_ in names and _schema(names[id_]) not in {None, "Address"}]
    when = claim.when or Interval()
    return _thing(
        claim.claim_id,
        "Event",
        name=" ".join(claim.text.split())[:200],
        summary=f"{by}: {claim.text}",
        description=article.article.text[claim.sentence.start : claim.sentence.end],
        keywords=[claim.type, claim.polarity, *(["background"] if claim.background else [])],
        notes=[quantity.text for quantity in claim.quantities],
        startDate=_day(when.earliest),
        endDate=_day(when.latest),
        location=[place.name for place in places],
        addressEntity=[_id(place.entity_id) for place in places if _schema(place) == "Address"],
        country=sorted({place.country.lower() for place in places if place.country}),
        involved=[_id(id_) for id_ in involved],
        proof=article.article.article_id,
        publisher=article.article.publisher,
        sourceUrl=article.article.url,
    )


def _number(value: float | None) -> str | None:
    return None if value is None else str(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
