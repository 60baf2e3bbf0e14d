"""What the article itself states."""

import pytest

from services.enrich.language.claims.narrator import statements
from services.enrich.language.claims.spans import Range
from tests.support.parses import doc


def stated(text: str, *said: Range) -> list[tuple[str, str]]:
    parsed = doc(text)
    return [
        (parsed[one.content.start : one.content.end].text.strip(" .,"), one.type)
        for one in statements(parsed, list(parsed.sents), said)
    ]


def test_fact_on_a_topic_is_stated() -> None:
    assert stated("Rebels captured six villages.") == [("Rebels captured six villages", "control")]


def test_each_clause_is_stated_by_itself() -> None:
    assert stated("The army shelled the market, killing 19 people, and rebels fled.") == [
        ("The army shelled the market", "attack"),
        ("killing 19 people", "casualties"),
        ("rebels fled", "displacement"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose 40 per cent.",
        "The army said rebels had left.",
        "Were twelve civilians killed?",
        "The town of Goma.",
        "The council discussed aid.",
    ],
)
def test_what_the_article_does_not_state(text: str) -> None:
    assert stated(text) == []


def test_support_needs_a_verb_that_says_it() -> None:
    assert stated("Iran backed the rebels.") == [("Iran backed the rebels", "support")]


def test_what_somebody_says_is_not_stated_again() -> None:
    text = "Rebels captured six villages."
    assert stated(text, Range(1, 3)) == []
    assert len(stated(text, Range(5, 5))) == 1
