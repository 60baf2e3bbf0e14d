"""`python -m tests.quality.calibration`: learn the weights of `confidence`, and measure how well they are calibrated.

A claim is right where its content overlaps an annotated one (each claim of one at most, F1 of the words at least 0.5), and
speaker and polarity are that one's. The weights are learned from our own annotated articles, those annotated apart, and the
tagged corpus without what is put aside. Without --learn nothing is written: calibration is measured by leaving out a fifth of the
articles five times, and with --aside on the articles put aside.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.enrich.language.claims.confidence import probability
from services.enrich.language.claims.extract import readings
from services.enrich.language.pipeline import Pipeline
from services.enrich.language.tables import DATA
from tests.quality.run import APART, ASIDE, BESIDE, MODEL, OWN, annotated, article, scorer

RIDGE, STEPS, DECIMALS, FOLDS, BINS = 3.0, 30, 3, 5, 10
"""Strength of the L2 penalty, Newton steps, decimals of a weight, folds of the cross-validation, bins of the calibration error."""

RARE = 12
"""Claims that a feature must be of, to have a weight of its own."""


@dataclass(frozen=True)
class Example:
    """A claim of an article by its features, with whether it is right."""

    article: str
    features: dict[str, float]
    right: bool


@dataclass(frozen=True)
class Calibration:
    """How good probabilities are: expected calibration error, area under the ROC curve, over how many claims, share right."""

    error: float
    auroc: float
    claims: int
    right: float

    def __str__(self) -> str:
        return f"{self.claims:6} claims  right {self.right:.3f}  ECE {self.error:.3f}  AUROC {self.auroc:.3f}"


def gold_of(folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Return name, text and annotations of the articles in a folder."""
    return [(name, (folder / f"{name}.txt").read_text("utf-8"), value) for name, value in annotated(folder).items()]


def tagged(part: Path, names: set[str] | None = None, without: Iterable[str] = ()) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the tagged articles of a part of the corpus, only those with some names, or without some."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(part.parent / "to_gold.py"), str(part), folder]
        subprocess.run(command, check=True, capture_output=True)
        return [one for one in gold_of(Path(folder)) if one[0] not in without and (names is None or one[0] in names)]


def examples(pipeline: Pipeline, gold: Sequence[tuple[str, str, dict[str, Any]]]) -> list[Example]:
    """Return every claim of annotated articles as an example."""
    score, result = scorer("score"), []
    articles = [article(name, text, value["published"], language=value.get("language")) for name, text, value in gold]
    with pipeline.nlp.memory_zone():
        for (name, _, value), given, doc in zip(gold, articles, pipeline.parsed(articles), strict=True):
            read = list(readings(doc, given, doc._.sitrep_entities, doc._.sitrep_dates, doc._.sitrep_coreference))
            claims = [json.loads(reading.claim.model_dump_json()) for reading in read]
            right = _right(score, value["claims"], claims)
            result += [Example(name, reading.features, n in right) for n, reading in enumerate(read)]
    return result


def matched(score: Any, gold: Sequence[dict[str, Any]], claims: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the pairs of an annotated claim and one of ours, by index, that overlap most; each of one pair at most."""
    pairs = sorted(
        ((score.overlap(c["text"], g["text"]), i, j) for i, g in enumerate(gold) for j, c in enumerate(claims)), reverse=True
    )
    chosen: dict[int, int] = {}
    for overlap, i, j in pairs:
        if overlap >= 0.5 and i not in chosen and j not in chosen.values():
            chosen[i] = j
    return list(chosen.items())


def _right(score: Any, gold: Sequence[dict[str, Any]], claims: Sequence[dict[str, Any]]) -> set[int]:
    """Return which claims have content, speaker and polarity of an annotated one."""
    right: set[int] = set()
    for i, j in matched(score, gold, claims):
        speaker = claims[j]["speaker"] or {}
        names = [name for name in (speaker.get("name"), speaker.get("text")) if name]
        wanted = [name for name in (gold[i]["speaker"], gold[i].get("speaker_text")) if name]
        same = any(score.same_speaker(a, b) for a in wanted for b in names) if gold[i]["speaker"] is not None else not names
        if same and claims[j]["polarity"] == (gold[i]["polarity"] or "asserted"):
            right.add(j)
    return right


def learned(given: Sequence[Example], ridge: float = RIDGE) -> dict[str, float]:
    """Return the weights of a logistic regression with an L2 penalty, by Newton's method; the bias has no penalty."""
    counts: dict[str, int] = {}
    for example in given:
        for name in example.features:
            counts[name] = counts.get(name, 0) + 1
    names = ["bias", *sorted(name for name, count in counts.items() if name != "bias" and count >= RARE)]
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(given), len(names)))
    for row, example in enumerate(given):
        for name, value in example.features.items():
            if name in column:
                x[row, column[name]] = value
    y: NDArray[np.float64] = np.array([float(example.right) for example in given])
    penalty = np.full(len(names), ridge)
    penalty[0] = 1e-6
    weights: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-(x @ weights)))
        gradient = x.T @ (p - y) + penalty * weights
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(penalty)
        weights = weights - np.linalg.solve(hessian, gradient)
    return {name: round(float(weights[n]), DECIMALS) for name, n in column.items()}


