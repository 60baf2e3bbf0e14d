"""Headlines that the body repeats, and those that say something of their own."""

import pytest

from services.enrich.language.claims.headline import end_of_headline
from tests.support.parses import doc


def headline(text: str) -> str:
    return text[: end_of_headline(doc(text), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Storm kills 14 on the coast\n\nA storm hit the coast on Sunday. It killed 14 people there.",
            "Storm kills 14 on the coast",
        ),
        ("Dam bursts above Kesra\n\nThe dam above Kesra burst at dawn.", "Dam bursts above Kesra"),
        (
            "Quake flattens hill town\nRescue teams on their way\n\nA quake flattened a hill town on Friday. Rescue teams set off at once.",
            "Quake flattens hill town\nRescue teams on their way",
        ),
        (
            "Quake flattens hill town\n\nDoctors were short of blood.\n\nA quake flattened a hill town.",
            "Quake flattens hill town",
        ),
    ],
)
def test_a_headline_that_the_body_repeats_ends_before_it(text: str, expected: str) -> None:
    assert headline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Storm kills 14 on the coast\n\nA storm hit the coast on Sunday. The storm killed many there.",
        "Quake flattens hill town\n\nThe price of bread doubled in a week.",
    ],
)
def test_a_headline_with_a_figure_or_words_that_the_body_lacks_is_kept(text: str) -> None:
    assert headline(text) == ""


def test_a_headline_alone_is_kept() -> None:
    assert headline("Storm kills 14 on the coast") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Storm hits the coast.\n\nA storm hit the coast on Sunday.",
        "Is the dam safe?\n\nThe dam is safe.",
    ],
)
def test_a_line_that_ends_like_a_sentence_is_no_headline(text: str) -> None:
    assert headline(text) == ""


def test_a_long_line_is_no_headline(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Dam bursts above Kesra\n\nThe dam above Kesra burst at dawn."
    monkeypatch.setattr("services.enrich.language.claims.headline.LONGEST", 3)
    assert headline(text) == ""


def test_only_the_first_lines_may_be_a_headline(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Quake flattens hill town\nRescue teams on their way\n\nA quake flattened a hill town on Friday. Rescue teams set off at once."
    monkeypatch.setattr("services.enrich.language.claims.headline.LINES", 1)
    assert headline(text) == "Quake flattens hill town"
