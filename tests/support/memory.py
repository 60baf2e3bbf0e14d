"""Whether the enrichment keeps its memory: texts full of words that nobody has seen, and the slope of what the process holds.

`python -m tests.support.memory` is the long run (8,000 texts after a warm-up, and a control without memory zones), which
prints its figures as JSON; a short one is part of the tests.
"""

import argparse
import gc
import json
import random
import statistics
import string
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import islice

import psutil

from services.enrich.language.pipeline import Pipeline
from services.enrich.pool import CHUNK_ARTICLES
from tests.support import language_bench

MIB = 1024 * 1024
EVERY = 100
NOVEL = 0.3


def texts(seed: int) -> Iterator[str]:
    """Yield texts of 600 to 900 characters for ever, three words in ten made of random letters."""
    chosen = random.Random(seed)
    sample = language_bench.sample(40)
    while True:
        words = chosen.choice(sample).split()
        for index in chosen.sample(range(len(words)), int(NOVEL * len(words))):
            words[index] = "".join(chosen.choices(string.ascii_lowercase, k=chosen.randint(4, 11)))
        size = chosen.randint(600, 900)
        made = " ".join(words)
        while len(made) < size:
            made += " " + chosen.choice(sample)
        yield made[:size]


def slope(pipeline: Pipeline, items: Iterator[str], warm_up: int, count: int) -> float:
    """Return by how many MiB what the process holds grows with every 1,000 texts, after the warm-up (least squares)."""
    process = psutil.Process()
    held: list[tuple[float, float]] = []
    for done in range(0, warm_up + count, CHUNK_ARTICLES):
        language_bench.run(list(islice(items, CHUNK_ARTICLES)), pipeline)
        if done >= warm_up and done // EVERY != (done - CHUNK_ARTICLES) // EVERY:
            gc.collect()
            held.append((done / 1000, process.memory_info().rss / MIB))
    return _slope(held)


def _slope(points: Sequence[tuple[float, float]]) -> float:
    return statistics.linear_regression([x for x, _ in points], [y for _, y in points]).slope


def without_zones(pipeline: Pipeline) -> Pipeline:
    """Return a pipeline whose memory zones do nothing: what spaCy does by itself."""
    pipeline.nlp.memory_zone = nullcontext  # type: ignore[method-assign,assignment]
    return pipeline


def main() -> None:
    """Measure both and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warm-up", type=int, default=1500)
    parser.add_argument("--count", type=int, default=8000)
    parser.add_argument("--control", type=int, default=3000)
    given = parser.parse_args()
    ours = slope(Pipeline(language_bench.MODEL), texts(1), given.warm_up, given.count)
    control = slope(without_zones(Pipeline(language_bench.MODEL)), texts(2), given.warm_up // 3, given.control)
    figures = {
        "texts": given.count,
        "mib_per_1000": round(ours, 3),
        "control_texts": given.control,
        "control_mib_per_1000": round(control, 3),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
