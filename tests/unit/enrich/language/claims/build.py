"""What the tests of the claims are made of: entities and dates that stand in a sentence."""

from datetime import date
from typing import Any

from sitrep.contracts.enriched import DateExpression, Entity, Mention

FRIDAY = date(2024, 11, 29)


def entity(text: str, *surfaces: str, label: str = "GPE", category: Any = "city", **fields: Any) -> Entity:
    """Return an entity named by its first surface, with a mention for each place in which one of them stands."""
    mentions = []
    for surface in surfaces:
        start = text.find(surface)
        while start >= 0:
            mentions.append(Mention(start=start, end=start + len(surface), text=surface, label=label))  # type: ignore[arg-type]
            start = text.find(surface, start + 1)
    slug = surfaces[0].lower().replace(" ", "-").replace(".", "")
    given = {"entity_id": f"kb:{slug}", "name": surfaces[0], "score": 1.0, **fields}
    return Entity(label=label, category=category, mentions=tuple(mentions), **given)  # type: ignore[arg-type]


def day(text: str, surface: str, on: date | None = FRIDAY, until: date | None = None, **fields: Any) -> DateExpression:
    """Return an expression of time that means a day, or the days to `until`."""
    start = text.index(surface)
    given = {"kind": "date", "granularity": "day", "anchor": "published", "earliest": on, "latest": until or on, **fields}
    return DateExpression(start=start, end=start + len(surface), text=surface, **given)
