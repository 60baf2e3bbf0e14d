"""The enrichment does not get worse on annotated texts, and is better than the stock model."""

import pytest

from tests.quality.run import BESIDE, OWN, OWN_CASES, Models, Row, case_rows, corpus_rows, gold_rows
from tests.quality.when.__main__ import scores
from tests.support.language_bench import compare

FLOORS = {
    "entity span+label P/R/F": 0.94,
    "entity resolved (who or where) P/R/F": 0.91,
    "date span P/R/F": 0.98,
    "date value P/R/F": 0.97,
    "claim content P/R/F": 0.90,
    "attributed claim content+speaker P/R/F": 0.90,
    "quantity P/R/F": 0.88,
}
"""F1 on our own articles, a little under what was measured when the rules were last changed."""

FIELD_FLOORS = {
    "claim type accuracy on matched": 0.81,
    "claim places P/R/F on matched": 0.64,
    "claim time P/R/F on matched": 0.74,
    "claim background P/R/F on matched": 0.70,
}
"""The same for fields of claims that the stock model has nothing of."""

CASE_FLOORS = {
    "cases/claims": 0.70,
    "cases/pairs": 0.86,
    "cases/pairs_quantities": 0.88,
    "cases/pairs_senses": 0.88,
    "cases/pairs_places_times": 0.88,
    "cases/dates": 0.98,
}
SENTENCE_FLOORS = {
    "english": 0.98,
    "traps": 0.96,
    "anchors": 0.96,
    "french": 0.97,
    "aside": 0.90,
    "aside_last": 0.95,
    "french_aside": 0.89,
}
"""Share of the expressions of time and of what only looks like one that are read right, by set of sentences."""

CORPUS_FLOORS = {
    "claim content P/R/F": 0.74,
    "attributed claim content+speaker P/R/F": 0.72,
    "claim denied or uncertain P/R/F on matched": 0.76,
    "claim type accuracy on matched": 0.72,
}
FASTER = 1.05
"""How many times as many articles a second as the stock model reads the enrichment reads at least; 1.2 were measured on a quiet machine."""


@pytest.fixture(scope="module")
def models() -> Models:
    return Models.load()


@pytest.fixture(scope="module")
def figures(models: Models) -> dict[str, Row]:
    return {row.figure: row for row in gold_rows("own gold", OWN, models)}


@pytest.mark.parametrize("name", FLOORS)
def test_figure_is_above_its_floor_and_not_below_the_stock_model(figures: dict[str, Row], name: str) -> None:
    row = figures[name]
    assert row.items > 100
    assert row.ours is not None
    assert row.ours >= FLOORS[name]
    assert row.stock is not None
    assert row.ours >= row.stock


@pytest.mark.parametrize("name", FIELD_FLOORS)
def test_field_of_claims_is_above_its_floor(figures: dict[str, Row], name: str) -> None:
    row = figures[name]
    assert row.ours is not None
    assert row.ours >= FIELD_FLOORS[name]


def test_small_cases_are_as_often_right_as_they_were(models: Models) -> None:
    totals = {row.set: row for row in case_rows(OWN_CASES, models) if row.figure == "TOTAL"}
    for name, floor in CASE_FLOORS.items():
        ours = totals[name].ours
        assert ours is not None
        assert ours >= floor, totals[name]


@pytest.mark.parametrize("name", SENTENCE_FLOORS)
def test_expressions_of_time_are_read_as_well_as_they_were(name: str) -> None:
    right, total = scores(name)
    assert total.total() > 60
    assert right.total() / total.total() >= SENTENCE_FLOORS[name]


@pytest.mark.skipif(not (BESIDE / "corpus").is_dir(), reason="the corpus is not here")
def test_corpus_is_read_as_well_as_it_was(models: Models) -> None:
    for row in corpus_rows(BESIDE / "corpus", models):
        if row.figure in CORPUS_FLOORS:
            assert row.ours is not None
            assert row.ours >= CORPUS_FLOORS[row.figure], row


def test_enrichment_is_faster_than_the_stock_model() -> None:
    ratio = compare(rounds=2)["ratio"]
    assert isinstance(ratio, float)
    assert ratio >= FASTER
