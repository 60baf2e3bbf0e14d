"""What numbers are worth."""

import pytest

from services.enrich.language.numerals import BOUNDS, MULTIPLES, NUMBERS, PLURALS, SCALES, SHARES, number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7), ("1,200", 1200), ("seven", 7), ("Twenty-six", 26), ("a dozen", 12), ("a couple", 2), ("couple of", 2), ("a hundred", 100), ("two hundred", 200),
        ("two hundred and six", 206), ("few", None), ("several", None), ("zero", None), ("", None),
    ],
)  # fmt: skip
def test_number(text: str, expected: int | None) -> None:
    assert number(text) == expected


def test_plurals_are_at_least_two_of_their_unit() -> None:
    assert PLURALS == {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
    assert MULTIPLES == {"tens": 10, "hundreds": 100}
    assert SCALES == {
        "billion": 10**9, "crore": 10**7, "lakh": 10**5, "million": 10**6, "thousand": 1000, "hundred": 100,
    }  # fmt: skip


def test_shares_are_fractions_of_one() -> None:
    by_phrase = {phrase: (low, high) for phrases, low, high in SHARES for phrase in phrases}
    assert by_phrase["half"] == (0.5, 0.5)
    assert by_phrase["a third"] == by_phrase["one third"] == (0.33, 0.33)
    assert by_phrase["a quarter"] == (0.25, 0.25)
    assert by_phrase["most of"] == (0.5, 1.0)
    assert by_phrase["all of"] == (1.0, 1.0)


def test_every_small_number_is_there_and_no_phrase_bounds_twice() -> None:
    assert sorted(set(NUMBERS.values())) == [*range(20), 20, 30, 40, 50, 60, 70, 80, 90, 100]
    assert [NUMBERS[word] for word in ("one", "eleven", "nineteen", "ninety", "a", "an", "dozen", "couple")] == [
        1,
        11,
        19,
        90,
        1,
        1,
        12,
        2,
    ]
    phrases = [phrase for kind in BOUNDS.values() for phrase in kind]
    assert len(phrases) == len(set(phrases))
