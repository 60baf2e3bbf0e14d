"""Which one a group is: an entry of the data files, a place of the gazetteer, or nothing that is known."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from services.enrich.language.entities.context import STRONGLY_WHERE, before, is_framed, placed
from services.enrich.language.entities.found import PLACES
from services.enrich.language.entities.groups import Group
from services.enrich.language.entities.labels import Labelled, label
from services.enrich.language.entities.places import (
    ENOUGH,
    FAMILIAR,
    MOST_POINTS,
    TOWN,
    Evidence,
    Reading,
    certain,
    lies_in,
    readings,
)
from services.enrich.language.knowledge.entries import Entry
from services.enrich.language.knowledge.lexicon import lexicon
from sitrep.contracts.enriched import Alternative, Category, EntityLabel, Precision

KNOWN = 0.95
"""Score of what the data files name: names that mean two things are left out of them."""

AROUND_KM = 10
"""How far a facility lies from the place that it is named for, at most, as a rule."""

SURELY = 0.55
"""Score of a place that is meant although the article speaks of other countries: Geneva, London."""

SHORT = 4
"""Letters of an acronym that means different bodies in different countries."""

ABROAD = frozenset({"media", "international_org", "ngo", "company"})
"""Bodies that say nothing of where an article plays: they are at home in New York, Geneva or London and work everywhere."""

_BEHIND = re.compile(r", ([A-Z][\w.'-]+(?: [A-Z][\w.'-]+)?)")
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
    _forget_strangers(text, groups)
    within = {id(group): _within(text, group) for group in groups}
    _forget_namesakes(groups, within)
    evidence = Evidence(_countries(groups), named=_named(groups))
    first = {
        id(group): readings(
            _bare(text, group), evidence, _wanted(group), within[id(group)], is_place=_stands_as_place(doc, group)
        )
        for group in groups
        if _may_be_place(group)
    }
    sure = [found[0] for group in groups if certain(found := first.get(id(group), []))]
    provinces = _provinces(text, groups, first, within)
    countries = _countries([group for group in groups if id(group) not in provinces])
    countries.update(
        one.country
        for one in sure
        if one.country
        and (
            evidence.support(one.country) > 0 or (one.region and one.country in FAMILIAR) or (one.main and one.score >= SURELY)
        )
    )
    points = sorted({(round(one.lat, 1), round(one.lon, 1)) for one in sure if one.lat is not None and one.lon is not None})
    evidence = Evidence(
        countries, frozenset(points[:MOST_POINTS]), _named([group for group in groups if id(group) not in provinces])
    )
    headed = {_bare(text, group): group for group in groups if any(one.full and one.head for one in group.mentions)}
    return [
        _of_entry(provinces[id(group)])
        if id(group) in provinces
        else _resolved(doc, text, group, evidence, headed, within[id(group)])
        for group in groups
    ]


def _provinces(
    text: str, groups: Sequence[Group], first: Mapping[int, Sequence[Reading]], within: Mapping[int, Sequence[Entry]]
) -> dict[int, Entry]:
    """Return the provinces that names behind towns mean, by group: Georgia of "Columbus, Georgia", but not of "Gori, Georgia"."""
    stated: dict[int, Entry] = {}
    for group in groups:
        towns = first.get(id(group), ())
        entry = next((entry for entry in within[id(group)] if towns and lies_in(towns[0], entry)), None)
        if entry is not None and entry.category == "province":
            stated.update({match.start(1): entry for one in group.mentions if (match := _BEHIND.match(text, one.end))})
    return {
        id(group): stated[group.mentions[0].start]
        for group in groups if all(one.start in stated for one in group.mentions)
    }  # fmt: skip


def _countries(groups: Sequence[Group]) -> Counter[str]:
    """Return how much an article speaks of each country: by its name, its people, its provinces, its forces and rebels."""
    found: Counter[str] = Counter()
    for group in groups:
        entry = group.entry
        if entry is not None and entry.country is not None and entry.category not in ABROAD:
            found[entry.country] += _WEIGHT.get(entry.category, 1) * len(group.mentions)
    return found


def _named(groups: Sequence[Group]) -> frozenset[str]:
    """Return the countries that an article names by their names and provinces."""
    entries = (group.entry for group in groups)
    return frozenset(entry.country for entry in entries if entry is not None and entry.country and entry.label in PLACES)


def _forget_namesakes(groups: Sequence[Group], within: Mapping[int, Sequence[Entry]]) -> None:
    """Take from a name what the data files say where the text puts it into another country: "Moscow, Idaho"."""
    for group in groups:
        entry, stated = group.entry, within[id(group)]
        if entry is not None and entry.category != "country" and stated and all(entry.country != one.country for one in stated):
            group.mentions = [replace(one, entry=None) for one in group.mentions]


def _forget_strangers(text: str, groups: Sequence[Group]) -> None:
    """Take from short acronyms what the data files say, where nothing else speaks of the country: RSF is not always Sudan's."""
    for group in groups:
        entry = group.entry
        if entry is None or entry.label != "ORG" or entry.country is None or entry.category in ABROAD:
            continue
        short = all(text[one.start : one.end].isupper() and one.end - one.start <= SHORT for one in group.mentions)
        if short and not _countries([other for other in groups if other is not group])[entry.country]:
            group.mentions = [replace(one, entry=None) for one in group.mentions]


