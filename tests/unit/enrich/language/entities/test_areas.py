"""What a place lies in."""

import pytest

from services.enrich.language.entities import areas
from services.enrich.language.entities.areas import CLEARER, INSIDE, lies_within
from services.enrich.language.knowledge.entries import Entry
from sitrep.contracts.enriched import Category

KM = 1 / 111.2
"""Degrees of latitude in a kilometre."""


def province(name: str, lat: float | None, extent_km: int | None = 100) -> Entry:
    return Entry(f"kb:{name}", name, "GPE", "province", "XX", lat, 0.0, extent_km)


LAND = Entry("gn:1", "Land", "GPE", "country", "XX", 0.0, 0.0, 500)


def known(monkeypatch: pytest.MonkeyPatch, *entries: Entry) -> None:
    monkeypatch.setattr(areas, "_areas", lambda: {"XX": entries})


def within(km: float, category: Category = "city", entity_id: str = "gn:9") -> tuple[str, ...]:
    """Return what a place lies in that is some kilometres north of the equator."""
    return lies_within(entity_id, category, "XX", km * KM, 0.0)


def test_places_of_the_data_files() -> None:
    assert lies_within("gn:170063", "city", "SY", 36.2, 37.15) == ("kb:sy-aleppo", "gn:163843")
    assert lies_within("gn:216281", "city", "CD", -1.67, 29.22) == ("kb:cd-north-kivu", "gn:203312")
    assert lies_within("gn:4188985", "city", "US", 32.46, -84.98) == ("gn:6252001",)  # on the border of two states
    assert lies_within("kb:us-georgia", "province", "US", 32.7, -83.4) == ("gn:6252001",)


def test_place_lies_in_a_province_well_within_its_extent_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, province("north", 0.0), LAND)
    assert within(100 * INSIDE - 1) == ("kb:north", "gn:1")
    assert within(100 * INSIDE + 1) == ("gn:1",)


def test_place_lies_in_the_plainly_nearer_of_two_provinces_by_their_extents(monkeypatch: pytest.MonkeyPatch) -> None:
    south, north = province("south", 0.0), province("north", 160 * KM)
    known(monkeypatch, north, LAND, south)
    assert 59 / 101 < CLEARER < 61 / 99
    assert within(59) == ("kb:south", "gn:1")
    assert within(61) == ("gn:1",)
    assert within(80) == ("gn:1",)
    assert within(101) == ("kb:north", "gn:1")
    known(monkeypatch, province("north", 160 * KM, 300), south)
    assert within(80) == ("kb:north",)  # 0.27 of its extent, and 0.8 of the other's


def test_extent_that_is_not_known_is_small_and_a_province_without_a_centre_holds_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known(monkeypatch, province("north", 0.0, None), province("south", None), LAND)
    assert within(44) == ("kb:north", "gn:1")
    assert within(46) == ("gn:1",)


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("city", ("kb:north", "gn:1")),
        ("town_or_village", ("kb:north", "gn:1")),
        ("facility", ("kb:north", "gn:1")),
        ("province", ("gn:1",)),
        ("country", ()),
        ("region", ()),
    ],
)
def test_what_lies_in_something(monkeypatch: pytest.MonkeyPatch, category: Category, expected: tuple[str, ...]) -> None:
    known(monkeypatch, province("north", 0.0), LAND)
    assert within(5, category) == expected


def test_where_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, province("north", 0.0), LAND)
    assert lies_within("gn:9", "city", None, 0.0, 0.0) == ()
    assert lies_within("gn:9", "city", "YY", 0.0, 0.0) == ()
    assert lies_within("gn:9", "city", "XX", None, 0.0) == ("gn:1",)
    assert lies_within("gn:9", "city", "XX", 0.0, None) == ("gn:1",)


def test_nothing_lies_in_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, province("north", 0.0), LAND)
    assert within(0, "city", "kb:north") == ("gn:1",)
    assert within(0, "province", "gn:1") == ()
