"""What tests/quality/learning.py learns, on clauses that are invented."""

from pathlib import Path

import pytest

from services.enrich.language.claims.types import COLUMNS, NONE
from tests.quality import calibration
from tests.quality.calibration import FOLDS
from tests.quality.learning import RARE, Example, chosen, crossed, history_crossed, learned, write_types

ATTACK, FLIGHT, MOOD = {"event=attack": 1.0}, {"event=displacement": 1.0}, {"event=none": 1.0}


def articles(count: int) -> list[Example]:
    """Return three clauses of each of some articles, whose types their traits tell."""
    return [
        Example(f"article {n}", traits, type_)
        for n in range(count)
        for traits, type_ in ((ATTACK, "attack"), (FLIGHT, "displacement"), (MOOD, NONE))
    ]


def test_a_trait_speaks_for_the_type_that_it_is_seen_with() -> None:
    weights = learned(articles(3 * RARE))
    assert weights["event=attack"]["attack"] > 0.5
    assert weights["event=attack"]["displacement"] < 0
    assert [chosen(weights, traits) for traits in (ATTACK, FLIGHT, MOOD)] == ["attack", "displacement", NONE]


def test_a_rare_trait_has_no_weights_and_one_that_is_just_frequent_enough_has() -> None:
    rest = [Example(f"article {n}", {}, "other") for n in range(RARE)]
    plans = [Example(f"article {n}", {"aux=will": 1.0}, "plan") for n in range(RARE)]
    assert "aux=will" not in learned([*rest, *plans[1:]])
    assert learned([*rest, *plans])["aux=will"]["plan"] > 0


def test_the_bias_is_for_what_is_frequent_and_has_no_penalty() -> None:
    bias = learned([Example("a", {}, "attack")] * 30 + [Example("a", {}, "plan")] * 10)["bias"]
    assert bias["attack"] - bias["plan"] == pytest.approx(1.1, abs=0.02)  # ln 3


def test_weights_have_two_decimals_and_none_is_nought() -> None:
    for row in learned(articles(2 * RARE)).values():
        assert row
        assert all(weight and round(weight, 2) == weight for weight in row.values())


@pytest.mark.parametrize(
    ("traits", "expected"),
    [
        ({"a": 1.0}, "attack"),
        ({"a": 0.1}, "plan"),
        ({"a": 0.5}, "attack"),
        ({}, "plan"),
        ({"unheard of": 9.0}, "plan"),
        ({"b": 1.0}, NONE),
    ],
)
def test_chosen_type(traits: dict[str, float], expected: str) -> None:
    """Of equal ones the first of the contract."""
    assert chosen({"bias": {"plan": 1.0}, "a": {"attack": 2.0}, "b": {NONE: 3.0}}, traits) == expected


def test_an_article_is_told_by_weights_that_others_gave() -> None:
    given = articles(RARE * FOLDS)
    assert crossed(given) == [example.type for example in given]
    own = [Example("article 0", {"cue=only here": 1.0}, "plan") for _ in range(3 * RARE)]
    told = crossed([*given, *own])
    assert "plan" in {chosen(learned([*given, *own]), example.traits) for example in own}
    assert "plan" not in told[len(given) :]


def test_history_is_measured_on_articles_that_it_was_not_learned_from() -> None:
    count = 30 * FOLDS
    given = [calibration.Example(f"a{n:03}", {"bias": 1.0, "when=ancient": 1.0}, True) for n in range(count)]
    given += [calibration.Example(f"a{n:03}", {"bias": 1.0, "when=week": 1.0}, False) for n in range(count)]
    assert history_crossed(given) == 1.0
    missed = [calibration.Example("a000", {"bias": 1.0, "when=week": 1.0}, True) for _ in range(10)]
    assert history_crossed([*given, *missed]) == pytest.approx(2 * count / (count + count + 10))


def test_the_weights_are_written_under_the_first_lines_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "DATA", tmp_path)
    (tmp_path / "types.tsv").write_text("# source: us\n# trait\t…\nbias\t9.0\nold\t1.0\n", "utf-8")
    write_types({"bias": {"casualties": 0.5, NONE: -1.0}, "negated": {"control": 1.5}})
    lines = (tmp_path / "types.tsv").read_text("utf-8").split("\n")
    assert lines[:2] == ["# source: us", "# trait\t…"]
    assert lines[2].split("\t") == ["bias", "0.5", *[""] * (len(COLUMNS) - 2), "-1.0"]
    assert lines[3:] == ["negated\t\t1.5", ""]