def _within(text: str, group: Group) -> list[Entry]:
    """Return the countries and provinces that a text puts behind a name: "Paris, Texas"."""
    found: list[Entry] = []
    for one in group.mentions:
        match = _BEHIND.match(text, one.end)
        if match is not None:
            for words in (match[1], match[1].partition(" ")[0]):
                found += [entry for entry in lexicon().named(words) if entry.category in {"country", "province"}]
            found += lexicon().abbreviated(match[1].partition(" ")[0])
    return found


def _may_be_place(group: Group) -> bool:
    return group.entry is None and not (set(group.tags) <= {"LAW", "WORK_OF_ART", "EVENT", "LANGUAGE"})


def _stands_as_place(doc: Doc, group: Group) -> bool:
    """Return whether the model takes a name for a place, or it stands where only a place does: "in NAME", "shelled NAME", "the road to NAME"."""
    if any(tag in PLACES for tag in group.tags):
        return True
    spans = [doc.char_span(one.start, one.end, alignment_mode="expand") for one in group.mentions]
    leads = [(span, before(doc, span.start)) for span in spans if span is not None]
    return any(
        (lead is not None and (lead.lower_ in STRONGLY_WHERE or lead.pos_ == "VERB") and placed(doc, span.start, span.end))
        or is_framed(doc, span.start, span.end)
        for span, lead in leads
    )


def _bare(text: str, group: Group) -> str:
    """Return the name of a group without its head; a person of two names is never the place that one of them is."""
    names = [one.full if one.full and not one.head else one.name(text) for one in group.mentions]
    return max(names, key=len) if "PERSON" in group.tags or group.entry is not None else min(names, key=len)


def _wanted(group: Group) -> Category | None:
    return next((one.head.category for one in group.mentions if one.head is not None), None)


def _resolved(
    doc: Doc, text: str, group: Group, evidence: Evidence, headed: Mapping[str, Group], within: Sequence[Entry]
) -> Resolved:
    wanted = _wanted(group)
    is_place = _stands_as_place(doc, group)
    found = readings(_bare(text, group), evidence, wanted, within, is_place=is_place) if _may_be_place(group) else []
    best = found[0] if found and found[0].score >= ENOUGH else None
    here = best is not None and (evidence.support(best.country) > 0 or evidence.is_silent or best.score >= SURELY)
    near = best is not None and best.main and (evidence.nearness(best.lat, best.lon) > 0 or _is_town(group, best))
    what = label(doc, group, is_place=here or near)
    if not here and not what.sure and (full := headed.get(_bare(text, group))) is not None:  # "the Bulengo and Lushagala camps"
        return _resolved(doc, text, full, evidence, {}, within)
    if group.entry is not None:
        return _of_entry(_namesake(group.entry, evidence))
    if within and what.label in PLACES and (best is None or not any(lies_in(best, entry) for entry in within)):
        return replace(_unknown(group, what), country=within[0].country)  # "Norfolk, England" is not the one in Virginia
    if best is None or what.label not in PLACES:
        return _unknown(group, what)
    if _is_itself(what, wanted, best):
        return _of_place(best, [one for one in found[1:] if one.score >= ENOUGH], "GPE")
    beside = what.label == "FAC" or (what.label == "GPE" and near)
    return _beside(group, what, best) if here and beside else _unknown(group, what)


def _is_town(group: Group, best: Reading) -> bool:
    """Return whether a word that is tagged as a product or a body is the name of a town that some people live in."""
    return set(group.tags) <= {"PRODUCT", "ORG"} and group.name.istitle() and best.population >= TOWN


def _is_itself(what: Labelled, wanted: Category | None, place: Reading) -> bool:
    """Return whether a name is that of a place itself, and not of a facility, river or district that is named for it."""
    if what.label == "LOC":
        return place.region and wanted is None
    return what.label == "GPE" and (wanted in {None, "city"} or place.region)


def _namesake(entry: Entry, evidence: Evidence) -> Entry:
    """Return the province that has the name of a country, where the article speaks of that land alone.

    Georgia in a report on the United States is the state.
    """
    if entry.category != "country":
        return entry
    own = evidence.countries[entry.country or ""]
    for other in lexicon().named(entry.name):
        about = sum(count for country, count in evidence.countries.items() if country != entry.country)
        spoken_of = evidence.countries[other.country or ""]
        if other.category == "province" and spoken_of > own and spoken_of * 2 > about:
            return other
    return entry


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
