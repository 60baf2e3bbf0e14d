"""`python -m tests.quality.geoparsing FILE.xml [--errors] [--limit N]`: places, on articles whose place names others have located.

FILE holds articles as <article>, each with its <text> and its <toponym>s: those of GeoWebNews (extractedName, type, latitude,
longitude) or of LGL and TR-News (phrase, and a gaztag with lat and lon). Their licences differ: we measure on them, and copy nothing.

Every toponym with coordinates counts, once for each time that it stands in a text. Of GeoWebNews these are the literal ones and
the associative ones: "Russia" for its government, "Russian" in "the Russian army", "York" in "the University of York". So the recall
is low for everything that takes these for other than places, and is to be compared with itself; it is also printed for each type.
"""

import argparse
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

from services.enrich.language.pipeline import Pipeline
from sitrep.contracts.enriched import EnrichedArticle
from tests.quality.run import MODEL, article

BATCH = 12
"""Articles that the pipeline reads at a time."""

NEAR_KM = 161
"""A place is the right one up to this distance: a hundred miles, as the papers on these corpora have it."""

PLACES = frozenset({"GPE", "LOC", "FAC"})
NOT_NAMES = frozenset({"Non_Toponym", "Non_Lit_Expression", "Literal_Expression", "Demonym", "Homonym", "Language"})
"""Types of GeoWebNews that are no place names: people, languages, namesakes, and what is a place without a name ("the school")."""

EARTH_KM = 6371.0
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Toponym:
    """An annotated place name with its span in the text, what the corpus calls its type, and where it lies, if that is told."""

    start: int
    end: int
    kind: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Annotated:
    """An annotated article. `misplaced`: how many toponyms with coordinates do not stand where they are said to (in the title, say)."""

    name: str
    text: str
    published: str | None
    toponyms: tuple[Toponym, ...]
    misplaced: int = 0

    @property
    def located(self) -> list[Toponym]:
        """Return the toponyms that have coordinates."""
        return [one for one in self.toponyms if one.lat is not None]


@dataclass(frozen=True)
class Mention:
    """A mention of one of our entities: what the entity is, and where it lies, if we say so."""

    start: int
    end: int
    label: str
    name: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Score:
    """Counts over articles.

    Of the toponyms with coordinates (`gold`): those overlapped by a place of ours with coordinates (`found`), and by one that is
    near (`near`), with the distances of the found in `errors`, all also by type in `kinds`. Of all place names (`names`): those
    overlapped by a place of ours (`recognised`). Of our mentions of places (`mentions`): those that overlap a place name (`right`).
    """

    gold: int = 0
    found: int = 0
    near: int = 0
    names: int = 0
    recognised: int = 0
    mentions: int = 0
    right: int = 0
    errors: tuple[float, ...] = ()
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.gold + other.gold, self.found + other.found, self.near + other.near,
            self.names + other.names, self.recognised + other.recognised,
            self.mentions + other.mentions, self.right + other.right,
            self.errors + other.errors, self.kinds + other.kinds,
        )  # fmt: skip

    def figures(self) -> Iterator[tuple[str, int, float]]:
        """Yield each figure with the number of items that it is over."""
        yield f"recall within {NEAR_KM} km", self.gold, _share(self.near, self.gold)
        yield f"within {NEAR_KM} km, of those found", self.found, _share(self.near, self.found)
        yield "toponyms recognised, recall", self.names, _share(self.recognised, self.names)
        yield "toponyms recognised, precision", self.mentions, _share(self.right, self.mentions)
        yield "median error, km", self.found, median(self.errors) if self.errors else math.nan


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the distance between two points by the haversine formula; our own, so that the measure shares none with the measured."""
    half_lat, half_lon = math.radians(lat2 - lat) / 2, math.radians(lon2 - lon) / 2
    across = math.cos(math.radians(lat)) * math.cos(math.radians(lat2)) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, math.sin(half_lat) ** 2 + across)))


def read(path: Path) -> list[Annotated]:
    """Return the articles of a corpus that have a text."""
    root = ElementTree.parse(path).getroot()  # noqa: S314 - a corpus that its user has chosen
    return [_read(one) for one in root.iter("article") if (one.findtext("text") or "").strip()]


def _read(source: ElementTree.Element) -> Annotated:
    text = source.findtext("text", "")
    toponyms, misplaced = [], 0
    for tag in source.iter("toponym"):
        one = _toponym(tag)
        surface = tag.findtext("extractedName") or tag.findtext("phrase") or ""
        if 0 <= one.start < one.end and text[one.start : one.end].split() == surface.split():
            toponyms.append(one)
        else:
            misplaced += one.lat is not None
    day = _DAY.match((source.findtext("dltime") or "").strip())
    name = source.get("file") or source.get("docid") or ""
    return Annotated(name, text, day and day[0], tuple(toponyms), misplaced)


def _toponym(tag: ElementTree.Element) -> Toponym:
    lat = (tag.findtext("latitude") or tag.findtext("gaztag/lat") or "").strip()
    lon = (tag.findtext("longitude") or tag.findtext("gaztag/lon") or "").strip()
    kind = "/".join(part for name in ("type", "modifierType") if (part := (tag.findtext(name) or "").strip()))
    where = (float(lat), float(lon)) if lat and lon else (None, None)
    return Toponym(int(tag.findtext("start", "-1")), int(tag.findtext("end", "-1")), kind, *where)


def mentions(enriched: EnrichedArticle) -> list[Mention]:
    """Return every mention of every entity, in the order of the text."""
    found = [
        Mention(one.start, one.end, entity.label, entity.name, entity.lat, entity.lon)
        for entity in enriched.entities
        for one in entity.mentions
    ]
    return sorted(found, key=lambda one: (one.start, one.end))


def ours(articles: Sequence[Annotated]) -> Iterator[list[Mention]]:
    """Yield the mentions that the enrichment finds in each article."""
    pipeline = Pipeline(MODEL)
    for start in range(0, len(articles), BATCH):
        given = []
        for one in articles[start : start + BATCH]:
            made = article(one.name, one.text, one.published or "2000-01-01")
            undated = {"published": None, "published_from": None}
            given.append(made if one.published else made.model_copy(update=undated))
        yield from (mentions(enriched) for enriched in pipeline.enrich(given))


def over(span: Toponym | Mention, others: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that overlap a span."""
    return [other for other in others if other.start < span.end and span.start < other.end]


