"""Which place a name means: of all that have the name, the one that the rest of the article speaks for."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.enrich.language.knowledge.entries import Entry
from services.enrich.language.knowledge.gazetteer import Place, gazetteer
from services.enrich.language.knowledge.lexicon import lexicon
from services.enrich.language.knowledge.names import plain, skeleton
from services.enrich.language.tables import rows
from sitrep.contracts.enriched import Alternative, Category

ENOUGH = 0.4
"""Least score of a place that is believed: a large city that nothing speaks for, a hamlet in a country that is spoken of."""

SIZE, SUPPORT, NEAR, STATED, RENOWN, ALONE, RESPELT, BASE = 0.3, 0.3, 0.15, 0.5, 0.26, 0.25, -0.12, 0.1
"""What speaks for a place: its inhabitants (on a scale of tenfolds), the article's talk of its country, a certain place close
by, the article's own "Paris, Texas", that the world knows it, that no other country has a place of the name; and against: that the name
asked for is not its main one."""

LEAST = 500
"""Inhabitants that a place is taken to have where nobody counted them, beside its namesakes."""

RENOWNED = 1_000_000
"""Inhabitants of a city that the world knows without its country being named; so are capitals."""

LARGE = 150_000
"""Inhabitants of a city that the world knows if none of its namesakes has a fifth of them."""

FAMILIAR = frozenset({"US", "CA", "AU", "IN", "GB"})
"""Countries whose provinces news in English name without naming the country."""

EVERYWHERE = frozenset({"US"})
"""Countries that are spoken of in reports on every other."""

CITY, TOWN = 50_000, 20_000
NEAR_KM = 300.0
EARTH_KM = 12742.0
MOST_POINTS = 200
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
    main: bool = True
    exact: bool = True
    meant: bool = False
    score: float = 0.0

    def alternative(self) -> Alternative:
        """Return the reading as one that was not chosen."""
        return Alternative(
            entity_id=self.entity_id, name=self.name, country=self.country, lat=self.lat, lon=self.lon, score=round(self.score, 2)
        )  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """What an article speaks of: its countries by weight, and the places that are certain (latitude, longitude)."""

    countries: Counter[str]
    points: frozenset[tuple[float, float]] = frozenset()
    named: frozenset[str] = frozenset()
    """The countries that are spoken of by their names and places, and not only by their people, who act everywhere."""

    @property
    def is_silent(self) -> bool:
        """Whether an article names no country but those that every report may speak of."""
        return not self.named - EVERYWHERE

    def support(self, country: str | None) -> float:
        """Return from 0 to 1 how much of an article is about a country."""
        total, here = sum(self.countries.values()), self.countries.get(country or "", 0)
        if not here:
            return 0.0
        share = 0.5 + 0.5 * here / total
        return share * 0.75 if country in EVERYWHERE else share

    def nearness(self, lat: float | None, lon: float | None) -> float:
        """Return from 0 to 1 how near a place is to one that is certain."""
        if lat is None or lon is None or not self.points:
            return 0.0
        close = [point for point in self.points if abs(point[0] - lat) < 3]  # more than 300 km are 0 anyhow
        nearest = min((distance(lat, lon, *point) for point in close), default=NEAR_KM)
        return max(0.0, 1.0 - nearest / NEAR_KM)


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the kilometres between two points, over the surface of a ball."""
    p = math.pi / 180
    part = 0.5 - math.cos((lat2 - lat) * p) / 2 + math.cos(lat * p) * math.cos(lat2 * p) * (1 - math.cos((lon2 - lon) * p)) / 2
    return EARTH_KM * math.asin(math.sqrt(part))


