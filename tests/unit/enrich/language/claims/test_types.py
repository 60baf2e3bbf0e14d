"""The type of a claim from its traits, by weights that are made by hand; and the learned ones are whole."""

import math
import re

import numpy as np
import pytest

from services.enrich.language.claims import types
from services.enrich.language.claims.fields import FIELDS
from services.enrich.language.claims.types import (
    COLUMNS,
    FOLLOWED,
    MOST_DOUBT,
    NONE,
    TYPES,
    Points,
    doubt,
    points,
    strongest,
    type_of,
)
from services.enrich.language.tables import DATA, rows
from sitrep.contracts.enriched import ClaimType

TRAITS = {"tag", "event", "with", "own", "own_tag", "own_subject", "cue", "cue_makes", "cue_leans", "rule", "quote", "speaker", "aux",
          "has", "copular", "tense", "subject", "subject_class", "field", "word", "verb"}  # fmt: skip
SINGLE = {"bias", "narrated", "number", "first_person", "negated", "length"}


def totals(**given: float) -> Points:
    return {**dict.fromkeys(COLUMNS, 0.0), **given}


@pytest.fixture
def _weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three traits that speak for an attack, and a bias to `other`."""
    weights = np.zeros((4, len(COLUMNS)))
    weights[0, COLUMNS.index("other")] = 0.5
    weights[1, COLUMNS.index("attack")] = 1.0
    weights[2, COLUMNS.index("attack")] = 2.0
    weights[3, COLUMNS.index("attack")] = -1.0
    numbers = {"bias": 0, "event=attack": 1, "field=attack": 2, "negated": 3}
    monkeypatch.setattr(types, "_table", lambda: (numbers, weights))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (totals(attack=1.0, control=2.0), "control"),
        (totals(attack=1.0, control=1.0), "control"),
        (totals(attack=1.0, casualties=1.0, other=1.0), "casualties"),
        (totals(other=1.0, plan=1.0), "plan"),
        (totals(none=5.0, plan=1.0), "plan"),
        (totals(), TYPES[0]),
    ],
)
def test_the_strongest_type_and_of_equal_ones_the_first(given: Points, expected: str) -> None:
    assert type_of(given) == expected


def test_the_strongest_among_some_types_in_whichever_order_they_are_named() -> None:
    assert type_of(totals(position=3.0, movement=1.0, attack=1.0), among=("movement", "attack")) == "attack"
    assert type_of(totals(position=3.0, closure=1.0), among=FOLLOWED) == "closure"


@pytest.mark.parametrize(
    ("share", "expected"), [(MOST_DOUBT - 0.01, True), (MOST_DOUBT + 0.01, False), (0.0001, True), (0.9999, False)]
)
def test_a_clause_is_stated_up_to_some_doubt(share: float, expected: bool) -> None:
    against = math.log(len(TYPES) * share / (1.0 - share))  # each type has 0, which is 1 of the sum
    assert (doubt(totals(none=against)) <= MOST_DOUBT) is expected


def test_whichever_type_speaks_for_it_a_clause_is_stated() -> None:
    assert doubt(totals(none=6.0)) > MOST_DOUBT
    assert all(doubt(totals(**{NONE: 6.0, type_: 7.0})) < MOST_DOUBT for type_ in TYPES)


@pytest.mark.usefixtures("_weights")
def test_points_are_the_sum_of_the_weights_of_the_known_traits() -> None:
    found = points({"event=attack": 1.0, "field=attack": 0.25, "unheard of": 9.0})
    assert found == totals(attack=1.5, other=0.5)
    assert points({}) == totals(other=0.5)


@pytest.mark.usefixtures("_weights")
def test_the_traits_that_speak_most_for_a_type() -> None:
    given = {"negated": 1.0, "field=attack": 0.5, "event=attack": 1.0, "unheard of": 1.0}
    assert strongest(given, "attack", 2) == [(1.0, "event=attack"), (1.0, "field=attack")]
    assert strongest(given, "attack", 9)[-1] == (-1.0, "negated")
    assert strongest({"field=attack": 0.75, "event=attack": 1.0}, "attack", 1) == [(1.5, "field=attack")]
    assert {weight for weight, _ in strongest(given, "plan", 9)} == {0.0}


def test_without_weights_nothing_speaks_for_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "rows", lambda name: iter(()))
    numbers, weights = types._table.__wrapped__()
    assert numbers == {"bias": 0}
    assert weights.tolist() == [[0.0] * len(COLUMNS)]


def test_the_columns_of_the_file_are_the_types_of_the_contract_and_none() -> None:
    header = (DATA / "types.tsv").read_text("utf-8").splitlines()[1]
    assert header.lstrip("# ").split("\t") == ["trait", *TYPES, NONE] == ["trait", *COLUMNS]
    followed: set[ClaimType] = set(FOLLOWED)
    assert followed < set(TYPES)


def test_every_row_of_the_file_is_of_a_trait_and_has_numbers() -> None:
    read = list(rows("types.tsv"))
    names = [row["trait"] for row in read]
    assert names[0] == "bias"
    assert len(set(names)) == len(names)
    for row in read:
        assert set(row) == {"trait", *COLUMNS}
        assert all(re.fullmatch(r"(-?\d+(\.\d+)?)?", row[column]) for column in COLUMNS)
        name, _, value = row["trait"].partition("=")
        assert name in (TRAITS if value else SINGLE), f"there is no trait {row['trait']!r}"
        assert name not in {"field", "word", "verb"} or value in FIELDS
        assert name not in {"event", "with", "own"} or value.partition("/")[0] in {*TYPES, NONE}
