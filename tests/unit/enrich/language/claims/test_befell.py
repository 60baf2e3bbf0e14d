"""What befell those who are counted, and what a noun counts."""

import pytest

from services.enrich.language.claims.befell import BEFELL, UNITS, befalls, following, noun_of, told_of, unit_of, what_befell
from tests.support.parses import doc, token


@pytest.mark.parametrize(
    ("text", "number", "noun"),
    [
        ("Twelve civilians were killed.", "Twelve", "civilians"),
        ("Two dozen huts burned.", "Two", "huts"),
        ("Forty jade miners died.", "Forty", "miners"),
        ("Rebels hold dozens of towns.", "dozens", "towns"),
        ("Rebels hold half of Aleppo.", "of", "Aleppo"),
        ("Two and a half million people were displaced.", "Two", "people"),
        ("The raid wounded 45, and nine have been killed.", "45", "45"),
    ],
)
def test_noun_that_is_counted(text: str, number: str, noun: str) -> None:
    assert noun_of(token(doc(text), number)).text == noun


@pytest.mark.parametrize(
    ("text", "number", "what"),
    [
        ("Twelve civilians were killed.", "Twelve", "killed"),
        ("Nine wounded men fled.", "Nine", "displaced"),
        ("32 wounded were flown out.", "32", "injured"),
        ("The raid wounded 45, and nine have been killed.", "45", "injured"),
        ("The raid wounded 45, and nine have been killed.", "nine", "killed"),
        ("Twelve people were killed and 30 were wounded.", "30", "injured"),
        ("Three people were shot dead.", "Three", "killed"),
        ("At least 18 civilians were reported killed.", "18", "killed"),
        ("Troops shot down two drones.", "two", "destroyed"),
        ("Police shot two men.", "two", "other"),
        ("Idlib: at least 6 people killed, 41 injured", "6", "killed"),
        ("Idlib: at least 6 people killed, 41 injured", "41", "injured"),
        ("The ministry put the death toll at 41.", "41", "killed"),
        ("The death toll rose to 41 from 26.", "41", "killed"),
        ("People displaced: 3,100 in Pibor, 2,100 in Akobo.", "2,100", "displaced"),
        ("Rebels hold dozens of towns.", "dozens", "controlled"),
        ("The council discussed aid.", "aid", "other"),
    ],
)
def test_what_befell_them(text: str, number: str, what: str) -> None:
    assert what_befell(token(doc(text), number)) == what


def test_persons_are_not_shot_down_and_things_are() -> None:
    persons, things = doc("Police shot two men."), doc("Troops shot down two drones.")
    assert befalls(token(persons, "shot"), token(persons, "men")) is None
    assert befalls(token(things, "shot"), token(things, "drones")) == "destroyed"
    assert befalls(token(things, "drones"), token(things, "drones")) is None


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("32 wounded were flown out.", "32", ["wounded"]),
        ("The raid wounded 45, and nine have been killed.", "nine", ["killed"]),
        ("The raid wounded 45, and nine have been killed.", "45", []),
        ("Twelve civilians were killed.", "Twelve", []),
        ("Aleppo 12 dead.", "12", ["dead"]),
    ],
)
def test_participle_right_behind_a_number(text: str, number: str, words: list[str]) -> None:
    assert [word.text for word in following(token(doc(text), number))] == words


@pytest.mark.parametrize(
    ("text", "number", "what"),
    [
        ("The death toll rose to 41 from 26.", "41", "killed"),
        ("People displaced: 3,100 in Pibor, 2,100 in Akobo.", "3,100", "displaced"),
        ("Civilians killed: 5", "5", "killed"),
        ("Idlib: 6 killed, 41 injured.", "41", "killed"),
        ("Rebels captured six villages.", "six", None),
        ("Prices rose 40 per cent.", "40", None),
        ("The mayor met Ana Ruiz.", "mayor", None),
        ("Nine wounded men fled.", "Nine", None),
    ],
)
def test_what_the_number_is_said_of(text: str, number: str, what: str | None) -> None:
    assert told_of(token(doc(text), number)) == what


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("Twelve civilians were killed.", "Twelve", "person"),
        ("Rebels captured six villages.", "six", "place"),
        ("Rebels hold dozens of towns.", "dozens", "place"),
        ("The army lost four tanks.", "four", "vehicle"),
        ("Troops shot down two drones.", "two", "weapon"),
        ("Nearly 300 homes were destroyed.", "300", "item"),
    ],
)
def test_what_a_noun_counts(text: str, number: str, unit: str) -> None:
    assert unit_of(token(doc(text), number)) == unit


def test_a_word_is_in_one_list_only() -> None:
    for lists in (BEFELL, UNITS):
        words = [word for _, lemmas in lists for word in lemmas]
        assert len(words) == len(set(words))
