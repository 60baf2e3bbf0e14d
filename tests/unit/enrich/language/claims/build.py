"""What the tests of the claims are made of: entities and dates that stand in a sentence, and attributions as words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.types import COLUMNS, FOLLOWED, NONE, TYPES
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


def worded(parsed: Doc, attributed: Iterable[Attributed]) -> list[tuple[str, str | None, str | None]]:
    """Return content, head of the speaker and stance of each attribution, without the marks around the content."""
    return [
        (
            parsed[each.content.start : each.content.end].text.strip(' \n.,"\u201c\u201d'),
            None if each.speaker is None else each.speaker.text,
            each.stance,
        )
        for each in attributed
    ]


def plain_weights() -> tuple[dict[str, int], NDArray[np.float64]]:
    """Return weights as of `data/types.tsv` that nobody learned: what happens decides, else the cue; what only describes is no claim."""
    weights = {("bias", "other"): 1.0}
    weights |= {(f"event={type_}", type_): 3.0 for type_ in TYPES}
    weights |= {(f"cue_makes={type_}", type_): 6.0 for type_ in TYPES}
    weights |= {(f"event={type_}/inner", NONE): 9.0 for type_ in FOLLOWED}
    rows = {trait: number for number, trait in enumerate(dict.fromkeys(trait for trait, _ in weights))}
    table = np.zeros((len(rows), len(COLUMNS)))
    for (trait, column), weight in weights.items():
        table[rows[trait], COLUMNS.index(column)] = weight
    return rows, table
