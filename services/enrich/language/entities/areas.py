"""What a place lies in: its province, as far as that is plain from where both are, and its country."""

from collections.abc import Iterator
from functools import cache

from services.enrich.language.entities.places import distance
from services.enrich.language.knowledge.entries import Entry, entries
from sitrep.contracts.enriched import Category

INSIDE = 0.9
"""Extents of a province from its centre within which a place surely lies in it, where no other centre is as near by its extent."""

CLEARER = 0.6
"""Share of the nearness of the second province under which the first one is plain."""


def lies_within(
    entity_id: str, category: Category, country: str | None, lat: float | None, lon: float | None
) -> tuple[str, ...]:
    """Return the ids of what a place lies in, nearest first; empty for a country, and where it is not known.

    `lat` and `lon` are in degrees. Provinces are known by a centre and a radius, so that a town on the border of two has its country alone.
    """
    if country is None or category in {"country", "region"}:
        return ()
    own = [one for one in _areas().get(country, ()) if one.category == "country"]
    found: list[str] = []
    if category != "province" and lat is not None and lon is not None:
        near = sorted(_nearness(country, lat, lon))
        if near and near[0][0] <= INSIDE and (len(near) == 1 or near[0][0] <= CLEARER * near[1][0]):
            found.append(near[0][1])
    return tuple(one for one in (*found, *(entry.entity_id for entry in own)) if one != entity_id)


def _nearness(country: str, lat: float, lon: float) -> Iterator[tuple[float, str]]:
    for one in _areas().get(country, ()):
        if one.category == "province" and one.lat is not None and one.lon is not None:
            yield distance(lat, lon, one.lat, one.lon) / (one.extent_km or 50), one.entity_id


@cache
def _areas() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in entries():
        if entry.country is not None and entry.category in {"country", "province"} and entry.label == "GPE":
            found[entry.country] = (*found.get(entry.country, ()), entry)
    return found
