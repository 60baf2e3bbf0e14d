"""Nouns that report a clause: whose it is, and what the sentence makes of it."""

import pytest

from services.enrich.language.claims.nouns import by_noun, owner
from tests.support.parses import doc, token
from tests.unit.enrich.language.claims.build import worded


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    parsed = doc(text)
    return worded(parsed, (each for noun in parsed if noun.pos_ == "NOUN" for each in by_noun(noun)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The militia's claim that it holds the dam is unproven.", ("that it holds the dam", "militia", None)),
        (
            "Allegations by the union that wages were withheld angered the company.",
            ("that wages were withheld", "union", None),
        ),
        ("Word from the hostages that all were alive calmed the town.", ("that all were alive", "hostages", "uncertain")),
        ("The mayor repeated her warning that the river would rise.", ("that the river would rise", "her", None)),
        ("The governor confirmed reports that the dam had burst.", ("that the dam had burst", "governor", None)),
        ("The envoy has no doubt that the truce will hold.", ("that the truce will hold", "envoy", None)),
        ("There is no doubt that the mine is shut.", ("that the mine is shut", None, None)),
        ("Reports that the port was shelled spread at noon.", ("that the port was shelled", None, "uncertain")),
        ("Reports of looting reached the capital.", ("looting", None, "uncertain")),
        ("The general's threat of a siege emptied the valley.", ("a siege", "general", None)),
    ],
)
def test_a_noun_reports_a_clause(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The colonel dismissed reports that his men had fled.", ("that his men had fled", "colonel", "denied")),
        ("Reports that his men had fled were denied by the colonel.", ("that his men had fled", "colonel", "denied")),
        ("The prefect called the rumour that the dam had burst a lie.", ("that the dam had burst", "prefect", "denied")),
        ("Reports that the port had been hit were baseless.", ("that the port had been hit", None, "denied")),
        ("The army rejected the union's claim that the mine was safe.", ("that the mine was safe", "army", "denied")),
    ],
)
def test_what_is_called_false_is_denied_by_who_calls_it_so(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The council had no proof that the well was poisoned.",
        "Villagers demanded proof that the well was clean.",
        "The general retracted his claim that the ford was mined.",
        "The army has not repeated its claim that the ford was mined.",
        "Nurses said reports that the ward had burned were false.",
        "Reports of the minister's visit were printed on Monday.",
        "The report that the clerk lost was long.",
        "The house that rebels held burned.",
    ],
)
def test_nothing_is_reported(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("The militia's claim that it holds the dam is unproven.", "claim", "militia"),
        ("A statement by the mayor, Ana Ruiz, was read out.", "statement", "Ruiz"),
        ("Reports of looting reached the capital.", "Reports", None),
    ],
)
def test_owner(text: str, noun: str, expected: str | None) -> None:
    head = owner(token(doc(text), noun))
    assert (None if head is None else head.text) == expected
