"""The word lists of the claims, read from data/."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Cue:
    """A reporting verb: the type that it gives to its content (None: the content decides), and what that may be."""

    type: str | None
    takes: frozenset[str]


def _rows(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


CUES = {lemma: Cue(None if type_ == "-" else type_, frozenset(takes.split(","))) for lemma, type_, takes in _rows("cues.tsv")}
TOPICS = [(type_, pos, frozenset(words.split())) for type_, pos, words in _rows("topics.tsv") if pos != "kind"]
PLACES = next(frozenset(words.split()) for type_, _, words in _rows("topics.tsv") if type_ == "place")
SPEECH = {kind: frozenset(words.split()) for kind, words in _rows("speech.tsv")}
