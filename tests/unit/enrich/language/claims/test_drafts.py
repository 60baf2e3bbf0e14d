"""Which parts of a text are claims."""

import pytest
from spacy.tokens import Token

from services.enrich.language.claims.drafts import LIMIT, drafts
from tests.support.parses import doc


def of(text: str) -> list[tuple[str, str, bool]]:
    return [(draft.span.text, draft.type, draft.attributed is not None) for draft in drafts(doc(text))]


def test_what_is_attributed_and_what_is_stated_in_the_order_of_the_text() -> None:
    text = "Rebels took Goma. The army denied reports of rebel gains."
    assert of(text) == [("Rebels took Goma", "control", False), ("reports of rebel gains", "denial", True)]


def test_what_somebody_says_is_not_the_articles_own_as_well() -> None:
    assert of("Rebels had left, the army said.") == [("Rebels had left", "movement", True)]


def test_one_span_is_one_claim() -> None:
    text = "The governor told Reuters that the road was closed."
    assert [content for content, *_ in of(text)] == ["the road was closed"]


def test_a_word_is_no_claim() -> None:
    assert of("The army said so.") == []


def by(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return content, head of the speaker and of who passes it on of each claim."""
    return [
        (draft.span.text, *((None, None) if one is None else (_text(one.speaker), _text(one.via))))
        for draft in drafts(doc(text))
        for one in [draft.attributed]
    ]


def _text(head: Token | None) -> str | None:
    return None if head is None else head.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Local radio reported that the administrator had told deputies that the reservoir was empty.",
            [("the reservoir was empty", "administrator", "radio")],
        ),
        (
            "Local radio reported that the nurse had said that the ward was full and that the roof had leaked.",
            [("the ward was full", "nurse", "radio"), ("the roof had leaked", "nurse", "radio")],
        ),
        (
            "The agency reported that the envoy had told Tass that the ford was mined.",
            [("the ford was mined", "envoy", "Tass")],
        ),
    ],
)
def test_who_reports_that_another_says_something_passes_it_on(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert by(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said they believed that the fire was set.", [("they believed that the fire was set", "Police", None)]),
        (
            "The mayor said it was unclear whether the levee would hold.",
            [("it was unclear whether the levee would hold", "mayor", None)],
        ),
    ],
)
def test_what_a_speaker_thinks_himself_is_no_claim_beside_what_he_says(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert by(text) == expected


def test_what_another_thinks_is_a_claim_beside_what_the_speaker_says_of_him() -> None:
    assert by("The coastguard said the union feared that the crew had drowned.") == [
        ("the union feared that the crew had drowned", "coastguard", None),
        ("the crew had drowned", "union", None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels seize the harbour\n\nRebels seized the harbour on Friday.", ["Rebels seized the harbour on Friday"]),
        (
            "Rebels seize 14 villages\n\nRebels seized villages on Friday.",
            ["Rebels seize 14 villages", "Rebels seized villages on Friday"],
        ),
        ("Rebels seize the harbour\n\nThe price of bread doubled in a week.", ["Rebels seize the harbour"]),
    ],
)
def test_a_headline_counts_where_the_body_does_not_repeat_it(text: str, expected: list[str]) -> None:
    assert [content for content, *_ in of(text)] == expected


def test_there_is_a_bound_on_what_one_text_may_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rebels took Goma. The army denied reports of rebel gains."
    monkeypatch.setattr("services.enrich.language.claims.drafts.LIMIT", 1)
    assert [content for content, *_ in of(text)] == ["Rebels took Goma"]
    assert LIMIT == 200
