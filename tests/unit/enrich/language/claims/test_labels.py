"""Speakers that a label names."""

import pytest

from services.enrich.language.claims.labels import labelled
from tests.support.parses import doc


def told(text: str) -> list[tuple[str, str]]:
    parsed = doc(text)
    found = labelled(parsed, text, list(parsed.sents))
    return [
        (parsed[one.content.start : one.content.end].text.strip(' ."\u201d'), one.speaker.text) for one in found if one.speaker
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SOHR: rebels hold half of Aleppo\n\nThe city was quiet.", ("rebels hold half of Aleppo", "SOHR")),
        ("Rebels hold half of Aleppo: monitor\n\nThe city was quiet.", ("Rebels hold half of Aleppo", "monitor")),
        ("The interior ministry: no shelling hit Salamiyah.", ("no shelling hit Salamiyah", "ministry")),
        (
            "QUESTION: Did rebels take Homs?\n\nMR MILLER: Rebels entered the town on Friday.",
            ("Rebels entered the town on Friday", "MILLER"),
        ),
    ],
)
def test_label_names_the_speaker(text: str, expected: tuple[str, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize("text", ["Weather: rain fell on the camp all night.", "The army left at 18:50 on Friday."])
def test_what_is_no_speaker(text: str) -> None:
    assert told(text) == []
