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
