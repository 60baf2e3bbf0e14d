"""Which parts of a text are claims."""

import pytest

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


def test_there_is_a_bound_on_what_one_text_may_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rebels took Goma. The army denied reports of rebel gains."
    monkeypatch.setattr("services.enrich.language.claims.drafts.LIMIT", 1)
    assert [content for content, *_ in of(text)] == ["Rebels took Goma"]
    assert LIMIT == 200
