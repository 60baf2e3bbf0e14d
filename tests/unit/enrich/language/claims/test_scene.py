"""Where and when a claim plays: in its words, in its sentence, or where the sentences just before it do."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.drafts import Draft
from services.enrich.language.claims.events import events
from services.enrich.language.claims.scene import BEFORE, IN_SENTENCE, TIME_REACH, TIMED_BEFORE, Setting, Stage
from services.enrich.language.claims.spans import Range
from services.enrich.language.coreference.resolve import Coreference
from services.enrich.language.entities.places import distance
from sitrep.contracts.enriched import ClaimType, DateExpression, Entity, Interval
from tests.support.parses import doc, span, token
from tests.unit.enrich.language.claims.build import FRIDAY, day, entity

FILL = "Prices rose 40 per cent."
DEAD = "Twelve civilians were killed"
ON_FRIDAY = Interval(earliest=FRIDAY, latest=FRIDAY)


def at(
    text: str,
    *contents: tuple[str, ClaimType],
    entities: tuple[Entity, ...] = (),
    dates: tuple[DateExpression, ...] = (),
    narrated: bool = False,
) -> list[Setting]:
    """Return where and when some parts of a text play, asked in order; somebody says them unless they are `narrated`."""
    parsed = doc(text)
    stage = Stage(parsed, entities, dates, Coreference(parsed, entities, ()))
    found = []
    for content, type_ in contents:
        part = span(parsed, content)
        words = Range(part.start, part.end)
        said = None if narrated else Attributed(words, part.root, None, Range(part.start, part.start), None)
        happens = tuple(events(parsed, words, part.root))
        found.append(stage.of(Draft(part, part.root, type_, said, happens)))
    return found


def places(text: str, content: str, *named: Entity, type_: ClaimType = "attack", narrated: bool = False) -> tuple[str, ...]:
    return at(text, (content, type_), entities=named, narrated=narrated)[0].places


def when(text: str, content: str, *dates: DateExpression, type_: ClaimType = "attack") -> Interval | None:
    return at(text, (content, type_), dates=dates)[0].when


def test_place_and_time_in_the_words_of_the_claim() -> None:
    text = "Rebels shelled Goma on Friday."
    (found,) = at(text, (text[:-1], "attack"), entities=(entity(text, "Goma"),), dates=(day(text, "Friday"),))
    assert found == Setting(("kb:goma",), when=ON_FRIDAY)


def test_every_place_of_its_words() -> None:
    text = "Rebels shelled the market in Goma and Kesra."
    assert places(text, text[:-1], entity(text, "Goma"), entity(text, "Kesra")) == ("kb:goma", "kb:kesra")


def test_place_that_the_claim_names_again() -> None:
    text = "Rebels entered Goma. They left the town at night."
    assert places(text, "They left the town at night", entity(text, "Goma"), type_="plan") == ("kb:goma",)


@pytest.mark.parametrize("type_", ["attack", "casualties", "plan", "position", "closure"])
def test_place_of_the_sentence_is_of_what_happened_there(type_: ClaimType) -> None:
    text = "In Goma on Friday, the army said, rebels shelled a market."
    found = places(text, "rebels shelled a market", entity(text, "Goma"), type_=type_)
    assert found == (("kb:goma",) if type_ in IN_SENTENCE else ())


def test_time_of_the_sentence() -> None:
    text = "In Goma on Friday, the army said, rebels shelled a market."
    friday = day(text, "Friday")
    assert when(text, "rebels shelled a market", friday) == ON_FRIDAY
    assert when(text, "rebels shelled a market", friday, type_="agreement") is None


def test_clause_plays_where_the_claim_before_it_in_the_sentence_does() -> None:
    text = "The army shelled Goma; rebels fled on Friday."
    first = ("The army shelled Goma", "attack")
    goma = (entity(text, "Goma"),)
    said: ClaimType = "displacement"
    assert [one.places for one in at(text, first, ("rebels fled on Friday", said), entities=goma)] == [("kb:goma",)] * 2  # type: ignore[arg-type]
    alone = at(text, first, ("rebels fled on Friday", "plan"), entities=goma)  # type: ignore[arg-type]
    assert [one.places for one in alone] == [("kb:goma",), ()]


def test_time_of_the_saying_is_not_that_of_the_event() -> None:
    text = "The army said on Friday that rebels shelled a market."
    assert when(text, "rebels shelled a market", day(text, "Friday")) is None
    assert when(text, "rebels shelled a market", day(text, "Friday"), type_="other") is None


@pytest.mark.parametrize("between", range(4))
@pytest.mark.parametrize("type_", ["casualties", "denial", "attack", "position", "plan"])
def test_place_is_inherited_within_the_reach_of_the_type(between: int, type_: ClaimType) -> None:
    text = " ".join(["Rebels shelled Goma on Friday.", *[FILL] * between, f"{DEAD}."])
    inherited = between + 1 <= BEFORE.get(type_, 0)
    assert places(text, DEAD, entity(text, "Goma"), type_=type_) == (("kb:goma",) if inherited else ())


def test_reach_of_casualties_is_longer_than_that_of_an_attack_and_plans_have_none() -> None:
    assert (BEFORE["casualties"], BEFORE["attack"]) == (2, 1)
    assert BEFORE.keys().isdisjoint({"plan", "position", "other"})


@pytest.mark.parametrize(("between", "inherited"), [(0, True), (1, False)])
def test_what_the_article_itself_states_plays_where_the_sentence_before_does(between: int, inherited: bool) -> None:
    text = " ".join(["Rebels shelled Goma on Friday.", *[FILL] * between, f"{DEAD}."])
    found = places(text, DEAD, entity(text, "Goma"), type_="plan", narrated=True)
    assert found == (("kb:goma",) if inherited else ())


def test_place_of_the_last_claim_goes_before_that_of_the_last_sentence() -> None:
    text = "Rebels shelled Goma on Friday. They had left Kesra. Twelve civilians were killed."
    goma, kesra = entity(text, "Goma"), entity(text, "Kesra")
    claimed = at(text, ("Rebels shelled Goma", "attack"), (DEAD, "casualties"), entities=(goma, kesra))
    assert [one.places for one in claimed] == [("kb:goma",), ("kb:goma",)]
    (only,) = at(text, (DEAD, "casualties"), entities=(goma, kesra))
    assert only.places == ("kb:kesra",)


@pytest.mark.parametrize("between", range(4))
@pytest.mark.parametrize("type_", ["casualties", "control"])
def test_time_is_inherited_within_two_sentences(between: int, type_: ClaimType) -> None:
    text = " ".join(["Rebels shelled Goma on Friday.", *[FILL] * between, f"{DEAD}."])
    inherited = type_ in TIMED_BEFORE and between + 1 <= TIME_REACH
    assert when(text, DEAD, day(text, "Friday"), type_=type_) == (ON_FRIDAY if inherited else None)


def test_reach_of_time_is_two_sentences() -> None:
    assert TIME_REACH == 2
    assert "control" not in TIMED_BEFORE


def test_open_time_is_nobody_elses() -> None:
    text = "Rebels have shelled the town since 2016. Twelve civilians were killed."
    since = day(text, "2016", date(2016, 1, 1), date(2016, 12, 31), granularity="year")
    assert when(text, DEAD, since, type_="casualties") is None
    (first, second) = at(text, ("Rebels have shelled the town since 2016", "attack"), (DEAD, "casualties"), dates=(since,))
    assert first.when == Interval(earliest=date(2016, 1, 1), latest=None)
    assert second.when is None


def test_what_lasts_has_no_time_of_another_sentence() -> None:
    text = "Rebels shelled the town on Friday. Shops shut on Sunday."
    assert when(text, "Shops shut", day(text, "Friday"), type_="closure") == ON_FRIDAY
    lasting = "The road is closed. It was shelled on Friday."
    friday = day(lasting, "Friday")
    found = at(lasting, ("The road is closed", "closure"), ("It was shelled on Friday", "attack"), dates=(friday,))
    assert [one.when for one in found] == [None, ON_FRIDAY]


def test_position_has_no_time() -> None:
    text = "Rebels shelled Goma on Friday."
    assert when(text, text[:-1], day(text, "Friday"), type_="position") is None


def test_plan_plays_where_it_says_and_nowhere_else() -> None:
    text = "Rebels shelled Goma on Friday. Twelve civilians were killed."
    (found,) = at(text, (DEAD, "plan"), entities=(entity(text, "Goma"),), dates=(day(text, "Friday"),))
    assert found == Setting()


def test_post_of_a_live_blog_begins_anew_on_its_day() -> None:
    text = "Rebels shelled Goma on Friday. 18:50 Twelve civilians were killed."
    saturday = FRIDAY + timedelta(days=1)
    dates = (day(text, "Friday"), day(text, "18:50", saturday, granularity="time", kind="time"))
    (found,) = at(text, (DEAD, "casualties"), entities=(entity(text, "Goma"),), dates=dates)
    assert found == Setting(when=Interval(earliest=saturday, latest=saturday))


COUNTRY: dict[str, Any] = {"category": "country", "country": "ET", "lat": 9.0, "lon": 40.0}
PROVINCE: dict[str, Any] = {"category": "province", "country": "ET", "lat": 11.5, "lon": 38.0, "extent_km": 150}
TOWN: dict[str, Any] = {"country": "ET", "lat": 11.1, "lon": 39.6}


def test_the_finest_of_places_that_lie_in_each_other_are_told_on() -> None:
    text = "Rebels shelled Dessie in the Amhara region in Ethiopia. Twelve civilians were killed."
    town, province = entity(text, "Dessie", **TOWN), entity(text, "Amhara region", **PROVINCE)
    country = entity(text, "Ethiopia", **COUNTRY)
    assert 1.0 < distance(11.1, 39.6, 11.5, 38.0) / 150 < 1.5
    assert places(text, DEAD, town, province, country, type_="casualties") == ("kb:dessie",)
    far = entity(text, "Dessie", **{**TOWN, "lat": 4.0})
    assert places(text, DEAD, far, province, country, type_="casualties") == ("kb:dessie", "kb:amhara-region")
    abroad = entity(text, "Dessie", **{**TOWN, "country": "ER"})
    assert places(text, DEAD, abroad, country, type_="casualties") == ("kb:dessie", "kb:ethiopia")
    unplaced = entity(text, "Dessie", **{**TOWN, "lat": None, "lon": None})
    assert places(text, DEAD, unplaced, province, type_="casualties") == ("kb:dessie", "kb:amhara-region")


@pytest.mark.parametrize(
    ("text", "country", "placed"),
    [
        ("Ethiopia shelled a market.", "Ethiopia", False),
        ("Rebels shelled Dessie in the Amhara region in Ethiopia.", "Ethiopia", True),
        ("Families fled Lebanon.", "Lebanon", True),
        ("Rebels shelled a port in Russia's far east.", "Russia", True),
        ("Rebels hold a third of Pakistan.", "Pakistan", True),
        ("The Goma market was shelled.", "Goma", False),
        ("Korenevo fell.", "Korenevo", False),
    ],
)
def test_country_is_a_place_only_where_the_words_say_so(text: str, country: str, placed: bool) -> None:
    found = places(text, text[:-1], entity(text, country, category="country"))
    assert found == ((f"kb:{country.lower()}",) if placed else ())


def test_province_that_qualifies_a_noun_is_no_place() -> None:
    text = "The Goma market was shelled."
    assert places(text, text[:-1], entity(text, "Goma", category="province")) == ()


@pytest.mark.parametrize(
    ("text", "name", "label", "placed"),
    [
        ("The Goma market was shelled.", "Goma", "GPE", True),
        ("Kesra Airport burned.", "Kesra Airport", "FAC", True),
        ("Korenevo fell.", "Korenevo", "GPE", True),
        ("Korenevo denied the report.", "Korenevo", "GPE", False),
        ("The Kesra-based militia shelled a market.", "Kesra", "GPE", False),
        ("A lawyer from Quetta was killed.", "Quetta", "GPE", False),
        ("Rebels shelled Goma from Kesra.", "Kesra", "GPE", True),
        ("Rebels took Goma.", "Rebels", "ORG", False),
        ("Ana Ruiz met the Red Cross and the Finns.", "Red Cross", "ORG", False),
    ],
)
def test_name_that_says_where_and_name_that_says_of_whom(text: str, name: str, label: str, placed: bool) -> None:
    found = places(text, text[:-1], entity(text, name, label=label), narrated=True)
    assert found == ((f"kb:{name.lower().replace(' ', '-')}",) if placed else ())


@pytest.mark.parametrize(
    ("text", "name", "placed"),
    [
        ("The Idlib directorate said 12 people had died.", "Idlib", False),
        ("An official in Kesra said 12 people had died.", "Kesra", False),
        ("Residents of Kesra said 12 people had died.", "Kesra", True),
    ],
)
def test_place_of_a_speaker_is_that_of_the_event_only_of_those_who_saw_it(text: str, name: str, placed: bool) -> None:
    found = places(text, "12 people had died", entity(text, name), type_="casualties")
    assert found == ((f"kb:{name.lower()}",) if placed else ())


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("Rebels shelled Bama as the envoy spoke in Mogadishu.", "Bama", "Mogadishu"),
        ("Rebels shelled Bama, as in Mosul.", "Bama", "Mosul"),
        ("Rebels took Djibo, the capital of Soum.", "Djibo", "Soum"),
    ],
)
def test_place_that_is_told_of_in_passing_is_none_of_it(text: str, first: str, other: str) -> None:
    assert places(text, text[:-1], entity(text, first), entity(text, other)) == (f"kb:{first.lower()}",)


def test_time_of_a_clause_that_only_describes_is_none_of_it() -> None:
    text = "Bama, which the army lost in 2014, was shelled."
    year = day(text, "2014", date(2014, 1, 1), date(2014, 12, 31), granularity="year")
    (found,) = at(text, (text[:-1], "plan"), entities=(entity(text, "Bama"),), dates=(year,))
    assert found == Setting(("kb:bama",))


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
    assert when(text, text[:-1], day(text, "Friday")) == Interval(earliest=earliest, latest=latest)


def test_days_of_a_list_are_one_time() -> None:
    text = "Rebels shelled the town on November 25, 26 and 27."
    content, first = text[:-1], date(2024, 11, 25)
    days = [day(text, words, first + timedelta(days=n)) for n, words in enumerate(("November 25", "26", "27"))]
    assert when(text, content, *days) == Interval(earliest=first, latest=date(2024, 11, 27))
    assert when(text, content, days[0], days[2]) == Interval(earliest=first, latest=first)
    month = day(text, "26", date(2024, 11, 26), granularity="month")
    assert when(text, content, days[0], month) == Interval(earliest=first, latest=first)
    past = day(text, "26", date(2024, 11, 20))
    assert when(text, content, days[0], past) == Interval(earliest=first, latest=first)


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        ("Talks were held in Astana on Friday. Twelve civilians were killed.", DEAD, "Astana"),
        ("The monitor, which is based in Britain, said 826 people had been killed.", "826 people had been killed", "Britain"),
    ],
)
def test_town_of_talks_and_seat_of_a_speaker_are_not_where_it_happened(text: str, content: str, name: str) -> None:
    assert places(text, content, entity(text, name), type_="casualties") == ()


def test_dateline_is_not_where_and_when_it_happened() -> None:
    text = "GENEVA, Nov 29 - Nine people were killed in air strikes."
    named, dates = (entity(text, "GENEVA"),), (day(text, "Nov 29"),)
    assert at(text, ("Nine people were killed in air strikes", "casualties"), entities=named, dates=dates) == [Setting()]
    agency = "GOMA, Congo (Reuters) - Rebels took the airport."
    assert places(agency, agency[:-1], entity(agency, "GOMA"), type_="control") == ()


@pytest.mark.parametrize(
    ("text", "type_", "origins", "destinations"),
    [
        ("Families fled from Goma to Kesra.", "displacement", ("kb:goma",), ("kb:kesra",)),
        ("Families fled Goma for Kesra.", "displacement", ("kb:goma",), ("kb:kesra",)),
        ("Troops marched into Kesra from Goma.", "movement", ("kb:goma",), ("kb:kesra",)),
        ("Rebels entered Goma from Kesra.", "movement", ("kb:kesra",), ("kb:goma",)),
        ("Rebels entered Goma from Kesra.", "displacement", (), ()),
        ("Rebels shelled Goma from Kesra.", "attack", (), ()),
    ],
)
def test_movement_begins_and_leads_somewhere(
    text: str, type_: ClaimType, origins: tuple[str, ...], destinations: tuple[str, ...]
) -> None:
    (found,) = at(text, (text[:-1], type_), entities=(entity(text, "Goma"), entity(text, "Kesra")))
    assert (found.origins, found.destinations) == (origins, destinations)
    assert set(found.places) == {"kb:goma", "kb:kesra"}


def staged(text: str, *dates: DateExpression) -> Stage:
    parsed = doc(text)
    return Stage(parsed, (), dates, Coreference(parsed, (), ()))


def test_when_it_was_said_hangs_on_the_verb_of_saying() -> None:
    text = "Rebels took Goma, the army said on Friday."
    stage = staged(text, day(text, "Friday"))
    assert stage.said(token(stage.doc, "said"), span(stage.doc, "Rebels took Goma")) == ON_FRIDAY
    assert stage.said(token(stage.doc, "took"), span(stage.doc, "Rebels took Goma")) is None
    assert stage.said(token(stage.doc, "said"), span(stage.doc, "the army said on Friday")) is None
    own = "The army said rebels had left Goma on Friday."
    stage = staged(own, day(own, "Friday"))
    assert stage.said(token(stage.doc, "said"), span(stage.doc, "rebels had left Goma on Friday")) is None
    stage = staged(text, day(text, "Friday", kind="duration"))
    assert stage.said(token(stage.doc, "said"), span(stage.doc, "Rebels took Goma")) is None


def test_dates_beside_a_claim_are_those_of_its_sentence() -> None:
    text = "Rebels shelled the town on Friday. Shops shut on Sunday."
    friday, sunday = day(text, "Friday"), day(text, "Sunday", date(2024, 12, 1))
    stage = staged(text, friday, sunday)
    part = span(stage.doc, "Shops shut")
    assert stage.dates_beside(Draft(part, part.root, "closure", None)) == [sunday]