def error(toponym: Toponym, found: Sequence[Mention]) -> float | None:
    """Return how far off the nearest place is that overlaps a toponym; None where none with coordinates does."""
    places = (one for one in over(toponym, found) if one.label in PLACES)
    return min((km for one in places if (km := _apart(toponym, one)) is not None), default=None)


def _apart(toponym: Toponym, found: Mention) -> float | None:
    if toponym.lat is None or toponym.lon is None or found.lat is None or found.lon is None:
        return None
    return kilometres(toponym.lat, toponym.lon, found.lat, found.lon)


def score(toponyms: Sequence[Toponym], found: Sequence[Mention]) -> Score:
    """Return the counts of an article."""
    places = [one for one in found if one.label in PLACES]
    located = [one for one in toponyms if one.lat is not None]
    names = [one for one in toponyms if one.lat is not None or one.kind.split("/")[0] not in NOT_NAMES]
    kinds, errors = Counter[tuple[str, str]](), []
    for one in located:
        km = error(one, places)
        kinds[one.kind, "gold"] += 1
        if km is not None:
            errors.append(km)
            kinds[one.kind, "found"] += 1
            kinds[one.kind, "near"] += km <= NEAR_KM
    return Score(
        gold=len(located),
        found=len(errors),
        near=sum(km <= NEAR_KM for km in errors),
        names=len(names),
        recognised=sum(bool(over(one, places)) for one in names),
        mentions=len(places),
        right=sum(any(name.start < one.end and one.start < name.end for name in names) for one in places),
        errors=tuple(errors),
        kinds=kinds,
    )


def misses(one: Annotated, found: Sequence[Mention]) -> Iterator[str]:
    """Yield a line for each toponym with coordinates that no place of ours is near to."""
    for toponym in one.located:
        km = error(toponym, found)
        if km is None or km > NEAR_KM:
            had = "; ".join(_shown(toponym, mention) for mention in over(toponym, found)) or "none"
            around = " ".join(one.text[max(0, toponym.start - 60) : toponym.end + 40].split())
            surface = " ".join(one.text[toponym.start : toponym.end].split())
            kind = f" {toponym.kind}" if toponym.kind else ""
            yield f"{one.name}: {surface!r}{kind} {toponym.lat:.3f},{toponym.lon:.3f}, {had} | {around}"


def _shown(toponym: Toponym, found: Mention) -> str:
    what = f"{found.label} {found.name!r}" if found.label in PLACES else f"not a place, {found.label} {found.name!r}"
    km = _apart(toponym, found)
    return f"{what} without coordinates" if km is None else f"{what} {found.lat:.3f},{found.lon:.3f} {km:.0f} km"


def main() -> None:
    """Print the table, and what is missed where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.geoparsing", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", metavar="FILE", type=Path, help="the corpus: GeoWebNews, or one in the form of LGL and TR-News")
    parser.add_argument("--errors", action="store_true", help="print each miss")
    parser.add_argument("--limit", metavar="N", type=int, help="read only the first N articles")
    arguments = parser.parse_args()
    articles = read(arguments.file)[: arguments.limit]
    if not any(one.located for one in articles):
        parser.error(f"{arguments.file} has no article with a toponym that has coordinates and stands where it is said to")
    total = Score()
    for one, found in zip(articles, ours(articles), strict=True):
        total += score(one.toponyms, found)
        if arguments.errors:
            sys.stdout.writelines(f"{line}\n" for line in misses(one, found))
    misplaced = sum(one.misplaced for one in articles)
    sys.stdout.write(f"{arguments.file.stem}: {len(articles)} articles, {total.gold} toponyms with coordinates")
    sys.stdout.write(f" ({misplaced} more do not stand in the text)\n{'figure':36} {'items':>6} {'ours':>7}\n")
    for figure, items, value in total.figures():
        sys.stdout.write(f"{figure:36} {items:6} {value:7.3f}\n")
    by_kind = Counter({kind: count for (kind, what), count in total.kinds.items() if what == "gold"})
    if any(by_kind):
        sys.stdout.write(f"{'type':36} {'items':>6} {'found':>7} {'near':>7}\n")
    for kind, count in by_kind.most_common() if any(by_kind) else ():
        shares = (_share(total.kinds[kind, what], count) for what in ("found", "near"))
        sys.stdout.write(f"{kind or '-':36} {count:6} {' '.join(f'{share:7.3f}' for share in shares)}\n")


if __name__ == "__main__":
    main()
