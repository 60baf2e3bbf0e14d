"""Clauses and what belongs to them."""

import pytest
from spacy.tokens import Doc, Token

from services.enrich.language.claims.spans import LONGEST_SENTENCE, Range, clauses, sentences, subtree, trimmed, verb_above
from tests.support.parses import doc, token, vocabulary


def root(of: Doc) -> Token:
    return next(iter(of.sents)).root


def test_coordinated_clauses_and_results_are_apart() -> None:
    parsed = doc("The army shelled the market, killing 19 people, and rebels fled.")
    made = [parsed[range_.start : range_.end].text for _, range_ in clauses(root(parsed))]
    assert [text.strip(" ,") for text in made] == ["The army shelled the market", "killing 19 people", "rebels fled."]


def test_clause_without_a_part() -> None:
    parsed = doc("According to the UN, rebels have entered Goma.")
    ((_, content),) = clauses(root(parsed), token(parsed, "According"))
    assert parsed[content.start : content.end].text.strip(" ,.") == "rebels have entered Goma"


def test_subtree_without_a_child_behind_and_one_before() -> None:
    parsed = doc("Rebels have entered Goma, according to residents.")
    whole = subtree(root(parsed))
    assert (whole.start, whole.end) == (0, len(parsed))
    without = subtree(root(parsed), token(parsed, "according"))
    assert parsed[without.start : without.end].text == "Rebels have entered Goma,"
    before = subtree(root(parsed), token(parsed, "Rebels"))
    assert parsed[before.start].text == "have"


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("The UN said that rebels had taken Goma and that civilians had fled.", (3, 9), "rebels had taken Goma"),
        ("The army said rebels had left.", (3, 7), "rebels had left"),
    ],
)
def test_trimmed(text: str, part: tuple[int, int], expected: str) -> None:
    span = trimmed(doc(text), Range(*part))
    assert span is not None
    assert span.text == expected


def test_nothing_is_left_of_punctuation() -> None:
    parsed = doc("The army said rebels had left.")
    assert trimmed(parsed, Range(len(parsed) - 1, len(parsed))) is None


@pytest.mark.parametrize(
    ("part", "expected"), [((2, 6), 'on "terrorist"'), ((4, 5), "terrorist"), ((2, 7), 'on "terrorist" bases')]
)
def test_quotation_mark_whose_other_half_is_inside_comes_in(part: tuple[int, int], expected: str) -> None:
    parsed = doc('They fired on "terrorist" bases.')
    span = trimmed(parsed, Range(*part))
    assert span is not None
    assert span.text == expected


def test_sentence_of_three_hundred_words_is_read_and_a_longer_one_is_not() -> None:
    def long(words: int) -> Doc:
        return Doc(vocabulary(), words=["word"] * words, heads=[0] * words, deps=["ROOT"] + ["dep"] * (words - 1))

    assert LONGEST_SENTENCE == 300
    assert len(list(sentences(long(300)))) == 1
    assert list(sentences(long(301))) == []


def test_line_of_signs_and_figures_is_no_sentence() -> None:
    words = ["return", "{", "x", ":", "[", "1", ",", "2", "]", "}"]
    assert list(sentences(Doc(vocabulary(), words=words, heads=[0] * 10, deps=["ROOT"] + ["dep"] * 9))) == []


def test_verb_above_within_some_steps() -> None:
    parsed = doc("The UN said that rebels had taken Goma and that civilians had fled.")
    goma = token(parsed, "Goma")
    assert verb_above(goma, 2) == token(parsed, "taken")
    assert verb_above(goma, 1) is None
    assert verb_above(token(parsed, "taken"), 1) == token(parsed, "taken")


def test_range_contains_its_first_and_not_the_token_behind_it() -> None:
    parsed = doc("The army said rebels had left.")
    assert Range(1, 3).contains(parsed[1])
    assert not Range(1, 3).contains(parsed[3])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The medic said [the wounded] were taken away.", "[the wounded] were taken away"),
        ("The medic said (the wounded were taken away).", "the wounded were taken away"),
        ("The medic said [the wounded were taken away.", "the wounded were taken away"),
    ],
)
def test_opening_bracket_is_kept_where_it_is_closed_within(text: str, expected: str) -> None:
    parsed = doc(text)
    span = trimmed(parsed, Range(3, len(parsed)))
    assert span is not None
    assert span.text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled the market, killing 19 people.", ["The army shelled the market", "killing 19 people"]),
        ("The army shelled the market, citing rebel fire.", ["The army shelled the market, citing rebel fire"]),
    ],
)
def test_what_somebody_cites_is_no_result(text: str, expected: list[str]) -> None:
    parsed = doc(text)
    assert [parsed[content.start : content.end].text.strip(" ,.") for _, content in clauses(root(parsed))] == expected
