"""What an earlier version of a report said, and what is right instead."""

import pytest

from services.enrich.language.claims.attributed import Attributed
from services.enrich.language.claims.attribution import attributions
from services.enrich.language.claims.corrections import corrected, is_of_earlier_version
from services.enrich.language.claims.drafts import drafts
from services.enrich.language.claims.spans import Range
from tests.support.parses import doc, span, token

WRONG = "An earlier version of this report said that 12 people had died"


def put_right(text: str) -> list[tuple[str, str]]:
    parsed = doc(text)
    sentences = list(parsed.sents)
    wrong = [one for one in attributions(sentences) if is_of_earlier_version(one)]
    return [
        (
            parsed[one.wrong.content.start : one.wrong.content.end].text,
            parsed[one.content.start : one.content.end].text.strip(" ."),
        )
        for one in corrected(parsed, sentences, wrong)
    ]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (f"{WRONG}. It was 21.", "It was 21"),
        (f"{WRONG}; it was 21.", "it was 21"),
        (f"{WRONG}. It was 21. The toll is 30.", "It was 21"),
        (f"{WRONG}. The road was closed. The correct figure is 21.", "The correct figure is 21"),
    ],
)
def test_figure_that_is_right(text: str, right: str) -> None:
    assert put_right(text) == [("that 12 people had died", right)]


@pytest.mark.parametrize(
    "text",
    [
        f"{WRONG}. The road was closed. The mayor wept. It was 21.",
        f"{WRONG}. It was cold.",
        f"{WRONG}. The mayor was 21.",
        "A version of the story said that nine men had died. It was six.",
        "The mayor says the bridge is out. Repairs would take a week.",
    ],
)
def test_what_puts_nothing_right(text: str) -> None:
    assert put_right(text) == []


def test_each_thing_that_was_wrong_is_put_right_by_the_next_figure_behind_it() -> None:
    text = f"{WRONG}; it was 21."
    parsed = doc(text)
    content = span(parsed, "12 people had died")
    one = Attributed(Range(content.start, content.end), token(parsed, "died"), token(parsed, "version"), Range(6, 7), None)
    behind = Attributed(Range(14, 17), token(parsed, "was"), token(parsed, "version"), Range(6, 7), None)
    found = list(corrected(parsed, list(parsed.sents), [one, behind]))
    assert [(each.wrong, each.head.text) for each in found] == [(one, "was")]
    assert list(corrected(parsed, list(parsed.sents), [])) == []


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        (f"{WRONG}. It was 21.", "version", True),
        ("The earlier headline said nine men had died; it was six.", "headline", True),
        ("A version of the story said that nine men had died. It was six.", "version", False),
        ("A version of this report said that 12 people had died. It was 21.", "version", True),
        (f"{WRONG}. It was 21.", "report", False),
        (f"{WRONG}. It was 21.", None, False),
    ],
)
def test_who_took_it_back(text: str, speaker: str | None, expected: bool) -> None:
    parsed = doc(text)
    head = None if speaker is None else token(parsed, speaker)
    one = Attributed(Range(0, 1), parsed[0], head, Range(0, 1), None)
    assert is_of_earlier_version(one) is expected


def test_a_correction_denies_and_asserts_and_nobody_says_it() -> None:
    found = drafts(doc(f"{WRONG}. It was 21."))
    assert [(one.span.text, one.stance, one.attributed) for one in found] == [
        ("12 people had died", "denied", None),
        ("It was 21", "asserted", None),
    ]
    wrong, right = found
    assert wrong.corrects is None
    assert right.corrects is not None
    assert right.type == wrong.type
    assert wrong.span.doc[right.corrects.start : right.corrects.end].text == "that 12 people had died"


def test_what_was_wrong_is_denied_although_nothing_puts_it_right() -> None:
    assert [(one.span.text, one.stance) for one in drafts(doc(f"{WRONG}. It was cold."))] == [("12 people had died", "denied")]
    assert drafts(doc("An earlier version of this report said so.")) == []
