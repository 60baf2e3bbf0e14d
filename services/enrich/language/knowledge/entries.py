"""The data files as entries: one thing of the world that can be named, with every name that news give it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from services.enrich.language.knowledge.names import slug
from services.enrich.language.tables import rows, values
from sitrep.contracts.enriched import Category, EntityLabel, Precision


@dataclass(frozen=True)
class Entry:
    """A thing with its names. `certain`: wherever such a name stands, this is meant; else only where a place is looked for.

    `meant`: news mean this province by its bare name, and not the town that it shares it with.
    """

    entity_id: str
    name: str
    label: EntityLabel
    category: Category
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    extent_km: int | None = None
    precision: Precision = "none"
    wikidata: str | None = None
    forms: tuple[str, ...] = ()
    certain: bool = True
    meant: bool = False


@cache
def entries() -> tuple[Entry, ...]:
    """Return everything that is in the data files; of two things with one name the first is meant."""
    return (*_countries(), *_organisations(), *_regions(), *_nationalities(), *_persons(), *_provinces())


def _forms(row: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in (*names, *values(row["aliases"])) if form))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _countries() -> Iterator[Entry]:
    for row in rows("countries.tsv"):
        yield Entry(
            f"gn:{row['geonameid']}", row["name"], "GPE", "country", row["country"], _number(row["lat"]), _number(row["lon"]),
            _whole(row["extent_km"]), "country", row["wikidata"] or None, _forms(row, row["name"]),
        )  # fmt: skip


def _nationalities() -> Iterator[Entry]:
    for row in rows("nationalities.tsv"):
        name, forms = row["adjective"], (row["adjective"], *values(row["forms"]))
        yield Entry(
            f"kb:norp-{slug(name)}", name, "NORP", cast("Category", row["category"]), row["country"] or None,
            forms=tuple(dict.fromkeys(form for form in forms if form)),
        )  # fmt: skip


def _provinces() -> Iterator[Entry]:
    for row in rows("provinces.tsv"):
        forms = _forms(row, row["bare"], row["name"])
        yield Entry(
            f"kb:{row['slug']}", row["name"], "GPE", cast("Category", row["kind"]), row["country"], _number(row["lat"]),
            _number(row["lon"]), _whole(row["extent_km"]), "region", None, forms, certain=False,
            meant=row["meant"] == "yes",
        )  # fmt: skip


def _regions() -> Iterator[Entry]:
    for row in rows("regions.tsv"):
        lat = _number(row["lat"])
        precision: Precision = "none" if lat is None else "point" if row["label"] == "FAC" else "region"
        yield Entry(
            f"kb:{row['slug']}", row["name"], cast("EntityLabel", row["label"]), cast("Category", row["category"]),
            row["country"] or None, lat, _number(row["lon"]), _whole(row["extent_km"]), precision, row["wikidata"] or None,
            _forms(row, row["name"]),
        )  # fmt: skip


def _organisations() -> Iterator[Entry]:
    for row in rows("organisations.tsv"):
        name = row["name"].partition(" (")[0]  # "National News Agency (Lebanon)": the country tells two of one name apart
        yield Entry(
            f"kb:{row['slug']}", name, cast("EntityLabel", row["label"]), cast("Category", row["category"]),
            row["country"] or None, wikidata=row["wikidata"] or None, forms=_forms(row, row["name"]),
        )  # fmt: skip


def _persons() -> Iterator[Entry]:
    for row in rows("persons.tsv"):
        yield Entry(
            f"kb:{row['slug']}", row["name"], "PERSON", "person", row["country"] or None, wikidata=row["wikidata"] or None,
            forms=_forms(row, row["name"]),
        )  # fmt: skip
