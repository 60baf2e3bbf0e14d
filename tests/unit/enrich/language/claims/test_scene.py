"""Where and when a claim plays: in its words, in its sentence, or where the sentences before it do."""

from datetime import date
from typing import Any

import pytest

from services.enrich.language.claims.scene import FAR, FAR_IN_TIME, Stage
from services.enrich.language.coreference.resolve import Coreference
from sitrep.contracts.enriched import ClaimType, DateExpression, Entity, Interval
from tests.support.parses import doc, span
from tests.unit.enrich.language.claims.build import FRIDAY, day, entity

FILL = "Prices rose 40 per cent."


def at(
    text: str, content: str, entities: list[Entity], dates: list[DateExpression], type_: ClaimType = "attack"
) -> tuple[tuple[str, ...], Interval | None]:
    parsed = doc(text)
    part = span(parsed, content)
    return Stage(parsed, entities, dates, Coreference(parsed, entities, ())).of(part, part.root, type_)


def test_place_and_time_in_the_words_of_the_claim() -> None:
    text = "Rebels shelled Goma on Friday."
    found = at(text, "Rebels shelled Goma on Friday", [entity(text, "Goma")], [day(text, "Friday")])
    assert found == (("kb:goma",), Interval(earliest=FRIDAY, latest=FRIDAY))


def test_place_that_the_claim_names_again() -> None:
    text = "Rebels entered Goma. They left the town at night."
    assert at(text, "They left the town at night", [entity(text, "Goma")], [], "plan") == (("kb:goma",), None)


def test_place_and_time_of_the_sentence() -> None:
    text = "In Goma on Friday, the army said, rebels shelled a market."
    found = at(text, "rebels shelled a market", [entity(text, "Goma")], [day(text, "Friday")])
    assert found == (("kb:goma",), Interval(earliest=FRIDAY, latest=FRIDAY))


def test_time_of_the_saying_is_not_that_of_the_event() -> None:
    text = "The army said on Friday that rebels shelled a market."
    assert at(text, "rebels shelled a market", [], [day(text, "Friday")]) == ((), None)


@pytest.mark.parametrize(("between", "inherited"), [(0, True), (FAR - 1, True), (FAR, False), (FAR + 3, False)])
def test_place_is_inherited_within_reach(between: int, inherited: bool) -> None:
    text = " ".join(["Rebels shelled Goma on Friday.", *[FILL] * between, "Twelve civilians were killed."])
    places, _ = at(text, "Twelve civilians were killed", [entity(text, "Goma")], [], "casualties")
    assert places == (("kb:goma",) if inherited else ())


@pytest.mark.parametrize(("between", "inherited"), [(0, True), (FAR_IN_TIME - 1, True), (FAR_IN_TIME, False)])
def test_time_is_inherited_within_a_shorter_reach(between: int, inherited: bool) -> None:
    text = " ".join(["Rebels shelled Goma on Friday.", *[FILL] * between, "Twelve civilians were killed."])
    _, when = at(text, "Twelve civilians were killed", [], [day(text, "Friday")], "casualties")
    assert (when is not None) is inherited


def test_plan_plays_where_it_says_and_nowhere_else() -> None:
    text = "Rebels shelled Goma on Friday. Twelve civilians were killed."
    assert at(text, "Twelve civilians were killed", [entity(text, "Goma")], [day(text, "Friday")], "plan") == ((), None)


def test_post_of_a_live_blog_begins_anew() -> None:
    text = "Rebels shelled Goma on Friday. 18:50 Twelve civilians were killed."
    dates = [day(text, "Friday"), day(text, "18:50", granularity="time", kind="time")]
    places, _ = at(text, "Twelve civilians were killed", [entity(text, "Goma")], dates, "casualties")
    assert places == ()


COUNTRY: dict[str, Any] = {"category": "country", "country": "ET", "lat": 9.0, "lon": 40.0}
PROVINCE: dict[str, Any] = {"category": "province", "country": "ET", "lat": 11.5, "lon": 38.0, "extent_km": 150}
TOWN: dict[str, Any] = {"country": "ET", "lat": 11.1, "lon": 39.6}


def test_the_finest_of_places_that_lie_in_each_other() -> None:
    text = "Rebels shelled Dessie in the Amhara region in Ethiopia."
    town, province, country = (
        entity(text, "Dessie", **TOWN),
        entity(text, "Amhara region", **PROVINCE),
        entity(text, "Ethiopia", **COUNTRY),
    )
    content = "Rebels shelled Dessie in the Amhara region in Ethiopia"
    assert at(text, content, [town, province, country], [])[0] == ("kb:dessie",)
    far = entity(text, "Dessie", **{**TOWN, "lat": 4.0})
    assert at(text, content, [far, province, country], [])[0] == ("kb:dessie", "kb:amhara-region")
    abroad = entity(text, "Dessie", **{**TOWN, "country": "ER"})
    assert at(text, content, [abroad, country], [])[0] == ("kb:dessie", "kb:ethiopia")


def test_country_is_a_place_only_behind_a_preposition() -> None:
    text = "Ethiopia shelled a market."
    assert at(text, "Ethiopia shelled a market", [entity(text, "Ethiopia", **COUNTRY)], [])[0] == ()


@pytest.mark.parametrize(
    ("word", "earliest", "latest"),
    [
        ("since", FRIDAY, None),
        ("until", None, FRIDAY),
        ("before", None, date(2024, 11, 28)),
        ("on", FRIDAY, FRIDAY),
    ],
)
def test_preposition_opens_an_end(word: str, earliest: date | None, latest: date | None) -> None:
    text = f"Rebels shelled the town {word} Friday."
    _, when = at(text, f"Rebels shelled the town {word} Friday", [], [day(text, "Friday")])
    assert when == Interval(earliest=earliest, latest=latest)


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        ("Talks were held in Astana on Friday. Twelve civilians were killed.", "Twelve civilians were killed", "Astana"),
        ("The monitor, which is based in Britain, said 826 people had been killed.", "826 people had been killed", "Britain"),
    ],
)
def test_town_of_talks_and_seat_of_a_speaker_are_not_where_it_happened(text: str, content: str, name: str) -> None:
    assert at(text, content, [entity(text, name)], [], "casualties")[0] == ()


def test_dateline_is_not_where_it_happened() -> None:
    text = "GENEVA, Nov 29 - Nine people were killed in air strikes."
    assert at(text, "Nine people were killed in air strikes", [entity(text, "GENEVA")], [], "casualties")[0] == ()
