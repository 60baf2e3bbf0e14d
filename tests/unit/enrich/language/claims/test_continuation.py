"""Sentences that go on reporting somebody, and those that do not."""

import pytest

from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.continuation import going_on
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import worded


def further(text: str) -> list[tuple[str, str | None]]:
    parsed = doc(text)
    sentences = list(parsed.sents)
    later = going_on(parsed, sentences, list(attributions(sentences)))
    return [(content, speaker) for content, speaker, _ in worded(parsed, later)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said the bridge was out. Repairs would take a week.", [("Repairs would take a week", "mayor")]),
        (
            "The mayor said the bridge was out. Repairs would take a week. The ferry had stopped. Bread is dear.",
            [("Repairs would take a week", "mayor"), ("The ferry had stopped", "mayor")],
        ),
        (
            "Per the ministry, nine wells were dry. Pumps would arrive on Friday.",
            [("Pumps would arrive on Friday", "ministry")],
        ),
        (
            "The depot was empty, the guard told VTV; the fire had burned for a day.",
            [("the fire had burned for a day", "guard")],
        ),
        (
            "The mayor said the bridge was out. Repairs would take a week and cost a fortune.",
            [("Repairs would take a week", "mayor"), ("cost a fortune", "mayor")],
        ),
    ],
)
def test_a_shifted_tense_goes_on(text: str, expected: list[tuple[str, str]]) -> None:
    assert further(text) == expected


def test_who_passed_it_on_passes_on_what_follows() -> None:
    parsed = doc("The mayor told Reuters that the bridge was out. Repairs would take a week.")
    sentences = list(parsed.sents)
    (later,) = going_on(parsed, sentences, list(attributions(sentences)))
    assert later.via is not None
    assert later.via.text == "Reuters"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said the bridge was out. The crowd left for Kesra. Repairs would take a week.",
        "The mayor said the bridge was out.\nRepairs would take a week.",
        "The mayor says the bridge is out. Repairs would take a week.",
        "\u201cThe bridge is out,\u201d the mayor said. Repairs would take a week.",
        "The mayor said the bridge was out. The governor had denied the report.",
        "It was unclear whether the ferry had left. Repairs would take a week.",
        "The mayor said the bridge was out. Bread is dear.",
        "The bridge was out. Repairs would take a week.",
    ],
)
def test_nothing_goes_on(text: str) -> None:
    assert further(text) == []
