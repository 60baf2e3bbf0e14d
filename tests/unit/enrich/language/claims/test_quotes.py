"""Quotations: where they stand, what a span is to them, and whose the sentences in them are."""

import pytest

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.quotes import REACH, continued, kind, quotations, quoted
from tests.support.parses import doc


def test_quoted_spans_with_their_marks() -> None:
    text = 'He said "no" and \u201cnever again\u201d.'
    assert [text[start:end] for start, end in quoted(text)] == ['"no"', "\u201cnever again\u201d"]
    assert quoted('one " alone') == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("rebels had left", "direct"),
        ('"rebels had left"', "direct"),
        ('that "rebels had left" the town', "mixed"),
        ("He", "indirect"),
        ("on Friday", "indirect"),
    ],
)
def test_kind_of_a_span(content: str, expected: str) -> None:
    text = 'He said that "rebels had left" the town on Friday.'
    start = text.index(content)
    assert kind(quoted(text), start, start + len(content)) == expected


def further(text: str) -> list[tuple[str, str]]:
    """Return the sentences that go on with somebody's quotation, and the head of who that is."""
    parsed = doc(text)
    sentences = list(parsed.sents)
    attributed = list(attributions(sentences))
    return [
        (parsed[each.content.start : each.content.end].text.strip(), each.speaker.text)
        for each in continued(parsed, text, sentences, attributed)
        if each.speaker is not None
    ]


def test_sentences_of_a_quotation_belong_to_who_is_quoted() -> None:
    text = '"We lost nine men," Omar said. "The army fired first. We will hold the town."'
    assert [speaker for _, speaker in further(text)] == ["Omar", "Omar"]


def test_quotation_out_of_reach_is_nobodys() -> None:
    near, far = "The mayor said the road was closed.", '"We will hold the town."'
    between = (
        "The market was full of people on that day, and children played in the square beside the old mosque until it rained."
    )
    text = f"{near} {between} {between} {far}"
    assert len(between) * 2 > REACH
    assert further(f"{near} {far}") == [(far.strip('"'), "mayor")]
    assert further(text) == []


def test_what_goes_on_is_not_denied_again() -> None:
    text = 'The army denied the attack. "We were not there. The town is calm."'
    parsed = doc(text)
    sentences = list(parsed.sents)
    later: list[Attributed] = list(continued(parsed, text, sentences, list(attributions(sentences))))
    assert later
    assert all(each.verb is not None and each.verb.type is None for each in later)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u201cLeave the valley at once!\u201d The mayor told the crowd.", [("Leave the valley at once!", "mayor")]),
        ("The mayor expressed concern:\n\u201cThe dam will burst before Friday.\u201d", [("The dam will burst before Friday.", "mayor")]),
        ("The colonel was blunt. \u201cHalf of the depot burned.\u201d", [("Half of the depot burned.", "colonel")]),
        ("Ana Ruiz wept. \u201cNobody came to help us.\u201d", [("Nobody came to help us.", "Ruiz")]),
        ("The convoy was late. \u201cHalf of the depot burned.\u201d", []),
        ("\u201cThe old lock was broken.\u201d The guards left.", []),
        ("Ana Ruiz wept.\n\u201cNobody came to help us.\u201d", []),
        ("The mayor left the \u201cold town\u201d. The crowd wept.", []),
        ("The mayor said the bridge was out. The \u201cold dam\u201d leaked.", []),
    ],
)  # fmt: skip
def test_attribution_that_stands_alone_has_the_quotation_beside_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert further(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said the road was closed.\n\u201cNobody came to help us.\u201d", []),
        (
            "\u201cThe bridge is out,\u201d the mayor said. \u201cThe road is closed.\n\u201cNobody came to help us.\u201d",
            [("The road is closed.", "mayor"), ("Nobody came to help us.", "mayor")],
        ),
    ],
)
def test_a_quotation_goes_on_in_the_next_paragraph_where_it_is_not_closed(text: str, expected: list[tuple[str, str]]) -> None:
    assert further(text) == expected


def test_quotation_that_goes_on_is_open() -> None:
    text = "\u201cThe road is closed.\n\u201cNobody came.\u201d"
    assert [(quotation.paragraph, quotation.goes_on) for quotation in quotations(text)] == [(0, True), (1, False)]
    assert quotations("\u201cThe road is closed.\nNobody came.") == []
