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
        ("Ana Ruiz and Omar Sayed said the bridge was closed.", "Ruiz", "Ana Ruiz and Omar Sayed"),
        ("The army and the police said the bridge was closed.", "army", "army and the police"),
        ("The army or the police said the bridge was closed.", "army", "army"),
        ("Russia's Defence Ministry said the depot was empty.", "Ministry", "Russia's Defence Ministry"),
        ("The ministry's spokeswoman said the ward was full.", "spokeswoman", "ministry's spokeswoman"),
        ("Residents in 2019 said the road was closed.", "Residents", "Residents"),
        ("The 27 November Council said the road was closed.", "Council", "27 November Council"),
    ],
)
def test_speaker_phrase(text: str, head: str, expected: str) -> None:
    assert speaker_phrase(token(doc(text), head)).text == expected


def test_of_two_who_say_it_together_each_has_words_of_its_own() -> None:
    parsed = doc("The army and the police said the bridge was closed.")
    assert speaker_phrase(token(parsed, "army"), alone=True).text == "army"
    assert speaker_phrase(token(parsed, "police"), alone=True).text == "police"
