"""The normalised text and the identity that stands on it."""

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.contracts import identity
from sitrep.contracts.codes import RejectionCode
from sitrep.contracts.text import UnfitTextError, clean, normalise

MARKS = [mark for mark in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(mark)] + ["\u0f73", "\u0f75", "\u0f81"]
HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
        st.sampled_from("\r\n\t\x0b\x0c\x85\u2028\u2029\x1b[]m\x9b\u200b\u200d\ufeff\u202e\u00ad\u00a0\u0301e\x07"),
    ),
    max_size=200,
)


@given(HOSTILE)
def test_normalise_twice_changes_nothing(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(HOSTILE)
def test_normalise_leaves_no_control_character_but_tab_and_line_feed(raw: str) -> None:
    assert not [c for c in clean(raw) if unicodedata.category(c) == "Cc" and c not in "\t\n"]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(lambda t: f"a{t}b"),
    st.sampled_from(["\r\n", "\r", "\u2028"]),
)
def test_identity_is_the_same_under_line_ends_and_composition(text: str, end: str) -> None:
    lines = f"{text}\n{text}"
    other = unicodedata.normalize("NFD", lines).replace("\n", end)
    assert identity.article_id(normalise(other)) == identity.article_id(normalise(lines))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("tab\tstays", "tab\tstays"),
        ("\x1b[1;31mred\x1b[0m \x1b]0;title\x07text", "red text"),
        ("so\u00adft zero\u200bwidth in\ufeffner \u202ebidi", "soft zerowidth inner bidi"),
        ("join\u200der and non\u200cjoiner", "join\u200der and non\u200cjoiner"),
        ("no\u00a0break thin\u2009space", "no break thin space"),
        ("\u3000 around \u00a0\n", "around"),
        ("bell\x07 and e\u0301", "bell and \u00e9"),
        ("e\u200b\u0301", "\u00e9"),
    ],
)
def test_normalise_rule(raw: str, expected: str) -> None:
    assert normalise(raw) == expected


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("a\x00b", RejectionCode.BINARY),
        ("a\ud800b", RejectionCode.SURROGATE),
        (" \u200b\n...!", RejectionCode.EMPTY),
        ("", RejectionCode.EMPTY),
        ("a" * 200_001, RejectionCode.TOO_LONG),
        ("\u0926" * 180_000, RejectionCode.TOO_LONG),
    ],
)
def test_normalise_refuses(raw: str, code: RejectionCode) -> None:
    with pytest.raises(UnfitTextError) as caught:
        normalise(raw)
    assert caught.value.code is code


def test_normalise_takes_the_longest_text() -> None:
    assert len(normalise("a" * 200_000)) == 200_000


def test_ids_are_those_of_the_design() -> None:
    assert identity.article_id("abc") == "ba7816bf8f01cfea414140de5dae2223"
    assert identity.digest("a", 1, "b") == identity.content_sha256(b"a\x1f1\x1fb")
    assert identity.receipt_key("x", None) == "x"
    assert identity.receipt_key("x", "y") == "x/y"
    assert identity.claim_id("x", 1, 2, 0) != identity.claim_id("x", 1, 2, 1)


@given(
    st.lists(
        st.tuples(st.sampled_from("aeo\u1e69\u00e9\u0344\u1100"), st.text(st.sampled_from(MARKS), max_size=80)), max_size=5
    )
)
def test_marks_are_put_in_order_as_unicode_says(runs: list[tuple[str, str]]) -> None:
    raw = "".join(base + marks for base, marks in runs)
    assert clean(raw) == unicodedata.normalize("NFC", raw).strip()


def test_marks_take_time_in_proportion_to_their_number() -> None:
    began = time.process_time()
    for marks in ("\u0301\u0323", "\u0f73\u0f75", "\u0344\u0f81\u0323"):
        assert len(clean("a" + marks * 60_000)) > 100_000
    with pytest.raises(UnfitTextError, match="characters"):
        normalise("a" + "\u0301\u0323" * 1_900_000)
    assert time.process_time() - began < 2.0
