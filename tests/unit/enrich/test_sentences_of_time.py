"""The sets of sentences with expressions of time are well made: their marks, answers and intervals agree."""

import importlib
import re

import pytest

from tests.quality.when.__main__ import SETS
from tests.quality.when.answers import Answer, Row

WEEKDAYS = {
    "english": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "french": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
NAMED_OTHERWISE = ("week on", "easter")
"""Phrases in which a weekday is that of another week, or part of the name of a feast."""


def rows(name: str) -> list[Row]:
    found: list[Row] = importlib.import_module(f"tests.quality.when.sentences.{name}").ROWS
    return found


@pytest.mark.parametrize("name", SETS)
def test_each_mark_has_an_answer(name: str) -> None:
    for row in rows(name):
        expressions, traps = re.findall(r"\[([^\[\]]*)\]", row.text), re.findall(r"\{([^{}]*)\}", row.text)
        assert row.text.count("[") == row.text.count("]") == len(expressions) == len(row.answers), row.text
        assert row.text.count("{") == row.text.count("}") == len(traps), row.text
        assert expressions or traps, row.text
        assert all(mark and mark == mark.strip() for mark in expressions + traps), row.text


@pytest.mark.parametrize("name", SETS)
def test_no_sentence_stands_twice(name: str) -> None:
    texts = [row.text for row in rows(name)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", SETS)
def test_each_answer_is_an_interval_or_a_value(name: str) -> None:
    for row in rows(name):
        for answer in row.answers:
            assert (answer.value is not None) == (answer.kind in {"duration", "set"}), row.text
            assert answer.value or answer.earliest or answer.latest, row.text
            for earliest, latest in ((answer.earliest, answer.latest), *answer.accepted):
                assert earliest is None or latest is None or earliest <= latest, row.text


@pytest.mark.parametrize("name", SETS)
def test_a_weekday_is_that_of_its_answer_unless_it_contradicts(name: str) -> None:
    for row in rows(name):
        for mark, answer in zip(re.findall(r"\[([^\[\]]*)\]", row.text), row.answers, strict=True):
            weekday = named(mark.lower(), WEEKDAYS["french" if name.startswith("french") else "english"])
            if weekday is not None and is_one_day(answer):
                assert answer.earliest is not None
                assert (answer.earliest.weekday() == weekday) == (answer.warning is None), (mark, row.text)


def named(mark: str, names: tuple[str, ...]) -> int | None:
    """Return the weekday that an expression names, or None where it names none, or more than one."""
    present = [number for number, weekday in enumerate(names) if weekday in mark]
    return present[0] if len(present) == 1 and not any(phrase in mark for phrase in NAMED_OTHERWISE) else None


def is_one_day(answer: Answer) -> bool:
    return answer.earliest is not None and answer.earliest == answer.latest
