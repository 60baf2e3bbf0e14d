"""Expressions of time: what they are, and what they mean on a publish date."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrich.language.timex.grammar import grammar
from services.enrich.language.timex.meaning import Context, Meaning, Tense
from services.enrich.language.timex.resolve import resolve

SATURDAY = date(2024, 11, 30)


def read(text: str, tense: Tense = "past", published: date | None = SATURDAY) -> list[tuple[str, str | None, str | None]]:
    """Return each expression with its interval."""
    made: list[tuple[str, str | None, str | None]] = []
    previous: Meaning | None = None
    for found in grammar("en").find(text):
        meaning = resolve(found.term, Context(published, tense, previous))
        previous = meaning if meaning.earliest else previous
        days = [None if day is None else day.isoformat() for day in (meaning.earliest, meaning.latest)]
        made.append((text[found.start : found.end], days[0], days[1]))
    return made


@pytest.mark.parametrize(
    ("text", "expression", "earliest", "latest"),
    [
        ("They came on Friday.", "Friday", "2024-11-29", "2024-11-29"),
        ("They came on Saturday.", "Saturday", "2024-11-30", "2024-11-30"),
        ("They came late Tuesday.", "late Tuesday", "2024-11-26", "2024-11-26"),
        ("They came on Thursday night.", "Thursday night", "2024-11-28", "2024-11-28"),
        ("They came last Friday.", "last Friday", "2024-11-29", "2024-11-29"),
        ("They came yesterday.", "yesterday", "2024-11-29", "2024-11-29"),
        ("It was shelled overnight.", "overnight", "2024-11-29", "2024-11-30"),
        ("It was shelled this morning.", "this morning", "2024-11-30", "2024-11-30"),
        ("They came last week.", "last week", "2024-11-18", "2024-11-24"),
        ("They came earlier this month.", "earlier this month", "2024-11-01", "2024-11-29"),
        ("Late last month they left.", "Late last month", "2024-10-21", "2024-10-31"),
        ("They came in March.", "March", "2024-03-01", "2024-03-31"),
        ("They came in December.", "December", "2023-12-01", "2023-12-31"),
        ("They came in early September 2023.", "early September 2023", "2023-09-01", "2023-09-10"),
        ("They came in late 2020.", "late 2020", "2020-09-01", "2020-12-31"),
        ("since 2016", "2016", "2016-01-01", "2016-12-31"),
        ("in the 1990s", "the 1990s", "1990-01-01", "1999-12-31"),
        ("the war of 2011-2014", "2011-2014", "2011-01-01", "2014-12-31"),
        ("on 27 November", "27 November", "2024-11-27", "2024-11-27"),
        ("on November 27, 2023,", "November 27, 2023", "2023-11-27", "2023-11-27"),
        ("from 3 to 5 March 2024", "3 to 5 March 2024", "2024-03-03", "2024-03-05"),
        ("on 2024-11-02", "2024-11-02", "2024-11-02", "2024-11-02"),
        ("three days ago", "three days ago", "2024-11-27", "2024-11-27"),
        ("two years ago", "two years ago", "2022-01-01", "2022-12-31"),
        ("in the past three days", "past three days", "2024-11-27", "2024-11-30"),
        ("over the past 24 hours", "past 24 hours", "2024-11-29", "2024-11-30"),
        ("in the past few days", "past few days", None, "2024-11-30"),
        ("in recent weeks", "recent weeks", None, "2024-11-30"),
        ("last winter", "last winter", "2023-12-01", "2024-02-29"),
        ("in spring 2023", "spring 2023", "2023-03-01", "2023-05-31"),
        ("within 72 hours", "72 hours", None, None),
        ("unless they leave by Dec. 10", "Dec. 10", "2024-12-10", "2024-12-10"),
        ("between 8 March and 9 April", "8 March and 9 April", "2024-03-08", "2024-04-09"),
        ("between December 28 and January 3", "December 28 and January 3", "2023-12-28", "2024-01-03"),
        ("nine deaths in the week to 7 April", "week to 7 April", "2024-04-01", "2024-04-07"),
        ("over the past day", "past day", "2024-11-29", "2024-11-30"),
        ("They came on 3 May 2024 and left later that month.", "later that month", "2024-05-01", "2024-05-31"),
        ("They came on Thursday and left the same day.", "the same day", "2024-11-28", "2024-11-28"),
        ("at 11:32 p.m. Thursday", "11:32 p.m. Thursday", "2024-11-28", "2024-11-28"),
        ("12 September 2024, 22:40", "12 September 2024, 22:40", "2024-09-12", "2024-09-12"),
        ("They hid until noon.", "noon", "2024-11-30", "2024-11-30"),
        ("the year-long war", "year-long", None, None),
        ("They exchange fire almost daily.", "daily", None, None),
        ("a two-month war", "two-month", None, None),
    ],
)
def test_expression(text: str, expression: str, earliest: str | None, latest: str | None) -> None:
    assert (expression, earliest, latest) in read(text)


@pytest.mark.parametrize(
    ("text", "expression", "day"),
    [
        ("Talks will begin on Monday.", "Monday", "2024-12-02"),
        ("Talks will begin on 3 December.", "3 December", "2024-12-03"),
        ("Talks will begin tomorrow.", "tomorrow", "2024-12-01"),
    ],
)
def test_expression_in_the_future(text: str, expression: str, day: str) -> None:
    assert (expression, day, day) in read(text, "future")


@pytest.mark.parametrize(
    "text",
    ["They may march.", "a 12-year-old boy", "Resolution 1701", "2000 people fled", "$2020", "He sat down and saw them.",
     "12,500 fighters", "version 2.2016", "In second place", "the sun rose"],
)  # fmt: skip
def test_no_expression(text: str) -> None:
    assert read(text) == []


def test_expression_hangs_on_the_one_before() -> None:
    assert read("It fell in 2012. It was retaken four years later.")[1] == ("four years later", "2016-01-01", "2016-12-31")


def test_without_a_publish_date_nothing_relative_is_resolved() -> None:
    found = read("They came on Friday, 3 March 2023, and last week, three days ago, overnight, in March.", published=None)
    assert [one for one in found if one[1]] == [("Friday, 3 March 2023", "2023-03-03", "2023-03-03")]


@given(st.text(max_size=200))
def test_nothing_makes_it_fail(text: str) -> None:
    for found in grammar("en").find(text):
        assert 0 <= found.start < found.end <= len(text)
    read(text)


@pytest.mark.parametrize(
    "text", ["1 " * 100_000, "March " * 30_000, "2016-" * 40_000, "twenty-" * 30_000, " " * 200_000, "a" * 200_000]
)
def test_time_is_linear(text: str) -> None:
    began = time.process_time()
    list(grammar("en").find(text))
    assert time.process_time() - began < 10


def test_newspaper_is_no_expression_of_time() -> None:
    assert read("The Daily Nation said so.") == []


def test_range_that_ends_before_it_begins_is_no_interval() -> None:
    assert read("It rained from 19 to 2 June.") == [("19 to 2 June", None, None)]
