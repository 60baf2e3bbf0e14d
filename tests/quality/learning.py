"""`python -m tests.quality.learning`: learn the weights that tell the type of a claim and whether it is history, and measure them.

The weights are learned from our own annotated articles,
those annotated apart, and the tagged corpus without what is put aside. Without --learn nothing is written: what is told is measured
by leaving out a fifth of the articles five times.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.enrich.language.claims import history
from services.enrich.language.claims.confidence import probability
from services.enrich.language.claims.drafts import drafts
from services.enrich.language.claims.extract import readings
from services.enrich.language.claims.traits import Traits
from services.enrich.language.claims.types import COLUMNS, NONE
from services.enrich.language.pipeline import Pipeline
from tests.quality import calibration
from tests.quality.calibration import FOLDS, corpus_beside, folds, gold_of, matched, tagged
from tests.quality.run import APART, ASIDE, MODEL, OWN, article, scorer

RIDGE, STEPS, DECIMALS = 3.0, 400, 2
"""Strength of the L2 penalty, steps of accelerated gradient descent, decimals of a weight."""

HISTORY_RIDGE = 10.0
RARE = 4
"""Claims that a trait must be of, to have weights of its own."""

Weights = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Example:
    """A clause of an article by its traits, with its annotated type; `none` where it is annotated as no claim."""

    article: str
    traits: Traits
    type: str


@dataclass
class Examples:
    """What is learned from: the types of clauses, and which claims are history."""

    types: list[Example] = field(default_factory=list)
    history: list[calibration.Example] = field(default_factory=list)


def examples(pipeline: Pipeline, gold: Sequence[tuple[str, str, dict[str, Any]]]) -> Examples:
    """Return what is to be learned from annotated articles.

    Of types: each claim that overlaps an annotated one, and as `none` each clause of the article itself that tells an event and is
    annotated as no claim. Of history: each claim that overlaps an annotated one.
    """
    score, found = scorer("score"), Examples()
    articles = [article(name, text, value["published"], language=value.get("language")) for name, text, value in gold]
    with pipeline.nlp.memory_zone():
        for (name, _, value), given, doc in zip(gold, articles, pipeline.parsed(articles), strict=True):
            read = list(readings(doc, given, doc._.sitrep_entities, doc._.sitrep_dates, doc._.sitrep_coreference))
            claims = [json.loads(reading.claim.model_dump_json()) for reading in read]
            found.history += [
                calibration.Example(name, {"bias": 1.0, **read[j].past}, bool(value["claims"][i].get("background")))
                for i, j in matched(score, value["claims"], claims)
            ]
            undecided = drafts(doc, doc._.sitrep_entities, undecided=True)
            types = dict.fromkeys(range(len(undecided)), NONE)
            types.update(
                {
                    j: value["claims"][i]["type"]
                    for i, j in matched(score, value["claims"], [{"text": d.span.text} for d in undecided])
                }
            )
            found.types += [
                Example(name, draft.traits, types[n])
                for n, draft in enumerate(undecided)
                if types[n] and (types[n] != NONE or draft.attributed is None)
            ]
    return found


def learned(given: Sequence[Example]) -> Weights:
    """Return the weights of a multinomial logistic regression with an L2 penalty; the bias has none."""
    counts = Counter(trait for example in given for trait in example.traits)
    names = ["bias", *sorted(trait for trait, count in counts.items() if count >= RARE)]
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(given), len(names)))
    x[:, 0] = 1.0
    for row, example in enumerate(given):
        for trait, value in example.traits.items():
            if trait in column:
                x[row, column[trait]] = value
    y = np.zeros((len(given), len(COLUMNS)))
    for row, example in enumerate(given):
        y[row, COLUMNS.index(example.type)] = 1.0
    penalty = np.full((len(names), 1), RIDGE)
    penalty[0] = 0.0
    weights = _descended(x, y, penalty)
    rounded = np.round(weights, DECIMALS)
    return {
        name: {type_: float(rounded[n, m]) for m, type_ in enumerate(COLUMNS) if rounded[n, m]}
        for n, name in enumerate(names)
        if rounded[n].any()
    }


def _descended(x: NDArray[np.float64], y: NDArray[np.float64], penalty: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights at which the penalised loss is least, by Nesterov's accelerated gradient."""
    lipschitz = 0.5 * float(np.linalg.norm(x, 2)) ** 2 + float(penalty.max())
    weights = ahead = np.zeros((x.shape[1], y.shape[1]))
    momentum = 1.0
    for _ in range(STEPS):
        gradient = x.T @ (_softmax(x @ ahead) - y) + penalty * ahead
        following = ahead - gradient / lipschitz
        next_momentum = (1.0 + (1.0 + 4.0 * momentum * momentum) ** 0.5) / 2.0
        ahead = following + (momentum - 1.0) / next_momentum * (following - weights)
        weights, momentum = following, next_momentum
    return weights


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers: NDArray[np.float64] = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def chosen(weights: Weights, traits: Traits) -> str:
    """Return the type that some weights give to a claim."""
    totals = dict.fromkeys(COLUMNS, 0.0)
    for trait, value in {"bias": 1.0, **traits}.items():
        for type_, weight in weights.get(trait, {}).items():
            totals[type_] += weight * value
    return max(totals.items(), key=lambda pair: round(pair[1], 6))[0]


