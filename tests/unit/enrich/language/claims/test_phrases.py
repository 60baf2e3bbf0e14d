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
            "Residents of the flooded villages along the lower bank of the old river south of the town said the road was closed.",
            "Residents",
            "Residents",
        ),
        (
            "Residents of the flooded villages along the lower bank of the river said the road was closed.",
            "Residents",
            "Residents of the flooded villages along the lower bank of the river",
        ),
        ("Ana Ruiz and Omar Sayed said the bridge was closed.", "Ruiz", "Ana Ruiz and Omar Sayed"),
        ("The army and the police said the bridge was closed.", "army", "army and the police"),
        ("The army or the police said the bridge was closed.", "army", "army"),
        ("Russia's Defence Ministry said the depot was empty.", "Ministry", "Russia's Defence Ministry"),
        ("The ministry's spokeswoman said the ward was full.", "spokeswoman", "ministry's spokeswoman"),
        ("Residents in 2019 said the road was closed.", "Residents", "Residents"),
        ("17:05 GMT - Defence ministry says the highway is open.", "ministry", "Defence ministry"),
        ("Tehrik-i-Taliban leaders say the road is open.", "leaders", "Tehrik-i-Taliban leaders"),
        ("The 27 November Council said the road was closed.", "Council", "27 November Council"),
    ],
)
def test_speaker_phrase(text: str, head: str, expected: str) -> None:
    assert speaker_phrase(token(doc(text), head)).text == expected


def test_of_two_who_say_it_together_each_has_words_of_its_own() -> None:
    parsed = doc("The army and the police said the bridge was closed.")
    assert speaker_phrase(token(parsed, "army"), alone=True).text == "army"
    assert speaker_phrase(token(parsed, "police"), alone=True).text == "police"


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("Officials installed by Moscow said the plant was safe.", "Officials", "Officials installed by Moscow"),
        ("Guards hired by the mine said the gate was locked.", "Guards", "Guards hired by the mine"),
        ("Officials installed in Kesra said the plant was safe.", "Officials", "Officials"),
        ("Farmers accused by the army said the wells were dry.", "Farmers", "Farmers"),
    ],
)
def test_what_was_done_to_who_speaks_belongs_to_the_speaker(text: str, head: str, expected: str) -> None:
    assert speaker_phrase(token(doc(text), head)).text == expected


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("Officials installed by Moscow in March said the plant was safe.", "Officials", "Officials"),
        ("Survivors of the quake of 2016 said the aid was late.", "Survivors", "Survivors"),
        ("Witnesses to the blast on Friday said the roof had fallen.", "Witnesses", "Witnesses to the blast"),
    ],
)
def test_no_date_is_a_part_of_the_speaker(text: str, head: str, expected: str) -> None:
    assert speaker_phrase(token(doc(text), head)).text == expected


def test_a_mark_at_the_end_is_no_part_of_the_speaker() -> None:
    text = "Residents of Kesra, the old port, said the pier was gone."
    assert speaker_phrase(token(doc(text), "Residents")).text == "Residents of Kesra, the old port"
