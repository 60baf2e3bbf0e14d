"""Dates on the parse of the model: tense, what is said on another day, and names that only look like dates."""

from datetime import date

import pytest

from services.enrich.language.pipeline import Pipeline
from sitrep.contracts.enriched import DateExpression
from tests.quality.run import article
from tests.quality.when.answers import FR, MO, TH, TU, coming, last

SATURDAY = date(2024, 11, 30)


def dates(
    pipeline: Pipeline, text: str, published: str | None = "2024-11-30", language: str = "en"
) -> dict[str, DateExpression]:
    """Return the dates of a text by surface."""
    given = article("x", text, published or "2024-11-30", language=language)
    if published is None:
        given = given.model_copy(update={"published": None, "published_from": None})
    (enriched,) = pipeline.enrich([given])
    return {one.text: one for one in enriched.dates}


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("The army left on Friday.", "Friday", last(FR, SATURDAY)),
        ("The envoy will arrive on Friday.", "Friday", coming(FR, SATURDAY)),
        ("The envoy, who is due in the city on Thursday, said so.", "Thursday", coming(TH, SATURDAY)),
        ("Elections are scheduled for Thursday.", "Thursday", coming(TH, SATURDAY)),
        ("The talks had been due to end on Thursday.", "Thursday", last(TH, SATURDAY)),
        ("The border is closed until Thursday.", "Thursday", coming(TH, SATURDAY)),
        ("The fighting lasted until Thursday.", "Thursday", last(TH, SATURDAY)),
        ("It has promised to withdraw by Thursday.", "Thursday", coming(TH, SATURDAY)),
        ("The court is to rule on Thursday.", "Thursday", coming(TH, SATURDAY)),
        ("The dividend is payable on 2 January.", "2 January", date(2025, 1, 2)),
        ("The 2 January attack is a wound that does not close.", "2 January", date(2024, 1, 2)),
        ("They came in May.", "May", date(2024, 5, 31)),
    ],
)
def test_tense_of_the_clause_says_which_way_a_date_lies(pipeline: Pipeline, text: str, surface: str, day: date) -> None:
    assert dates(pipeline, text)[surface].latest == day


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ('"We will leave tomorrow," he said on Tuesday.', "tomorrow", "2024-11-27"),
        ('"They came last night," she told the radio on Monday. "We hid yesterday."', "yesterday", "2024-11-24"),
        ('In a letter dated 3 May he wrote to his sister: "We leave next week."', "next week", "2024-05-12"),
        ('"We will leave tomorrow," he said.', "tomorrow", "2024-12-01"),
        ("He said on Tuesday that they left. They will return tomorrow.", "tomorrow", "2024-12-01"),
    ],
)
def test_what_is_quoted_is_counted_from_the_day_of_the_saying(pipeline: Pipeline, text: str, surface: str, day: str) -> None:
    assert str(dates(pipeline, text)[surface].latest) == day


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said so.", "Rebels may march on Homs.", "The March 23 Movement took Sake.", "He reads the Sunday Times.",
        "A general admitted it on 60 Minutes.", "The second-largest city fell.", "Resolution 1701 was adopted.",
        "The army said 2016 rebels were killed in Aleppo.", "A 34-year-old man died.", "Nurse June Dlamini stayed.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(pipeline: Pipeline, text: str) -> None:
    assert dates(pipeline, text) == {}


def test_weekday_that_contradicts_its_date_is_warned_about(pipeline: Pipeline) -> None:
    found = dates(pipeline, "The bridge fell on Friday, Nov. 28, 2024, and on Friday 29 November.")
    assert (found["Friday, Nov. 28, 2024"].latest, found["Friday, Nov. 28, 2024"].warning) == (
        date(2024, 11, 28),
        "weekday_contradicts",
    )
    assert found["Friday 29 November"].warning is None


def test_vague_date_is_marked_and_one_that_hangs_on_nothing_has_no_day(pipeline: Pipeline) -> None:
    found = dates(pipeline, "In recent weeks around 3 May and on Friday and on 03/04/2024 they came.")
    assert found["recent weeks"].approximate
    assert found["3 May"].approximate
    assert (found["03/04/2024"].earliest, found["03/04/2024"].value, found["03/04/2024"].anchor) == (None, None, "none")
    unanchored = dates(pipeline, "They came on Friday.", published=None)["Friday"]
    assert (unanchored.earliest, unanchored.value, unanchored.anchor) == (None, None, "none")


def test_seasons_are_those_of_where_the_text_plays(pipeline: Pipeline) -> None:
    assert dates(pipeline, "Fires burned near Canberra, Australia, in the summer of 2020.")["summer of 2020"].earliest == date(
        2020, 12, 1
    )
    assert dates(pipeline, "Fires burned near Athens, Greece, in the summer of 2020.")["summer of 2020"].earliest == date(
        2020, 6, 1
    )


