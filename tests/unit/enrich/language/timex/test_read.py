"""The dates of a text in order: posts, datelines, what was told before, and a language that no model parses."""

from collections.abc import Sequence
from datetime import date

import pytest

from services.enrich.language.timex.grammar import grammar
from services.enrich.language.timex.meaning import Context, Tense
from services.enrich.language.timex.read import dates_unparsed, has_grammar, read
from services.enrich.language.timex.tense import tense_by_words, words
from tests.quality.run import article

SATURDAY = date(2024, 11, 30)


def days(text: str, published: date | None = SATURDAY, tense: Tense = "past") -> list[tuple[str, str | None]]:
    """Return each expression with its last day."""
    found = list(grammar("en").find(text))
    context = Context(published, "past", None)
    resolved = read(text, found, context, lambda _: tense, words("en")["stamp"])
    return [(text[one.start : one.end], str(meaning.latest) if meaning.latest else None) for one, meaning in resolved]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Live\n\n09:30\n\nThey left today.\n\n08:10\n\nThey came yesterday.", ["2024-11-30", "2024-11-30", "2024-11-30", "2024-11-29"]),
        ("Live\n\n00:15\nToday they came.\n\n23:40\nToday they left.", ["2024-11-30", "2024-11-30", "2024-11-29", "2024-11-29"]),
        ("Live\n\n22:10\nThey fled today.\n\n23:40\nThey fled today.\n\n00:15\nThey fled today.", ["2024-11-29"] * 4 + ["2024-11-30"] * 2),
        ("Live\n\n09:00 GMT, 29 November\n\nThey left today.", ["2024-11-29", "2024-11-29"]),
        ("Live\n\n28 November, 21:30\n\nThey left today.", ["2024-11-28", "2024-11-28"]),
        ("Live\n\nPublished at 17:15 Greenwich Mean Time 26 November\nThey left today.", ["2024-11-26", "2024-11-26"]),
        ("Live\n\n[14:05 EET] They left today.", ["2024-11-30", "2024-11-30"]),
        ("Live\n\n2024-11-27 09:00\nThey left today.", ["2024-11-27", "2024-11-27"]),
        ("Live\n\n9.30am – They left yesterday.", ["2024-11-30", "2024-11-29"]),
        ("Diary\n\nTuesday, 26 November\nThey left today.", ["2024-11-26", "2024-11-26"]),
        ("Live\n\nYesterday, 9:50 pm\nThey left today.\n\nYesterday, 6:05 am\nThey came today.", ["2024-11-29"] * 4),
        ("They came on Friday at noon.\nThey left today.", ["2024-11-29", "2024-11-30"]),
    ],
)  # fmt: skip
def test_post_is_counted_from_its_own_stamp(text: str, expected: Sequence[str]) -> None:
    assert [day for _, day in days(text)] == list(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SARMADA, November 21, 2024 (Orontes Post) - They came on Wednesday.", "2024-11-20"),
        ("Talks\n\nNairobi – 21 November 2024 – They came on Wednesday.", "2024-11-20"),
        ("KABUL, Nov. 21 (Xinhua) -- They came on Wednesday.", "2024-11-20"),
        (
            "SARMADA, November 21, 2023 (Orontes Post) - They came on Wednesday.",
            "2024-11-27",
        ),  # a year before: no dateline of this text
        ("SARMADA, November 21, 2024, was quiet. They came on Wednesday.", "2024-11-27"),
        ("The pact of 21 November 2024 - the second - was broken on Wednesday.", "2024-11-27"),
    ],
)
def test_dateline_is_the_day_of_its_text(text: str, expected: str) -> None:
    assert days(text)[-1] == ("Wednesday", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They came on Wednesday. At 4 pm they left.", "2024-11-27"),
        ("They came on 6 April 1994. At 8:20 pm a missile struck.", "1994-04-06"),
        ("They came on Wednesday.\n\nAt 4 pm they left.", "2024-11-27"),
        ("They came on 6 April 1994.\n\nAt 4 pm they left.", "2024-11-30"),
        ("They came on Wednesday.\n\n" + "x " * 600 + "At 4 pm they left.", "2024-11-30"),
        ("They came on Wednesday at 11:45 pm. At 3 am they left.", "2024-11-28"),
        ("They came on Wednesday night. At 3 am they left.", "2024-11-28"),
        ("They came on Wednesday at 9 am. At 3 am they left.", "2024-11-27"),
        ("They came on Wednesday, for the first time since May. They left at dusk.", "2024-11-27"),
        ("They left at dusk.", "2024-11-30"),
    ],
)
def test_clock_time_is_on_the_day_that_is_told(text: str, expected: str) -> None:
    assert days(text)[-1][1] == expected


def test_next_comparison_is_counted_from_the_same_date() -> None:
    text = "In the third quarter it earned more than a year earlier. Sales fell from a year earlier."
    assert [day for _, day in days(text)] == ["2024-09-30", "2023-09-30", "2023-09-30"]


def test_language_without_a_model_tells_the_tense_by_its_words() -> None:
    text = "L'armée a repris la ville jeudi, et les pourparlers reprendront lundi. Ils ont jusqu'à mardi. Le camp a brûlé le 1er mai."
    dates = dates_unparsed(article("x", text, "2024-11-30", language="fr"), text, "fr")
    assert [(one.text, str(one.latest)) for one in dates] == [
        ("jeudi", "2024-11-28"), ("lundi", "2024-12-02"), ("mardi", "2024-12-03"), ("1er mai", "2024-05-01"),
    ]  # fmt: skip
    assert all(text[one.start : one.end] == one.text for one in dates)


def test_name_that_ends_like_a_verb_is_none() -> None:
    text = "À Guera lundi"
    found = next(iter(grammar("fr").find(text)))
    assert tense_by_words(text, found, words("fr")) == "past"


def test_languages_with_a_grammar() -> None:
    assert has_grammar("fr")
    assert has_grammar("en")
    assert not has_grammar("xx")
    assert not has_grammar("../en")
    assert not has_grammar("")
