"""Which place a name means: of all that have the name, the one that the rest of the article speaks for."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.enrich.knowledge.entries import Entry, rows
from services.enrich.knowledge.gazetteer import Place, gazetteer
from services.enrich.knowledge.lexicon import lexicon
from services.enrich.knowledge.names import plain
from sitrep.contracts.enriched import Alternative, Category

ENOUGH = 0.42
"""Least score of a place that is believed: a city of 100,000 that nothing speaks for, a hamlet in a country that is spoken of."""

LARGE = 150_000
"""Inhabitants of a city that is meant by the name that it shares with its province."""

CITY = 50_000
NEAR_KM = 300.0
EARTH_KM = 12742.0
_CAPITALS = frozenset((row["country"], plain(row["capital"])) for row in rows("countries.tsv"))


@dataclass(frozen=True)
class Reading:
    """One place that a name may mean, with how much speaks for it (0 to 1)."""

    entity_id: str
    name: str
    category: Category
    country: str | None
    lat: float | None
    lon: float | None
    extent_km: int
    population: int
    region: bool
    score: float = 0.0

    def alternative(self) -> Alternative:
        """Return the reading as one that was not chosen."""
        return Alternative(
            entity_id=self.entity_id, name=self.name, country=self.country, lat=self.lat, lon=self.lon, score=round(self.score, 2)
        )  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """What an article speaks of: its countries by weight, and the places that are certain."""

    countries: Counter[str]
    points: tuple[tuple[float, float], ...] = ()

    def support(self, country: str | None) -> float:
        """Return from 0 to 1 how much of an article is about a country."""
        total, here = sum(self.countries.values()), self.countries.get(country or "", 0)
        if not here:
            return 0.0
        return 0.6 + 0.4 * here / max(total, 1)

    def nearness(self, lat: float | None, lon: float | None) -> float:
        """Return from 0 to 1 how near a place is to one that is certain."""
        if lat is None or lon is None or not self.points:
            return 0.0
        nearest = min(distance(lat, lon, *point) for point in self.points)
        return max(0.0, 1.0 - nearest / NEAR_KM)


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the kilometres between two points, over the surface of a ball."""
    p = math.pi / 180
    part = 0.5 - math.cos((lat2 - lat) * p) / 2 + math.cos(lat * p) * math.cos(lat2 * p) * (1 - math.cos((lon2 - lon) * p)) / 2
    return EARTH_KM * math.asin(math.sqrt(part))


def readings(name: str, evidence: Evidence, wanted: Category | None = None) -> list[Reading]:
    """Return the places that a name may mean, the best first. `wanted` is what the text calls it: a province, a city."""
    towns = [_town(place, name) for place in gazetteer().find(name)]
    areas = [_area(entry) for entry in lexicon().named(name) if entry.precision == "region" and entry.lat is not None]
    if wanted in {"province", "district"} and areas:
        towns = []
    elif wanted == "city" and towns:
        areas = []
    scored = [_scored(one, evidence, towns) for one in [*towns, *areas]]
    return sorted(scored, key=lambda one: (-one.score, one.entity_id))


def _scored(one: Reading, evidence: Evidence, towns: Iterable[Reading]) -> Reading:
    size = math.log10(max(one.population, 300)) / 7
    if one.region:  # as much as a large city, and less than the city of its name, where that is large
        rival = max((town.population for town in towns if town.country == one.country), default=0)
        size = 0.6 if rival >= LARGE else 0.9
    capital = 0.05 if (one.country, plain(one.name)) in _CAPITALS else 0.0
    near = evidence.nearness(one.lat, one.lon)
    score = 0.4 * size + 0.4 * evidence.support(one.country) + 0.15 * near + 0.1 + capital
    return replace(one, score=min(score, 1.0))


def _town(place: Place, name: str) -> Reading:
    extent = max(1, round(math.sqrt(place.population) / 180))
    category: Category = "city" if place.population >= CITY else "town_or_village"
    own = place.name if place.name.isascii() and "'" not in place.name and not place.exact else name
    shown = place.name if place.name.isascii() and "'" not in place.name else own
    exact = 0 if place.exact else 1
    return Reading(
        f"gn:{place.geonameid}", shown, category, place.country, place.lat, place.lon, extent, place.population // (1 + 9 * exact),
        region=False,
    )  # fmt: skip


def _area(entry: Entry) -> Reading:
    return Reading(
        entry.entity_id, entry.name, entry.category, entry.country, entry.lat, entry.lon, entry.extent_km or 50, 0, region=True
    )


def certain(found: Sequence[Reading]) -> bool:
    """Return whether nothing else can be meant by a name."""
    return bool(found) and found[0].score >= ENOUGH and (len(found) == 1 or found[0].score - found[1].score > 0.15)
