"""The type of a claim, from the traits of its clause: a regression whose weights are learned from annotated articles.

The weights stand in `data/types.tsv`, one column a type, learned by `python -m tests.quality.learning --learn`. What happens in a clause is
told by the lexicon of events (events.py); the weights decide between an event and what somebody thinks, wants or plans of it.
"""

import math
from collections.abc import Collection
from functools import cache
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from services.enrich.language.claims.traits import Traits
from services.enrich.language.tables import rows
from sitrep.contracts.enriched import ClaimType

TYPES: tuple[ClaimType, ...] = get_args(ClaimType)
FOLLOWED: frozenset[ClaimType] = frozenset(
    {"casualties", "control", "attack", "movement", "closure", "displacement", "agreement"}
)
"""The topics on which the article itself states facts."""

MOST_DOUBT = 0.6
"""Probability that a clause of the article itself is no claim, up to which it is taken for one."""

NONE = "none"
"""The column of what speaks against a claim of the article itself: a mood, a meeting, a date in passing."""


COLUMNS = (*TYPES, NONE)
Points = dict[str, float]
"""What speaks for each type, and for no claim at all (NONE); the highest wins."""


def type_of(totals: Points, among: Collection[ClaimType] = TYPES) -> ClaimType:
    """Return the type that most speaks for, among some types; of equal ones the first of the contract."""
    return max((type_ for type_ in TYPES if type_ in among), key=lambda type_: totals[type_])


def doubt(totals: Points) -> float:
    """Return the probability (0 to 1) that a clause of the article itself is no claim: a mood, a meeting, something in passing."""
    against = math.exp(totals[NONE])
    return round(against / (against + sum(math.exp(totals[type_]) for type_ in TYPES)), 3)


def points(given: Traits) -> Points:
    """Return what speaks for each type of a clause with some traits."""
    rows_of, weights = _table()
    known = [trait for trait in given if trait in rows_of]
    factors = np.array([1.0, *(given[trait] for trait in known)])
    rows_in_order = [rows_of["bias"], *(rows_of[trait] for trait in known)]
    totals = (weights[rows_in_order] * factors[:, None]).sum(axis=0)  # no BLAS: the same on every machine
    return dict(zip(COLUMNS, totals.round(6).tolist(), strict=True))


def strongest(given: Traits, type_: ClaimType, count: int) -> list[tuple[float, str]]:
    """Return the traits that speak most for a type, with how much."""
    rows_of, weights = _table()
    column = COLUMNS.index(type_)
    parts = [
        (round(float(weights[rows_of[trait], column]) * value, 2), trait) for trait, value in given.items() if trait in rows_of
    ]
    return sorted(parts, key=lambda part: (-part[0], part[1]))[:count]


@cache
def _table() -> tuple[dict[str, int], NDArray[np.float64]]:
    """Return the row of each trait, and the weights: a row for each trait, a column for each of COLUMNS."""
    read = list(rows("types.tsv"))
    weights = np.array([[float(row[name] or 0.0) for name in COLUMNS] for row in read] or [[0.0] * len(COLUMNS)])
    return {"bias": 0, **{row["trait"]: number for number, row in enumerate(read)}}, weights
