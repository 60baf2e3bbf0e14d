"""What the article itself states."""

import pytest

from services.enrich.language.claims.narrator import is_followed, statements
from services.enrich.language.claims.spans import Range
from tests.support.parses import doc


def stated(text: str, *said: Range) -> list[tuple[str, str, bool]]:
    parsed = doc(text)
    return [
        (parsed[one.content.start : one.content.end].text.strip(" .,"), one.head.text, one.sure)
        for one in statements(parsed, parsed.text, list(parsed.sents), said)
    ]


def test_fact_on_a_topic_is_stated() -> None:
    assert stated("Rebels captured six villages.") == [("Rebels captured six villages", "captured", False)]


def test_each_clause_is_stated_by_itself() -> None:
    assert stated("The army shelled the village, killing 19 people, and rebels fled.") == [
        ("The army shelled the village", "shelled", False),
        ("killing 19 people", "killing", False),
        ("rebels fled", "fled", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose 40 per cent.",
        "The army said rebels had left.",
        "Were twelve civilians killed?",
        "The town of Goma.",
        "The council discussed aid.",
        "Iran backed the rebels.",
        "It is unclear who fired.",
        "The army claimed the hill.",
    ],
)
def test_what_the_article_does_not_state(text: str) -> None:
    assert stated(text) == []


def test_verb_of_saying_that_tells_an_event_of_its_own_is_stated() -> None:
    assert stated("The flood claimed twelve lives.") == [("The flood claimed twelve lives", "claimed", False)]


def test_what_somebody_says_is_not_stated_again() -> None:
    text = "Rebels captured six villages."
    assert stated(text, Range(1, 3)) == []
    assert len(stated(text, Range(5, 5))) == 1


@pytest.mark.parametrize(
    ("text", "content", "head"),
    [
        ("Civilians killed: 5", "Civilians killed: 5", "killed"),
        ("Idlib: 6 killed, 41 injured.", "6 killed, 41 injured", "killed"),
        ("Idlib: at least 6 people killed, 41 injured", "at least 6 people killed, 41 injured", "killed"),
        ("People displaced: 3,100 in Pibor, 2,100 in Akobo.", "People displaced: 3,100 in Pibor, 2,100 in Akobo", "displaced"),
        ("Aleppo 12 dead.", "Aleppo 12 dead", "dead"),
    ],
)
def test_line_of_figures_is_surely_a_claim(text: str, content: str, head: str) -> None:
    assert stated(text) == [(content, head, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Six villages: the army held a vote.",
        "The town of Goma.",
        "No trace of the crew.",
        "Deaths in Goma",
        "32 wounded were flown out.",
    ],
)
def test_what_is_no_line_of_figures(text: str) -> None:
    assert not any(sure for *_, sure in stated(text))


def test_line_of_figures_is_not_stated_again_where_somebody_says_it() -> None:
    text = "Idlib: 6 killed, 41 injured."
    assert [sure for *_, sure in stated(text, Range(0, 2))] == [True]
    assert not any(sure for *_, sure in stated(text, Range(2, 4)))


def test_clause_is_followed_by_any_word_that_tells_an_event() -> None:
    parsed = doc("Rebels captured six villages.")
    assert is_followed(parsed, Range(0, 2))
    assert not is_followed(parsed, Range(2, 5))
    assert not is_followed(doc("Iran backed the rebels."), Range(0, 4))