def test_dates_of_a_language_without_a_model_are_read_all_the_same(pipeline: Pipeline) -> None:
    text = "Les forces gouvernementales ont repris la ville lundi dernier, et les pourparlers reprendront mardi, selon l'ONU."
    (enriched,) = pipeline.enrich([article("x", text, "2024-11-30", language="fr")])
    assert enriched.enrichment.coverage == "partial"
    assert enriched.claims == ()
    days = {one.text: one.latest for one in enriched.dates}
    assert days == {"lundi dernier": last(MO, SATURDAY), "mardi": coming(TU, SATURDAY)}


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("On November 20 – a Wednesday – they came. Yesterday they left.", "Yesterday", "2024-11-29"),
        (
            "The attack of November 20 - the worst this year - killed 40. A suspect was arrested on Thursday.",
            "Thursday",
            "2024-11-28",
        ),
        ("Trump won on November 5 – and he meets Biden today.", "today", "2024-11-30"),
        ("Ukraine may have struck the base on Thursday.", "Thursday", "2024-11-28"),
        ("The man may have been shot on Wednesday, police said.", "Wednesday", "2024-11-27"),
        ("On 15 March 2011, protests began in Daraa. On 25 April the army entered the city.", "25 April", "2011-04-25"),
        ("In August 2012, he was arrested. In September he was released.", "September", "2012-09-30"),
        ("The UN Security Council meets on Monday to discuss it.", "Monday", "2024-12-02"),
        ("Turkey votes on Sunday.", "Sunday", "2024-12-01"),
        ("The truce, which starts on Monday, was agreed on Friday.", "Monday", "2024-12-02"),
        ("He is going to leave on Monday.", "Monday", "2024-12-02"),
        ("Residents can vote on Sunday.", "Sunday", "2024-12-01"),
        ("He must leave on Monday.", "Monday", "2024-12-02"),
        ("They agreed to meet on Monday.", "Monday", "2024-12-02"),
        ("The king is likely to leave on Monday.", "Monday", "2024-12-02"),
        ("He will meet Putin on Monday and fly to Beijing on Tuesday.", "Tuesday", "2024-12-03"),
        ("He will meet Putin on Monday before flying to Beijing on Tuesday.", "Tuesday", "2024-12-03"),
        ("On Friday, November 28, five died.", "Friday, November 28", "2024-11-28"),
        ("Police were called at 6:30 p.m. (1530 GMT) on Friday.", "6:30 p.m. (1530 GMT) on Friday", "2024-11-29"),
        (
            '"They killed my son yesterday," she told AFP. The army said on 3 May 2020 that it had left.',
            "yesterday",
            "2024-11-29",
        ),
        ('"We will strike tomorrow," he said. His deputy wrote a book on 3 May 2020.', "tomorrow", "2024-12-01"),
        ("Since the fall of Assad they wait.", "fall", None),
        ("They fought from November 2023 to February.", "November 2023 to February", "2024-02-29"),
        ("Dec. 20, 2023, through Jan. 5, they fought.", "Dec. 20, 2023, through Jan. 5", "2024-01-05"),
        ("Last week, on November 21, rebels attacked.", "Last week, on November 21", "2024-11-21"),
        ("In the last three months of 2023, 40 died.", "the last three months of 2023", "2023-12-31"),
        ("the last two weeks of November were bad.", "the last two weeks of November", "2024-11-30"),
        ("In the first nine months of the year they fled.", "the first nine months of the year", "2024-09-30"),
        ("Two held over blast\n\nRelated\nMarch 3, 2021\n\nPolice arrested two men on Friday.", "Friday", "2024-11-29"),
        ("The blast occurred at 7:45 on Tuesday evening.", "7:45 on Tuesday evening", "2024-11-26"),
        ("At 8:30 last night they came.", "8:30 last night", "2024-11-29"),
        ("The US changed after 9/11.", "9/11", None),
        ("In late summer 2023 they came.", "late summer 2023", "2023-08-31"),
        ("In the night of 28 to 29 November they came.", "the night of 28 to 29 November", "2024-11-29"),
        ("Overnight from 28 to 29 November they came.", "Overnight from 28 to 29 November", "2024-11-29"),
        ("on the night of November 27-28 they came.", "the night of November 27-28", "2024-11-28"),
        ("Last week Tuesday he came.", "Last week Tuesday", "2024-11-19"),
        ("About 2000 trucks entered Gaza.", "2000", None),
        ("At least 1600 buildings fell.", "1600", None),
        ("Law No. 10/2018 was passed.", "10/2018", None),
        ("The Good Friday Agreement holds.", "Good Friday", None),
        ("The Yom Kippur War was long.", "Yom Kippur", None),
        ("Armenian forces control the quarter.", "the quarter", None),
        ("At 5 p.m. local residents fled.", "5 p.m.", "2024-11-30"),
        ("#Aleppo\nMonday was quiet.", "Monday", "2024-11-25"),
        ("They fire from 6 p.m. to 6 a.m. daily.", "6 p.m. to 6 a.m.", "2024-12-01"),
        ("At 3 in the morning they came.", "3 in the morning", "2024-11-30"),
        ("They fought from Tuesday morning to Wednesday evening.", "Tuesday morning to Wednesday evening", "2024-11-27"),
        ("GENEVA, 01.11.2024 – Experts said yesterday that it fell.", "yesterday", "2024-10-31"),
        ("Shelling resumed last evening.", "last evening", "2024-11-29"),
    ],
)
def test_what_a_critical_reader_found(pipeline: Pipeline, text: str, surface: str, day: str | None) -> None:
    found = dates(pipeline, text).get(surface)
    assert (None if found is None else str(found.latest)) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("L'explosion a eu lieu vendredi à 18h.", ["2024-11-29"]),
        ("Le ministre a annoncé vendredi qu'il se rendra à Kiev.", ["2024-11-29"]),
        ("Ils se réuniront lundi et mardi.", ["2024-12-02", "2024-12-03"]),
        ("Le 3 mars, il sera là.", ["2025-03-03"]),
        ("L'armée se retira vendredi.", ["2024-11-29"]),
    ],
)
def test_tense_of_french(pipeline: Pipeline, text: str, days: list[str]) -> None:
    assert [str(one.latest) for one in dates(pipeline, text, language="fr").values()] == days
