"""Numbers in digits and words, as ranges."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrich.language.counts import cardinal, counts


@pytest.mark.parametrize(
    ("text", "surface", "low", "high"),
    [
        ("twenty-six soldiers", "twenty-six", 26, 26),
        ("one hundred and twenty rebels", "one hundred and twenty", 120, 120),
        ("five thousand three hundred and six men", "five thousand three hundred and six", 5306, 5306),
        ("half a million people", "half a million", 500_000, 500_000),
        ("A dozen men", "A dozen", 12, 12),
        ("two dozen men", "two dozen", 24, 24),
        ("over a thousand homes", "a thousand", 1000, 1000),
        ("3.5 million people", "3.5 million", 3_500_000, 3_500_000),
        ("1,00,000 people", "1,00,000", 100_000, 100_000),
        ("12 000 people", "12 000", 12_000, 12_000),
        ("1.200.000 people", "1.200.000", 1_200_000, 1_200_000),
        ("2016 rebels", "2016", 2016, 2016),
        ("20-30 people", "20-30", 20, 30),
        ("twenty to thirty men", "twenty to thirty", 20, 30),
        ("between 20 and 30 men", "between 20 and 30", 20, 30),
        ("2,500 to 3,000 men", "2,500 to 3,000", 2500, 3000),
        ("3 to 4 million people", "3 to 4 million", 3_000_000, 4_000_000),
        ("two or three men", "two or three", 2, 3),
        ("20 or more men", "20 or more", 20, None),
        ("zero cases", "zero", 0, 0),
        ("two hundred thousand people", "two hundred thousand", 200_000, 200_000),
        ("two and a half million people", "two and a half million", 2_500_000, 2_500_000),
        ("a million and a half people", "a million and a half", 1_500_000, 1_500_000),
        ("a thousand and a half", "a thousand and a half", 1500, 1500),
        ("three and a half dozen men", "three and a half dozen", 42, 42),
        ("half a dozen soldiers", "half a dozen", 6, 6),
        ("half a lakh people", "half a lakh", 50_000, 50_000),
        ("a quarter of a million people", "a quarter of a million", 250_000, 250_000),
        ("three quarters of a million people", "three quarters of a million", 750_000, 750_000),
        ("a score of villagers", "a score", 20, 20),
        ("a score villagers", "a score", 20, 20),
        ("1.5m people", "1.5m", 1_500_000, 1_500_000),
        ("1.5m displaced people", "1.5m", 1_500_000, 1_500_000),
        ("20mn civilians", "20mn", 20_000_000, 20_000_000),
        ("2bn people", "2bn", 2_000_000_000, 2_000_000_000),
        ("300k refugees", "300k", 300_000, 300_000),
        ("12.500 people", "12.500", 12_500, 12_500),
        ("8,3 million people", "8,3 million", 8_300_000, 8_300_000),
        ("12 500 residents", "12 500", 12_500, 12_500),
        ("from 41 to 58", "41 to 58", 41, 58),
    ],
)
def test_number(text: str, surface: str, low: float, high: float | None) -> None:
    (count,) = counts(text)
    assert (text[count.start : count.end], count.low, count.high, count.share) == (surface, low, high, False)


@pytest.mark.parametrize(
    ("text", "surface", "share"),
    [
        ("One in four homes", "One in four", 0.25),
        ("three out of four homes", "three out of four", 0.75),
        ("two-thirds of the city", "two-thirds", 0.6667),
        ("three quarters of the city", "three quarters", 0.75),
        ("one-fifth of the crop", "one-fifth", 0.2),
    ],
)
def test_share(text: str, surface: str, share: float) -> None:
    (count,) = counts(text)
    assert (text[count.start : count.end], count.low, count.high, count.share) == (surface, share, share, True)


@pytest.mark.parametrize(
    "text",
    ["A third soldier", "the 25th Division", "$20 million", "M23", "40%", "9:30", "52-48", "a five-storey house", "four in two homes",
     "30 to 20 men", "four thirds of it", "hundred", "no number", "12/11", "version 1.2.3", "300m from the gate",
     "a 5m wall", "half an hour", "a score draw", "8,3 people"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert list(counts(text)) == []


def test_words_that_make_no_number() -> None:
    assert cardinal("many") is None
    assert cardinal("") is None
    assert cardinal("9" * 30) is None
    assert cardinal("two 3") is None
    assert cardinal("1.5 million") == 1_500_000
    assert isinstance(cardinal("2.0"), int)
    assert cardinal("2.5") == 2.5
    assert cardinal("12.50") == 12.5
    assert cardinal("Two and a half million") == 2_500_000
    assert cardinal("many and a half") is None
    assert cardinal("many and a half million") is None
    assert cardinal("1.2.3m") is None


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for count in counts(text):
        assert 0 <= count.start < count.end <= len(text)
        assert count.high is None or count.low <= count.high


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 20_000,
        "one " * 20_000,
        "hundred and " * 10_000,
        "1," * 30_000,
        "1-" * 30_000,
        "a hundred " * 9000,
        "a half " * 10_000,
        "one and a half " * 6000,
        "a quarter of a " * 5000,
        "1m " * 20_000,
    ],
)
def test_time_is_linear(text: str) -> None:
    began = time.process_time()
    list(counts(text))
    assert time.process_time() - began < 2
