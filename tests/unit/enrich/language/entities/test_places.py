"""Which place a name means."""

from collections import Counter
from dataclasses import replace

import pytest

from services.enrich.language.entities import places
from services.enrich.language.entities.places import Evidence, Reading, readings
from services.enrich.language.knowledge.gazetteer import Place, gazetteer
from services.enrich.language.knowledge.lexicon import lexicon

EXAMPLE = gazetteer().find("Goma")[0]
SILENT = Evidence(Counter())
SYRIA = Evidence(Counter({"SY": 3}), named=frozenset({"SY"}))


def test_place_is_where_the_text_says_that_it_lies() -> None:
    texas = [entry for entry in lexicon().named("Texas") if entry.category == "province"]
    assert readings("Paris", Evidence(Counter({"US": 2})), None, texas)[0].country == "US"
    assert readings("Paris", Evidence(Counter({"US": 2})))[0].country == "FR"


def test_hamlet_in_a_country_that_nothing_speaks_of_is_not_believed() -> None:
    assert all(one.score < 0.4 for one in readings("Westmoreland", Evidence(Counter({"JM": 3}))) if one.country == "US")


@pytest.mark.parametrize(
    ("countries", "named", "silent"),
    [
        ({}, set(), True),
        ({"US": 2}, {"US"}, True),
        ({"SY": 2}, set(), True),  # of its people alone, who act everywhere
        ({"SY": 2}, {"SY"}, False),
        ({"US": 2, "SY": 1}, {"US", "SY"}, False),
    ],
)
def test_article_is_silent_that_names_no_country_but_those_of_every_report(
    countries: dict[str, int], named: set[str], silent: bool
) -> None:
    assert Evidence(Counter(countries), named=frozenset(named)).is_silent is silent


def test_name_alone_tells_which_place_in_a_silent_article() -> None:
    def score(evidence: Evidence, *, is_place: bool) -> float:
        return readings("Kramatorsk", evidence, is_place=is_place)[0].score

    assert score(SILENT, is_place=False) < places.ENOUGH < score(SILENT, is_place=True)
    assert score(SYRIA, is_place=True) == score(SYRIA, is_place=False) < places.ENOUGH


def alone(monkeypatch: pytest.MonkeyPatch, *towns: Place) -> list[bool]:
    """Return for each town whether its name alone speaks for it, in the order given."""
    monkeypatch.setattr(places, "gazetteer", lambda: type("Stub", (), {"find": staticmethod(lambda _name: list(towns))}))

    def scores(*, is_place: bool) -> dict[str, float]:
        return {one.entity_id: one.score for one in readings("Tovsk", SILENT, is_place=is_place)}

    plain, placed = scores(is_place=False), scores(is_place=True)
    return [placed[f"gn:{town.geonameid}"] > plain[f"gn:{town.geonameid}"] for town in towns]


def town(number: int, country: str, population: int, *, name: str = "Tovsk", exact: bool = True) -> Place:
    return replace(EXAMPLE, geonameid=number, name=name, country=country, population=population, exact=exact)


@pytest.mark.parametrize(
    ("first", "other", "expected"),
    [
        (town(1, "UA", 40_000), town(2, "RU", 20_000), [True, False]),
        (town(1, "UA", 40_000), town(2, "RU", 20_001), [False, False]),
        (town(1, "UA", 40_000), town(2, "UA", 39_000), [True, True]),
        (town(1, "UA", 40_000), town(2, "RU", 40_000, name="Engels"), [True, False]),
        (town(1, "UA", 40_000), town(2, "RU", 40_001, name="Engels"), [False, False]),
        (town(1, "UA", 40_000, exact=False), town(2, "RU", 100), [False, False]),
        (town(1, "UA", 0), town(2, "RU", 250), [True, True]),
        (town(1, "UA", 0), town(2, "RU", 251), [False, True]),
    ],
)
def test_lone_place_has_no_rival_in_another_country(
    monkeypatch: pytest.MonkeyPatch, first: Place, other: Place, expected: list[bool]
) -> None:
    assert alone(monkeypatch, first, other) == expected


def test_village_is_alone_only_where_nothing_is_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    hamlet = town(1, "UA", 900)
    assert alone(monkeypatch, hamlet) == [True]
    people = Evidence(Counter({"SY": 1}))
    plain, placed = (readings("Tovsk", people, is_place=is_place)[0].score for is_place in (False, True))
    assert plain == placed


def test_reading_that_was_not_chosen_keeps_its_place_and_score() -> None:
    best: Reading = readings("Goma", SILENT)[0]
    other = best.alternative()
    assert (other.entity_id, other.country, other.score) == (best.entity_id, "CD", round(best.score, 2))