def readings(
    name: str, evidence: Evidence, wanted: Category | None = None, within: Sequence[Entry] = (), *, is_place: bool = False
) -> list[Reading]:
    """Return the places that a name may mean, the best first.

    `wanted` is what the text calls it (a province, a city), `within` where it says that it lies ("Paris, Texas"). `is_place`: the model takes
    it for a place, so that its name alone may tell which one.
    """
    towns = [_town(place, name) for place in gazetteer().find(name)]
    areas = [_area(entry) for entry in lexicon().named(name) if entry.precision == "region" and entry.lat is not None]
    if wanted in {"province", "district"} and areas:
        towns = []
    elif wanted == "city" and towns:
        areas = []
    scored = [
        _scored(one, evidence, towns, within, is_place=is_place and not any(area.meant for area in areas))
        for one in [*towns, *areas]
    ]
    return sorted(scored, key=lambda one: (-one.score, one.entity_id))


def _scored(one: Reading, evidence: Evidence, towns: Sequence[Reading], within: Sequence[Entry], *, is_place: bool) -> Reading:
    support = evidence.support(one.country)
    size = math.log10(max(one.population, 300)) / 7
    renowned = (one.country, plain(one.name)) in _CAPITALS or one.population >= RENOWNED or _is_largest(one, towns)
    if one.region:  # as much as a large city, and less than a town that has its name
        rival = any(town.country == one.country and town.main for town in towns)
        spoken_of = support > 0 or not evidence.countries or one.country in FAMILIAR
        renowned = spoken_of and one.category == "province" and (one.meant or not rival)
        size = (0.9 if renowned else 0.4) if spoken_of else 0.0
    stated = any(lies_in(one, entry) for entry in within)
    peopled = one.population >= TOWN or not evidence.countries.keys() - EVERYWHERE
    alone = is_place and not one.region and evidence.is_silent and peopled and _is_alone(one, towns)
    score = (
        BASE + SIZE * size + SUPPORT * support + NEAR * evidence.nearness(one.lat, one.lon) + RENOWN * renowned
        + STATED * stated + ALONE * alone + RESPELT * (not one.main and not alone)
    )  # fmt: skip
    return replace(one, score=max(0.0, min(score, 1.0)))


def _is_alone(one: Reading, towns: Iterable[Reading]) -> bool:
    """Return whether no other country has a place of the name with half of the inhabitants; by another of its names, with all of them."""
    least = max(one.population, LEAST)
    rivals = [town for town in towns if town.country != one.country]
    if not one.main and any(town.main for town in rivals):
        return False  # Pokrovsk is not the city that once had this name
    return one.exact and all((2 if town.main else 1) * town.population <= least for town in rivals)


def _is_largest(one: Reading, towns: Iterable[Reading]) -> bool:
    """Return whether a city is large, and none of its name has a fifth of its inhabitants."""
    others = [town.population for town in towns if town.entity_id != one.entity_id and town.main]
    return one.main and one.population >= LARGE and all(5 * population <= one.population for population in others)


def lies_in(one: Reading, entry: Entry) -> bool:
    """Return whether a place lies in a country or a province."""
    if one.country != entry.country:
        return False
    if entry.category == "country":
        return True
    known = None not in (one.lat, one.lon, entry.lat, entry.lon)
    return known and distance(one.lat, one.lon, entry.lat, entry.lon) <= 1.6 * (entry.extent_km or 100)  # type: ignore[arg-type]


def _town(place: Place, name: str) -> Reading:
    extent = max(1, round(math.sqrt(place.population) / 180))
    category: Category = "city" if place.population >= CITY else "town_or_village"
    main = skeleton(place.name) == skeleton(name)
    shown = place.name if main and not place.exact and place.name.isascii() and "'" not in place.name else name
    return Reading(
        f"gn:{place.geonameid}", shown, category, place.country, place.lat, place.lon, extent, place.population,
        region=False, main=main, exact=place.exact,
    )  # fmt: skip


def _area(entry: Entry) -> Reading:
    return Reading(
        entry.entity_id,
        entry.name,
        entry.category,
        entry.country,
        entry.lat,
        entry.lon,
        entry.extent_km or 50,
        0,
        region=True,
        meant=entry.meant,
    )


def certain(found: Sequence[Reading]) -> bool:
    """Return whether nothing else can be meant by a name."""
    return bool(found) and found[0].score >= ENOUGH and (len(found) == 1 or found[0].score - found[1].score > 0.15)
