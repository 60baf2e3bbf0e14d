"""What a pronoun may stand for: names and descriptions, with kind, number, gender and place in the sentence."""

import pytest

from services.enrich.language.coreference.candidates import Candidate, candidates
from sitrep.contracts.enriched import Entity
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import entity


def person(text: str, *names: str) -> Entity:
    return entity(text, *names, label="PERSON", category="person")


def by_name(text: str, *entities: Entity) -> dict[str, Candidate]:
    return {candidate.name: candidate for candidate in candidates(doc(text), entities)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The widow met two fishermen.", {"widow": ("person", False, "f"), "two fishermen": ("person", True, "m")}),
        ("Villagers fed the crew.", {"Villagers": ("person", True, None), "crew": ("people", True, None)}),
        ("The army paid the mayor.", {"army": ("body", False, None), "mayor": ("person", False, None)}),
        ("The bridge fell on the road.", {}),
        ("The police chief wept.", {"police chief": ("person", False, None)}),
    ],
)
def test_descriptions(text: str, expected: dict[str, tuple[str, bool, str | None]]) -> None:
    assert {name: (it.kind, it.plural, it.gender) for name, it in by_name(text).items()} == expected


def test_names_are_their_entities() -> None:
    text = "Ana Ruiz met the Red Cross and the Finns."
    ruiz = person(text, "Ana Ruiz")
    cross = entity(text, "Red Cross", label="ORG", category="ngo")
    finns = entity(text, "Finns", label="NORP", category="nationality")
    names = by_name(text, ruiz, cross, finns)
    assert {name: (it.kind, it.plural, it.gender) for name, it in names.items()} == {
        "Ana Ruiz": ("person", False, "f"),
        "Red Cross": ("body", False, None),
        "Finns": ("people", True, None),
    }
    assert names["Red Cross"].entity == cross


def test_a_people_is_more_than_one() -> None:
    text = "The Taliban left. They paid the crew."
    assert by_name(text, entity(text, "Taliban", label="NORP", category="political"))["Taliban"].plural
    assert not by_name(text, entity(text, "Taliban", label="ORG", category="armed_group"))["Taliban"].plural


def test_an_entity_that_cannot_act_is_no_candidate() -> None:
    text = "Ana Ruiz met the Red Cross and the Finns."
    assert by_name(text, entity(text, "Red Cross", label="EVENT", category="event")) == {}


def test_description_of_a_name_beside_it_is_no_other_candidate() -> None:
    text = "The mayor, Ana Ruiz, said the road was closed."
    assert list(by_name(text, person(text, "Ana Ruiz"))) == ["Ana Ruiz"]


def test_gender_is_told_by_any_of_the_mentions() -> None:
    text = "Okoro left Kesra. Mrs Okoro had paid the mayor."
    assert [it.gender for it in candidates(doc(text), [person(text, "Okoro")]) if it.entity] == ["f", "f"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The army said villagers had left.", "army", 2),
        ("The army said villagers had left.", "villagers", 1),
        ("The army paid the mayor.", "mayor", 0),
        ("The army and the union met.", "union", 2),
        ("The army left, and the union met.", "union", 2),
    ],
)
def test_subject(text: str, name: str, expected: int) -> None:
    assert by_name(text)[name].subject == expected


def test_order_is_that_of_the_text() -> None:
    text = "The army paid the mayor, and Ana Ruiz left."
    assert [it.name for it in candidates(doc(text), [person(text, "Ana Ruiz")])] == ["army", "mayor", "Ana Ruiz"]
