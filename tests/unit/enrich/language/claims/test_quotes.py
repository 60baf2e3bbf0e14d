"""Quotations: where they stand, what a span is to them, and whose the sentences in them are."""

import pytest

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.quotes import REACH, continued, kind, quoted
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
    found = list(attributions(sentences))
    return [
        (parsed[one.content.start : one.content.end].text.strip(), one.speaker.text)
        for one in continued(parsed, text, sentences, found)
        if one.speaker is not None
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
    made: list[Attributed] = list(continued(parsed, text, sentences, list(attributions(sentences))))
    assert made
    assert all(one.verb is not None and one.verb.type is None for one in made)
