"""The words of a speaker."""

import pytest

from services.enrich.language.claims.phrases import speaker_phrase
from tests.support.parses import doc, token


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("The army said rebels had left.", "army", "army"),
        ("The Syrian Observatory for Human Rights said rebels had left.", "Observatory", "Syrian Observatory for Human Rights"),
        ("Two military sources said rebels had left.", "sources", "Two military sources"),
        ("Residents of the camp said the road was closed.", "Residents", "Residents of the camp"),
        ("A spokesman for the governor said the road was closed.", "spokesman", "spokesman for the governor"),
        ("The mayor, Ana Ruiz, said the road was closed.", "Ruiz", "Ana Ruiz"),
        ("Goma's mayor said the road was closed.", "mayor", "Goma's mayor"),
        ("She said the road was closed.", "She", "She"),
        (
            "Residents of the camp that shelters those who fled the fighting said the road was closed.",
            "Residents",
            "Residents",
        ),
    ],
)
def test_speaker_phrase(text: str, head: str, expected: str) -> None:
    assert speaker_phrase(token(doc(text), head)).text == expected
