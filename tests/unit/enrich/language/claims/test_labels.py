"""Speakers that a label names."""

import pytest

from services.enrich.language.claims.labels import labelled
from sitrep.contracts.enriched import Entity
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import entity


def told(text: str, *entities: Entity) -> list[tuple[str, str]]:
    parsed = doc(text)
    found = labelled(parsed, text, list(parsed.sents), entities)
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BAKHMUT: shelling cut the water\n\nThe town was quiet.", "BAKHMUT"),
        ("Floods cut off nine villages: UNHCR\n\nThe road was dry.", "UNHCR"),
    ],
)
def test_a_place_is_no_speaker_and_a_body_is(text: str, name: str) -> None:
    assert told(text, entity(text, name)) == []
    assert [speaker for _, speaker in told(text, entity(text, name, label="ORG", category="ngo"))] == [name]


def test_a_role_may_stand_behind_the_name_in_a_transcript() -> None:
    text = "CLAIRE OSEI, HOST: The dam burst at dawn.\n\nPIET VOS, BYLINE: Nine villages are under water."
    assert [(content.strip(" .\n"), speaker) for content, speaker in told(text)] == [
        ("The dam burst at dawn", "OSEI"),
        ("Nine villages are under water", "VOS"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "BBC: The curfew ended on Friday. Is the town calm?\n\nRUIZ: The town is calm now.\n\n"
            "BBC: The port was shelled. Have the guns stopped?\n\nRUIZ: The guns have stopped there.",
            {"RUIZ"},
        ),
        (
            "BBC: The curfew ended on Friday. Is the town calm?\n\nRUIZ: The town is calm now.\n\n"
            "BBC: The port was shelled on Sunday.",
            {"RUIZ", "BBC"},
        ),
        (
            "ANA RUIZ: The curfew ended on Friday. Is the town calm?\n\nVOS: The town is calm now.\n\n"
            "RUIZ: The port was shelled. Have the guns stopped?\n\nVOS: The guns have stopped there.",
            {"RUIZ", "VOS"},
        ),
    ],
)
def test_who_mostly_asks_says_nothing_unless_a_full_name_stands_there(text: str, expected: set[str]) -> None:
    assert {speaker for _, speaker in told(text)} == expected
