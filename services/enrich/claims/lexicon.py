"""The word lists of the claims, read from data/."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Cue:
    """A reporting verb: the type that it gives to its content (None: the content decides), and what that may be.

    `otherwise` is the type where the content decides and says nothing.
    """

    type: str | None
    takes: frozenset[str]
    otherwise: str = "other"


def _rows(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _cue(type_: str, takes: str) -> Cue:
    own = None if type_.startswith("-") else type_
    return Cue(own, frozenset(takes.split(",")), type_.removeprefix("-") or "other" if own is None else "other")


CUES = {lemma: _cue(type_, takes) for lemma, type_, takes in _rows("cues.tsv")}
TOPICS = [(type_, pos, frozenset(words.split())) for type_, pos, words in _rows("topics.tsv") if pos not in {"kind", "said"}]
KINDS = {type_: frozenset(words.split()) for type_, pos, words in _rows("topics.tsv") if pos == "kind"}
SAID = {type_: frozenset(words.split()) for type_, pos, words in _rows("topics.tsv") if pos == "said"}
SPEECH = {kind: frozenset(words.split()) for kind, words in _rows("speech.tsv")}
