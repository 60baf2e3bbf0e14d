"""Adjectives that say how sure somebody is: of what, who, and how sure."""

import pytest

from services.enrich.language.claims.judgements import by_adjective
from tests.support.parses import doc
from tests.unit.enrich.language.claims.build import worded


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    parsed = doc(text)
    return worded(parsed, (each for adjective in parsed if adjective.pos_ == "ADJ" for each in by_adjective(adjective)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor is certain that the dam will hold.", ("the dam will hold", "mayor", None)),
        ("Engineers are confident the wall will stand.", ("the wall will stand", "Engineers", None)),
        ("The mayor is not certain that the dam will hold.", ("the dam will hold", "mayor", "uncertain")),
        ("Officials were unsure if the ferry had left.", ("the ferry had left", "Officials", "uncertain")),
        ("The mayor was not sure whether the gate was open.", ("the gate was open", "mayor", "uncertain")),
        ("Few guards are sure whether the gate was open.", ("the gate was open", "guards", "uncertain")),
        ("It was unclear whether the ferry had left.", ("the ferry had left", None, "uncertain")),
        ("It was doubtful that the ferry would leave.", ("the ferry would leave", None, "uncertain")),
        ("It is not certain that the ferry has left.", ("the ferry has left", None, "uncertain")),
    ],
)
def test_how_sure_somebody_is(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert told(text) == [expected]


def test_each_coordinated_clause_is_judged() -> None:
    text = "Nurses are certain that the fever will spread and that the ward will fill."
    assert told(text) == [("the fever will spread", "Nurses", None), ("the ward will fill", "Nurses", None)]


@pytest.mark.parametrize(
    "text",
    [
        "It is clear that the ferry has left.",
        "The mayor was glad that the ferry had left.",
        "Police were unsure how the fire began.",
        "The mayor was not sure who had opened the gate.",
        "The sky was clear when the ferry left.",
        "The mayor was certain of victory.",
    ],
)
def test_what_judges_no_clause(text: str) -> None:
    assert told(text) == []
