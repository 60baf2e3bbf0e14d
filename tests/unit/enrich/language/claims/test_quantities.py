"""How many: each kind of number in words and digits, with its bounds, its unit and what befell those who are counted."""

import pytest

from services.enrich.language.claims.quantities import quantities
from services.enrich.language.claims.spans import Range
from services.enrich.language.coreference.resolve import Coreference
from sitrep.contracts.enriched import DateExpression, Quantity
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import day


def of(text: str, *dates: DateExpression) -> list[Quantity]:
    parsed = doc(text)
    return list(quantities(parsed, text, Range(0, len(parsed)), dates, Coreference(parsed, (), ())))


@pytest.mark.parametrize(
    ("text", "surface", "low", "high", "approximate"),
    [
        ("Twelve civilians were killed.", "Twelve", 12, 12, False),
        ("At least 27 civilians were killed.", "At least 27", 27, None, False),
        ("More than 1,200 people fled the city.", "More than 1,200", 1200, None, False),
        ("Up to 40 fighters were captured.", "Up to 40", None, 40, False),
        ("Nearly 300 homes were destroyed.", "Nearly 300", None, 300, False),
        ("About 15 soldiers were wounded.", "About 15", 15, 15, True),
        ("Dozens of people were injured.", "Dozens", 24, None, False),
        ("Scores of villagers were detained.", "Scores", 40, None, False),
        ("Hundreds of families fled Rutshuru.", "Hundreds", 200, None, False),
        ("Tens of thousands of people fled the camp.", "Tens of thousands", 20_000, None, False),
        ("Millions of people were displaced.", "Millions", 2_000_000, None, False),
        ("Two million people were displaced.", "Two million", 2_000_000, 2_000_000, False),
        ("Some 1.5 million people were displaced.", "Some 1.5 million", 1_500_000, 1_500_000, True),
        ("Two and a half million people were displaced.", "Two and a half million", 2_500_000, 2_500_000, False),
        ("Half a dozen soldiers were wounded.", "Half a dozen", 6, 6, False),
        ("A score of villagers were killed.", "A score", 20, 20, False),
        ("Some 1.5m people fled the city.", "Some 1.5m", 1_500_000, 1_500_000, True),
        ("12.500 people fled the city.", "12.500", 12_500, 12_500, False),
        ("8,3 million people fled the city.", "8,3 million", 8_300_000, 8_300_000, False),
        ("The death toll rose to 41 from 26.", "41", 41, 41, False),
        ("The death toll rose from 41 to 58.", "41 to 58", 58, 58, False),
        ("Aleppo 12 dead.", "12", 12, 12, False),
        ("Rebels hold half of Aleppo.", "half", 0.5, 0.5, False),
        ("The army controls a third of the province.", "a third", 0.33, 0.33, False),
        ("The army controls a quarter of the province.", "a quarter", 0.25, 0.25, False),
        ("Rebels hold most of the city.", "most of", 0.5, 1.0, False),
        ("The army controls 70 per cent of the country.", "70 per cent", 0.7, 0.7, False),
        ("The army controls 12.5% of the country.", "12.5%", 0.125, 0.125, False),
    ],
)  # fmt: skip
def test_number(text: str, surface: str, low: float | None, high: float | None, approximate: bool) -> None:
    (found,) = of(text)
    assert (found.text, found.min, found.max, found.approximate) == (surface, low, high, approximate)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "unit", "of_what", "what"),
    [
        ("Twelve civilians were killed.", "person", "civilians", "killed"),
        ("About 15 soldiers were wounded.", "person", "soldiers", "injured"),
        ("Hundreds of families fled Rutshuru.", "person", "families", "displaced"),
        ("Scores of villagers were detained.", "person", "villagers", "detained"),
        ("Nearly 300 homes were destroyed.", "item", "homes", "destroyed"),
        ("Rebels captured six villages.", "place", "villages", "captured"),
        ("The army lost four tanks.", "vehicle", "tanks", "other"),
        ("Russia fired 40 missiles.", "weapon", "missiles", "other"),
        ("Rebels hold half of Aleppo.", "share", "Aleppo", "controlled"),
        ("The ministry put the death toll at 41.", "person", None, "killed"),
        ("The death toll rose from 41 to 58.", "person", None, "killed"),
        ("A score of villagers were killed.", "person", "villagers", "killed"),
        ("Troops shot down two drones.", "weapon", "drones", "destroyed"),
        ("Police shot two men.", "person", "men", "other"),
        ("Aleppo 12 dead.", "person", None, "killed"),
        ("32 wounded were flown out.", "person", None, "injured"),
    ],
)
def test_what_is_counted_and_what_befell_it(text: str, unit: str, of_what: str | None, what: str) -> None:
    (found,) = of(text)
    assert (found.unit, found.of, found.what) == (unit, of_what, what)


