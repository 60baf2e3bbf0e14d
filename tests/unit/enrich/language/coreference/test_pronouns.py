"""Which name a pronoun stands for."""

import pytest

from services.enrich.language.coreference.gender import gender
from services.enrich.language.coreference.pronouns import Pronouns
from tests.unit.enrich.language.claims.build import entity

TEXT = "Spokesman Fadi Nasser met Rana Sabbagh of the Red Cross. He said no. She said yes. It said nothing."
PEOPLE = [
    entity(TEXT, "Fadi Nasser", label="PERSON", category="person"),
    entity(TEXT, "Rana Sabbagh", label="PERSON", category="person"),
    entity(TEXT, "Red Cross", label="ORG", category="ngo"),
]


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        ("Fadi Nasser", "", "m"),
        ("Rana Sabbagh", "", "f"),
        ("Nasser", "said Mrs. ", "f"),
        ("Nasser", "the spokesman ", "m"),
        ("Qwerty Nasser", "", None),
        ("", "", None),
    ],
)
def test_gender(name: str, before: str, expected: str | None) -> None:
    assert gender(name, before) == expected


@pytest.mark.parametrize(("word", "names"), [("He", ["Fadi Nasser"]), ("She", ["Rana Sabbagh"]), ("It", ["Red Cross"])])
def test_antecedent_agrees(word: str, names: list[str]) -> None:
    pronouns = Pronouns(TEXT, PEOPLE)
    assert [found.name for found in pronouns.antecedents(word, TEXT.index(f"{word} said"))] == names


def test_nobody_stands_too_far_before_or_behind() -> None:
    pronouns = Pronouns(TEXT + " " * 2000 + "He left.", PEOPLE)
    assert pronouns.antecedents("He", len(TEXT) + 2000) == []
    assert pronouns.antecedents("He", 0) == []


def test_last_named_before_a_place() -> None:
    pronouns = Pronouns(TEXT, PEOPLE)
    assert pronouns.last_named(PEOPLE[0], len(TEXT)) == TEXT.index("Fadi")
    assert pronouns.last_named(PEOPLE[0], 0) == -1
