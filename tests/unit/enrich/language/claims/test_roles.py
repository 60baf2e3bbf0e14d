"""Who does what to whom: subjects and objects as they are meant."""

import pytest

from services.enrich.language.claims.roles import agents, agents_of_noun, is_passive, of_noun, patients, targets_of_noun
from tests.support.parses import doc, token


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Rebels captured six villages.", "captured", ["Rebels"]),
        ("Nine people were killed by shells in the raid.", "killed", ["shells"]),
        ("Up to 40 fighters were captured.", "captured", []),
        ("Soldiers and gunmen attacked the mill and the dam.", "attacked", ["Soldiers", "gunmen"]),
        ("The rebels, who captured Kesra, burned the mill.", "captured", ["rebels"]),
        ("The missiles that hit the dam were fired by jets.", "hit", ["missiles"]),
        ("The missiles that hit the dam were fired by jets.", "fired", ["jets"]),
        ("Rebels holding the town shelled the mill.", "holding", ["Rebels"]),
        ("Farmers killed in the raid were buried on Friday.", "killed", []),
        ("Soldiers shot two men and burned the mill.", "burned", ["Soldiers"]),
        ("The villagers fled, leaving the camp.", "leaving", ["villagers"]),
        ("The army is continuing to hold the ridge.", "hold", ["army"]),
        ("The army ordered the villagers to leave the valley.", "leave", ["villagers"]),
        ("The wounded man, whom soldiers beat, died.", "beat", ["soldiers"]),
        ("The general was arrested and said the ford was mined.", "said", ["general"]),
        ("The hill was shelled and captured by rebels.", "captured", ["rebels"]),
    ],
)
def test_agents(text: str, verb: str, expected: list[str]) -> None:
    assert [noun.text for noun in agents(token(doc(text), verb))] == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Rebels captured six villages.", "captured", ["villages"]),
        ("Up to 40 fighters were captured.", "captured", ["fighters"]),
        ("She and two others were killed.", "killed", ["She", "others"]),
        ("Nurses and drivers fled the camp, the clinic and the mill.", "fled", ["camp", "clinic", "mill"]),
        ("Farmers killed in the raid were buried on Friday.", "killed", ["Farmers"]),
        ("Farmers killed in the raid were buried on Friday.", "buried", ["Farmers"]),
        ("The captured town was burned.", "captured", ["town"]),
        ("Nine farmers were shot and killed.", "killed", ["farmers"]),
        ("The hill was shelled and captured by rebels.", "captured", ["hill"]),
        ("The wounded man, whom soldiers beat, died.", "beat", ["man"]),
        ("The medal that she won was stolen.", "won", ["medal"]),
        ("Goma fell to rebels.", "fell", []),
        ("The villagers fled, leaving the camp.", "fled", []),
    ],
)
def test_patients(text: str, verb: str, expected: list[str]) -> None:
    assert [noun.text for noun in patients(token(doc(text), verb))] == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Up to 40 fighters were captured.", "captured", True),
        ("The captured town was burned.", "captured", True),
        ("Farmers killed in the raid were buried on Friday.", "killed", True),
        ("Nine farmers were shot and killed.", "killed", True),
        ("Rebels captured six villages.", "captured", False),
        ("Soldiers shot two men and burned the mill.", "burned", False),
        ("Rebels holding the town shelled the mill.", "holding", False),
        ("Residents who had fled the fighting returned to the town.", "fled", False),
        ("Rebels have not entered the city.", "entered", False),
    ],
)
def test_passive(text: str, verb: str, expected: bool) -> None:
    assert is_passive(token(doc(text), verb)) is expected


@pytest.mark.parametrize(
    ("text", "noun", "agents", "targets"),
    [
        ("The attack on the dam by rebels was condemned.", "attack", ["rebels"], ["dam"]),
        ("Israel's raid on the camp killed a nurse.", "raid", ["Israel"], ["camp"]),
        ("The army's shelling of the village and the ford wounded a nurse.", "shelling", [], ["village", "ford"]),
        ("The captain held a meeting about the shelling.", "meeting", [], []),
    ],
)
def test_roles_of_a_noun(text: str, noun: str, agents: list[str], targets: list[str]) -> None:
    head = token(doc(text), noun)
    assert [one.text for one in agents_of_noun(head)] == agents
    assert [one.text for one in targets_of_noun(head)] == targets


def test_nouns_behind_a_preposition() -> None:
    shelling = token(doc("The army's shelling of the village and the ford wounded a nurse."), "shelling")
    assert [noun.text for noun in of_noun(shelling, "of", "on")] == ["village", "ford"]
    assert list(of_noun(shelling, "by")) == []
