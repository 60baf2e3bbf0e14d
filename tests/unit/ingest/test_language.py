"""Which language a text is in, above all a short one full of names."""

from pathlib import Path

import pytest

from services.enrich.language.reading import reading
from services.ingest.language import identify

TEXTS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("short_texts.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
"""Written by somebody who did not know the rules."""


def test_short_texts_in_twelve_languages() -> None:
    wrong = [(code, text, told) for code, text in TEXTS if (told := identify(text)[0]) != code]
    assert len({code for code, _ in TEXTS}) == 12
    assert len(TEXTS) >= 60
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("text", [text for code, text in TEXTS if code == "en"])
def test_short_english_text_is_read(text: str) -> None:
    assert reading(*identify(text)).language == "en"


def test_short_texts_in_other_languages_are_hardly_ever_read_as_english() -> None:
    read = [text for code, text in TEXTS if code != "en" and reading(*identify(text)).language == "en"]
    assert len(read) <= 2, read


@pytest.mark.parametrize("text", ["Raids hit Binnish on 16 July.", "M23 takes Sake", "Shells fall on Saraqib"])
def test_names_make_no_pidgin(text: str) -> None:
    assert identify(text)[0] == "en"


def test_usual_language_of_the_publisher_decides_where_the_text_does_not() -> None:
    text = "Ataque a Jenin"
    assert identify(text, "Público")[0] == "pt"
    assert identify(text, "El País")[0] == "es"
    assert identify(text, "EL PAÍS")[1] > identify(text)[1]


def test_long_text_is_what_it_is_whoever_published_it() -> None:
    text = "Les rebelles ont pris la ville vendredi, selon le gouverneur, et les habitants fuient vers la frontière. " * 3
    assert identify(text, "Reuters") == ("fr", 1.0)


@pytest.mark.parametrize("text", ["", " ", "1234", "!?", "\u0378"])
def test_text_without_words_is_told_something(text: str) -> None:
    code, probability = identify(text)
    assert code
    assert 0 <= probability <= 1