def crossed(given: Sequence[Example]) -> list[str]:
    """Return the types told of articles that the weights were not learned from, five times a fifth of them."""
    fold = folds(example.article for example in given)
    told = ["other"] * len(given)
    for n in range(FOLDS):
        weights = learned([example for example in given if fold[example.article] != n])
        for row, example in enumerate(given):
            if fold[example.article] == n:
                told[row] = chosen(weights, example.traits)
    return told


def write_types(weights: Weights) -> None:
    """Write the weights of the types into their data file, under its first lines."""
    body = ("\t".join([name, *(str(row.get(type_, "")) for type_ in COLUMNS)]).rstrip("\t") for name, row in weights.items())
    calibration.write_rows("types.tsv", body)


def history_crossed(given: Sequence[calibration.Example]) -> float:
    """Return F1 of history on articles that the weights were not learned from, five times a fifth of them."""
    fold = folds(example.article for example in given)
    right = told = 0
    for n in range(FOLDS):
        weights = calibration.learned([example for example in given if fold[example.article] != n], ridge=HISTORY_RIDGE)
        for example in given:
            if fold[example.article] == n and probability(example.features, weights) >= history.ENOUGH:
                told += 1
                right += example.right
    return 2 * right / max(1, told + sum(example.right for example in given))


def main() -> None:
    """Learn or measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learn", action="store_true", help="write the weights into data/types.tsv and data/history.tsv")
    arguments = parser.parse_args()
    corpus = corpus_beside(parser)
    pipeline = Pipeline(MODEL)
    aside = set((ASIDE / "wikinews.txt").read_text("utf-8").split())
    sets = {"own": gold_of(OWN), "apart": gold_of(APART)}
    sets |= {part: tagged(corpus / part, without=aside) for part in ("articles", "wikinews")}
    of_sets = {name: examples(pipeline, gold) for name, gold in sets.items()}
    types = [example for read in of_sets.values() for example in read.types]
    past = [example for read in of_sets.values() for example in read.history]
    told, row = crossed(types), 0
    for name, read in of_sets.items():
        claims = [(a, b.type) for a, b in zip(told[row : row + len(read.types)], read.types, strict=True) if b.type != NONE]
        row += len(read.types)
        right = sum(a == b for a, b in claims) / len(claims)
        sys.stdout.write(f"left out in turn: type    {name:10} {len(claims):5} claims  right {right:.3f}\n")
    sys.stdout.write(f"left out in turn: history {'all':10} {len(past):5} claims  F1 {history_crossed(past):.3f}\n")
    if arguments.learn:
        weights = learned(types)
        write_types(weights)
        of_history = calibration.learned(past, ridge=HISTORY_RIDGE)
        calibration.write_rows("history.tsv", (f"{name}\t{weight}" for name, weight in of_history.items()))
        sys.stdout.write(f"{len(weights)} traits and {len(of_history)} signs with their weights written\n")


if __name__ == "__main__":
    main()
