"""Which one a group is: an entry of the data files, a place of the gazetteer, or nothing that is known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from services.enrich.entities.groups import Group
from services.enrich.entities.labels import Labelled, label
from services.enrich.entities.mentions import PLACES
from services.enrich.entities.places import ENOUGH, Evidence, Reading, certain, readings
from services.enrich.knowledge.entries import Entry
from services.enrich.knowledge.lexicon import lexicon
from sitrep.contracts.enriched import Alternative, Category, EntityLabel, Precision

KNOWN = 0.95
"""Score of what the data files name: names that mean two things are left out of them."""

AROUND_KM = 10
"""How far a facility lies from the place that it is named for, at most, as a rule."""

ALTERNATIVES = 3
_WEIGHT: dict[str, int] = {"country": 3, "nationality": 1, "province": 2, "region": 1}


@dataclass(frozen=True)
class Resolved:
    """What a group is, and which."""

    name: str
    label: EntityLabel
    category: Category
    entity_id: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision = "none"
    extent_km: int | None = None
    wikidata: str | None = None
    score: float = 0.0
    alternatives: tuple[Alternative, ...] = ()


def resolve(doc: Doc, text: str, groups: Sequence[Group]) -> list[Resolved]:
    """Return what each group is; what is certain is found first, and speaks for the rest."""
    evidence = Evidence(_countries(groups))
    first = {id(group): readings(_bare(text, group), evidence, _wanted(group)) for group in groups if _may_be_place(group)}
    sure = [found[0] for group in groups if certain(found := first.get(id(group), []))]
    countries = evidence.countries.copy()
    countries.update(one.country for one in sure if one.country and evidence.support(one.country) > 0)
    points = tuple((one.lat, one.lon) for one in sure if one.lat is not None and one.lon is not None)
    evidence = Evidence(countries, points)
    headed = {_bare(text, group): group for group in groups if any(one.full for one in group.mentions)}
    return [_resolved(doc, text, group, evidence, headed) for group in groups]


def _countries(groups: Sequence[Group]) -> Counter[str]:
    """Return how much an article speaks of each country: by its name, its people, its provinces, its bodies."""
    found: Counter[str] = Counter()
    for group in groups:
        entry = group.entry
        if entry is not None and entry.country is not None:
            found[entry.country] += _WEIGHT.get(entry.category, 1) * len(group.mentions)
    return found


def _may_be_place(group: Group) -> bool:
    return group.entry is None and not (set(group.tags) <= {"LAW", "WORK_OF_ART", "EVENT", "PRODUCT", "LANGUAGE"})


def _bare(text: str, group: Group) -> str:
    return min((one.name(text) for one in group.mentions), key=len) if group.entry is None else group.name


def _wanted(group: Group) -> Category | None:
    return next((one.head.category for one in group.mentions if one.head is not None), None)


def _resolved(doc: Doc, text: str, group: Group, evidence: Evidence, headed: Mapping[str, Group]) -> Resolved:
    wanted = _wanted(group)
    found = readings(_bare(text, group), evidence, wanted) if _may_be_place(group) else []
    here = bool(found) and found[0].score >= ENOUGH and (evidence.support(found[0].country) > 0 or not evidence.countries)
    what = label(doc, group, is_place=here)
    if not here and not what.sure and (full := headed.get(_bare(text, group))) is not None:  # "the Bulengo and Lushagala camps"
        return _resolved(doc, text, full, evidence, {})
    if group.entry is not None:
        return _of_entry(group.entry)
    believed = [one for one in found if one.score >= ENOUGH] if what.label in PLACES else []
    if believed and _is_itself(what, wanted, believed[0]):
        return _of_place(believed[0], believed[1:], "GPE")
    return _beside(group, what, believed[0]) if believed and here else _unknown(group, what)


def _is_itself(what: Labelled, wanted: Category | None, place: Reading) -> bool:
    """Return whether a name is that of a place itself, and not of a facility or district that is named for it."""
    return place.region if what.label == "LOC" else what.label == "GPE" and (wanted in {None, "city"} or place.region)


def _of_entry(entry: Entry) -> Resolved:
    return Resolved(
        entry.name, entry.label, entry.category, entry.entity_id, entry.country, entry.lat, entry.lon, entry.precision,
        entry.extent_km, entry.wikidata, KNOWN,
    )  # fmt: skip


def _of_place(best: Reading, others: Sequence[Reading], label_: EntityLabel) -> Resolved:
    """Return a place with what else it might have been, at most a few of those."""
    alternatives = tuple(one.alternative() for one in others[:ALTERNATIVES])
    return Resolved(
        best.name, label_, best.category, best.entity_id, best.country, best.lat, best.lon,
        "region" if best.region else "locality", best.extent_km, None, round(best.score, 2), alternatives,
    )  # fmt: skip


def _beside(group: Group, what: Labelled, place: Reading) -> Resolved:
    """Return a facility or district that is named for a place and lies in it or near it: it has the coordinates of the place."""
    return Resolved(
        group.name, what.label, what.category, None, place.country, place.lat, place.lon,
        "region" if place.region else "locality", place.extent_km + AROUND_KM, None, round(place.score / 2, 2),
    )  # fmt: skip


def _unknown(group: Group, what: Labelled) -> Resolved:
    people = what.label == "NORP" and [entry for entry in lexicon().named(group.name) if entry.label == "NORP"]
    return _of_entry(people[0]) if people else Resolved(group.name, what.label, what.category)