@pytest.mark.parametrize(
    "text",
    [
        "The fighting lasted three days.",
        "The town lies 40 kilometres south of Aleppo.",
        "The aid was worth 20 dollars.",
        "Several people were killed.",
    ],
)
def test_what_is_no_count(text: str) -> None:
    assert of(text) == []


def test_two_numbers_in_order() -> None:
    text = "Twelve people were killed and 30 were wounded."
    assert [(found.text, found.what) for found in of(text)] == [("Twelve", "killed"), ("30", "injured")]


def test_only_what_stands_in_the_claim_is_counted() -> None:
    text = "Twelve people were killed and 30 were wounded."
    assert [found.text for found in quantities(doc(text), text, Range(0, 4), (), Coreference(doc(text), (), ()))] == ["Twelve"]


def test_of_them_is_whom_the_pronoun_stands_for() -> None:
    *_, three = of("Eleven guards were held. Three of them were wounded.")
    assert (three.min, three.of, three.what, three.unit) == (3, "guards", "injured", "person")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("98 civilians, among them 35 children and 11 women, were killed in Idlib.",
         [(98, "civilians", "killed", None), (35, "children", "killed", 0), (11, "women", "killed", 0)]),
        ("At least 33 people, including 21 women, were killed.", [(33, "people", "killed", None), (21, "women", "killed", 0)]),
        ("Eleven people, four of them children, have been killed.", [(11, "people", "killed", None), (4, "people", "killed", 0)]),
        ("The strike killed 35 soldiers and 11 women.", [(35, "soldiers", "killed", None), (11, "women", "killed", None)]),
        ("The blast killed a child and wounded two soldiers.", [(1, "child", "killed", None), (2, "soldiers", "injured", None)]),
        ("A police officer was killed in Goma.", [(1, "police officer", "killed", None)]),
        ("A soldier killed three men.", [(3, "men", "killed", None)]),
        ("Gunmen shot dead three policemen in Hama.", [(3, "policemen", "killed", None)]),
        ("At least 18 civilians were reported killed.", [(18, "civilians", "killed", None)]),
        ("The war left some 30,000 people dead.", [(30_000, "people", "killed", None)]),
        ("Hospitals have treated nearly 3,000 wounded.", [(None, None, "injured", None)]),
        ("Five of the 31 villagers were killed.", [(5, "villagers", "killed", 1), (31, "villagers", "killed", None)]),
        ("Idlib: 6 killed, 41 injured.", [(6, None, "killed", None), (41, None, "injured", None)]),
        ("People displaced: 3,100 in Pibor, 2,100 in Akobo.",
         [(3100, None, "displaced", None), (2100, None, "displaced", None)]),
        ("Civilians killed: 5", [(5, None, "killed", None)]),
        ("Three people were shot dead.", [(3, "people", "killed", None)]),
        ("The raid wounded 45, and nine have been killed.", [(45, None, "injured", None), (9, None, "killed", None)]),
        ("One in four homes was destroyed.", [(0.25, "homes", "destroyed", None)]),
        ("The share was between 10 and 12 per cent.", [(0.1, None, "other", None)]),
    ],
)  # fmt: skip
def test_parts_single_persons_and_what_befell_them(
    text: str, expected: list[tuple[float | None, str | None, str, int | None]]
) -> None:
    assert [(one.min, one.of, one.what, one.part_of) for one in of(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "No one was hurt.", "The two sides met in Geneva.", "Children as young as eight were killed.", "The youngest was a boy of seven.",
        "A magnitude 6.3 earthquake hit Nepal.", "The 25th Division took Hama.", "The 7 October Brigade took Hama.",
        "A shell hit ward 18.", "Guards held checkpoint three.", "Rebels stood 300m from the gate.",
        "A third soldier was killed.", "A missile hit a five-storey block.", "Every one of them fled.",
    ],
)  # fmt: skip
def test_what_counts_nobody(text: str) -> None:
    assert of(text) == []


def test_of_a_whole_that_is_told_before_its_part() -> None:
    whole, part = of("Of the 40 wounded, 12 are children.")
    assert (whole.min, whole.what, whole.part_of) == (40, "injured", None)
    assert (part.min, part.part_of) == (12, 0)


def test_digits_of_a_date_are_no_count_and_what_stands_behind_them_is() -> None:
    text = "On December 12 500 residents fled."
    (found,) = of(text, day(text, "December 12"))
    assert (found.text, found.min, found.max, found.of, found.what) == ("500", 500, 500, "residents", "displaced")
    listed = "Rebels shelled the town on November 25, 26 and 27."
    assert of(listed, *(day(listed, words) for words in ("November 25", "26", "27"))) == []
