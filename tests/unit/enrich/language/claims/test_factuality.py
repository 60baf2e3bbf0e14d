"""What is withheld, asked or only possible."""

import pytest

from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.factuality import hedged, is_withheld
from services.enrich.language.claims.spans import Range
from tests.support.parses import doc, token


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The army has not confirmed that rebels entered Hama.", "confirmed", True),
        ("The army declined to say whether rebels had entered Hama.", "say", True),
        ("The army could not verify the report.", "verify", True),
        ("No group claimed the attack.", "claimed", True),
        ("The army confirmed that rebels entered Hama.", "confirmed", False),
        ("The army wanted to say that rebels had left.", "say", False),
    ],
)
def test_withheld(text: str, verb: str, expected: bool) -> None:
    assert is_withheld(token(doc(text), verb)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "The army declined to say whether rebels had entered Hama.",
        "The army did not say how many soldiers had died.",
        "Reporters asked who had fired.",
        "Did the army say that rebels had left?",
    ],
)
def test_a_question_is_no_claim(text: str) -> None:
    assert list(attributions(list(doc(text).sents))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels reportedly left, and the army came.", True),
        ("Rebels may enter the city.", True),
        ("The talks began in May.", False),
        ("The officers, who may have been off duty, fired on the crowd.", False),
    ],
)
def test_a_hedge_counts_in_its_own_clause(text: str, expected: bool) -> None:
    parsed = doc(text)
    assert hedged(next(iter(parsed.sents)).root, Range(0, len(parsed))) is expected