def measured(given: Sequence[Example], weights: dict[str, float] | None = None) -> Calibration:
    """Return how good the probabilities of some claims are (those of the data file where no weights are given)."""
    return calibration([(probability(example.features, weights), example.right) for example in given])


def calibration(pairs: Sequence[tuple[float, bool]]) -> Calibration:
    """Return how good probabilities are, each with whether it came true."""
    error = 0.0
    for n in range(BINS):
        inside = [(p, right) for p, right in pairs if n / BINS <= p < (n + 1) / BINS or (n == BINS - 1 and p == 1.0)]
        if inside:
            error += abs(sum(p for p, _ in inside) - sum(right for _, right in inside)) / len(pairs)
    wrong = sorted(p for p, right in pairs if not right)
    right_ones = [p for p, right in pairs if right]
    below = sum(np.searchsorted(wrong, p, "left") + np.searchsorted(wrong, p, "right") for p in right_ones) / 2
    auroc = float(below) / (len(wrong) * len(right_ones)) if wrong and right_ones else 0.5
    return Calibration(error, auroc, len(pairs), len(right_ones) / len(pairs))


def folds(articles: Iterable[str]) -> dict[str, int]:
    """Return for each article in which of the FOLDS parts of a cross-validation it is."""
    return {name: n % FOLDS for n, name in enumerate(sorted(set(articles)))}


def crossed(given: Sequence[Example]) -> Calibration:
    """Return the calibration on articles that the weights were not learned from, five times a fifth of them."""
    fold = folds(example.article for example in given)
    pairs: list[tuple[float, bool]] = []
    for n in range(FOLDS):
        weights = learned([example for example in given if fold[example.article] != n])
        pairs += [(probability(e.features, weights), e.right) for e in given if fold[e.article] == n]
    return calibration(pairs)


def write_rows(name: str, body: Iterable[str]) -> None:
    """Write learned rows into a data file, under its first lines."""
    path = DATA / name
    head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    path.write_text("\n".join([*head, *body]) + "\n", "utf-8")


def corpus_beside(parser: argparse.ArgumentParser) -> Path:
    """Return the folder of the tagged corpus; ends the program with the parser's error where there is none."""
    corpus = BESIDE / "corpus"
    if not corpus.is_dir():
        parser.error(
            f"there is no corpus beside the project: set SITREP_QUALITY to the folder that has corpus/ ({BESIDE} has none)"
        )
    return corpus


def main() -> None:
    """Learn or measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learn", action="store_true", help="write the weights into data/confidence.tsv")
    parser.add_argument("--aside", action="store_true", help="measure the stored weights on what is put aside")
    arguments = parser.parse_args()
    corpus = corpus_beside(parser)
    pipeline = Pipeline(MODEL)
    aside = set((ASIDE / "wikinews.txt").read_text("utf-8").split())
    if arguments.aside:
        sets = {"wikinews": tagged(corpus / "wikinews", aside), "articles": gold_of(ASIDE)}
        of_sets = {name: examples(pipeline, gold) for name, gold in sets.items()}
        of_sets["both"] = [example for read in of_sets.values() for example in read]
        for name, read in of_sets.items():
            sys.stdout.write(f"put aside, {name:10} {measured(read)}\n")
        return
    gold = [
        *gold_of(OWN),
        *gold_of(APART),
        *(one for part in ("articles", "wikinews") for one in tagged(corpus / part, without=aside)),
    ]
    given = examples(pipeline, gold)
    sys.stdout.write(f"left out in turn {crossed(given)}\n")
    if arguments.learn:
        weights = learned(given)
        write_rows("confidence.tsv", (f"{name}\t{weight}" for name, weight in weights.items()))
        sys.stdout.write(f"learned from     {measured(given, weights)}; {len(weights)} weights written\n")


if __name__ == "__main__":
    main()
