"""Which candidate a pronoun or a description stands for, and where nobody can tell."""

import pytest

from services.enrich.language.coreference.candidates import candidates
from services.enrich.language.coreference.resolve import REACH, Coreference
from sitrep.contracts.enriched import Entity
from tests.support.parses import doc, token
from tests.unit.enrich.language.claims.build import entity

FAR_BEFORE = "Rebels entered Goma. " + "Prices rose. " * REACH + "They left the town at night."
PERSONS = ("Omar Sayed", "Fadi Nasser", "Rana Sabbagh", "Ana Ruiz")
BODIES = ("Red Cross", "African Union", "Ministry of Health", "Ministry of Works")


def entities_of(text: str) -> list[Entity]:
    persons = [entity(text, name, label="PERSON", category="person") for name in PERSONS if name in text]
    return [*persons, *(entity(text, name, label="ORG", category="ngo") for name in BODIES if name in text)]


def antecedent(text: str, pronoun: str, spoke: str | None = None, quotes: tuple[tuple[int, int], ...] = ()) -> str | None:
    parsed, entities = doc(text), entities_of(text)
    last = next((it for it in candidates(parsed, entities) if it.name == spoke), None)
    stands_for = Coreference(parsed, entities, quotes).antecedent(token(parsed, pronoun), last)
    return None if stands_for is None else stands_for.name


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("Fadi Nasser met Rana Sabbagh. He was tired.", "He", "Fadi Nasser"),
        ("Fadi Nasser met Rana Sabbagh. She was tired.", "She", "Rana Sabbagh"),
        ("The Red Cross met Rana Sabbagh. It will open a clinic.", "It", "Red Cross"),
        ("Rana Sabbagh met the Red Cross. She will open a clinic.", "She", "Rana Sabbagh"),
        ("Villagers fled the ford. They walked to Kesra.", "They", "Villagers"),
        ("The Red Cross met villagers. They wept.", "They", "villagers"),
        ("Rana Sabbagh met the Red Cross. They will open a clinic.", "They", "Red Cross"),
        ("The widow wept. He left.", "He", None),
        ("The bridge fell. It was old.", "It", None),
        ("He wept. Omar Sayed left.", "He", None),
    ],
)
def test_antecedent_agrees_and_stands_before(text: str, pronoun: str, expected: str | None) -> None:
    assert antecedent(text, pronoun) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Omar Sayed met Fadi Nasser. He wept.", "Omar Sayed"),
        ("Omar Sayed came. Fadi Nasser came. He wept.", "Fadi Nasser"),
        ("The crowd followed Omar Sayed to the house of Fadi Nasser. He wept.", "Omar Sayed"),
        ("Fadi Nasser met the mayor. He wept.", "Fadi Nasser"),
    ],
)
def test_most_salient_one_is_meant(text: str, expected: str) -> None:
    assert antecedent(text, "He") == expected


def test_nobody_can_tell_between_two_who_are_equal() -> None:
    assert antecedent("Omar Sayed and Fadi Nasser met. He wept.", "He") is None


def test_who_spoke_last_is_meant_first() -> None:
    assert antecedent("Omar Sayed met Fadi Nasser. He wept.", "He", spoke="Fadi Nasser") == "Fadi Nasser"


def test_who_is_only_named_in_a_quotation_is_not_meant_first() -> None:
    text = "The crowd followed Omar Sayed to the house of Fadi Nasser. He wept."
    name = text.index("Omar")
    assert antecedent(text, "He", quotes=((name - 1, name + 11),)) == "Fadi Nasser"


@pytest.mark.parametrize(("between", "expected"), [(REACH - 1, "Omar Sayed"), (REACH, None)])
def test_nobody_stands_too_far_before(between: int, expected: str | None) -> None:
    assert antecedent("Omar Sayed wept. " + "The dam is old. " * between + "He left.", "He") == expected


@pytest.mark.parametrize(("pronoun", "expected"), [("former", "Red Cross"), ("latter", "African Union")])
def test_former_and_latter(pronoun: str, expected: str) -> None:
    text = "The Red Cross and the African Union met. The former asked for tents, and the latter paid."
    assert antecedent(text, pronoun) == expected


def test_former_of_one_is_nobody() -> None:
    assert antecedent("The Red Cross met. The former asked for tents.", "former") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ministry of Health opened a ward. The ministry paid nurses.", "Ministry of Health"),
        ("The Ministry of Health opened a ward. The old ministry paid nurses.", None),
        ("The Ministry of Health opened a ward. A ministry paid nurses.", None),
        ("The Ministry of Health and the Ministry of Works met. The ministry paid nurses.", None),
        ("The Red Cross opened a ward. The ministry paid nurses.", None),
    ],
)
def test_body_is_named_again_by_its_noun(text: str, expected: str | None) -> None:
    parsed, entities = doc(text), entities_of(text)
    again = Coreference(parsed, entities, ()).described(token(parsed, "ministry"))
    assert (None if again is None else again.name) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels entered Goma. They left the town at night.", "town", "Goma"),
        ("Rebels entered Goma. They stayed there.", "there", "Goma"),
        ("Rebels entered Goma. They left the old town at night.", "town", None),
        ("Rebels entered Goma. They left a town at night.", "town", None),
        ("They left the town at night.", "town", None),
        ("The Goma health office shut. They left the town at night.", "town", None),
        (FAR_BEFORE, "town", None),
    ],
)
def test_place_is_named_again(text: str, word: str, expected: str | None) -> None:
    parsed = doc(text)
    entities = [entity(text, "Goma", label="GPE", category="city")] if "Goma" in text else []
    again = Coreference(parsed, entities, ()).place(token(parsed, word))
    assert (None if again is None else again.name) == expected
