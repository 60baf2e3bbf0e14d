"""Where sightings of one article disagree, each field comes from the best of them that has it."""

from collections.abc import Iterable

from sitrep.contracts import identity
from sitrep.contracts.article import Described, SightingMessage
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.published import order

MERGED_FIELDS = ("title", "publisher", "byline", "credit", "url", "authors", "modified")


def believability(described: Described) -> str:
    """Return the sort key of a sighting among those of its article; the smallest is believed first."""
    sighting = described.sighting
    return order(described.published, described.published_from, sighting.sha256, sighting.key)


def precedence(report: EnrichedArticle, value: bytes) -> tuple[int, str, str]:
    """Return the sort key of an enrichment among all of its article; the smallest is kept, whatever order they came in.

    The higher version, then the more believable publish date that it was anchored on, then the lower hash of the message.
    """
    return -report.enrichment.version, believability(report.article), identity.event_id(value)


def merge(sightings: Iterable[SightingMessage]) -> SightingMessage:
    """Return the best sighting with the fields that it lacks filled from the others, best first.

    The result is the same for every order of the input. Raises ValueError where there is no sighting.
    """
    ranked = sorted(sightings, key=lambda seen: (believability(seen), seen.to_bytes()))
    if not ranked:
        raise ValueError("an article without a sighting cannot be merged")
    best = ranked[0]
    filled: dict[str, object] = {}
    for field in MERGED_FIELDS:
        filled[field] = next(
            (value for seen in ranked if (value := getattr(seen, field)) not in (None, ())), getattr(best, field)
        )
    filled |= _language(ranked)
    filled["canary"] = all(seen.canary for seen in ranked)
    return best.model_copy(update=filled)


def _language(ranked: list[SightingMessage]) -> dict[str, object]:
    """Return language and confidence together, from the best sighting that has a language."""
    for seen in ranked:
        if seen.language is not None:
            return {"language": seen.language, "language_confidence": seen.language_confidence}
    return {"language": None, "language_confidence": None}
