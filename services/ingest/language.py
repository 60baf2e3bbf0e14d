"""Which language a text is in: what its letters and words say, weighed by how often news come in each language.

The detector goes by sequences of bytes. Of a short text full of names ("Raids hit Binnish on 16 July.") these say little,
so that the words that every sentence has, the alphabet, and the usual language of the publisher are asked as well.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 10_000
WORD_FACTOR = 8.0
"""How much more likely a language is for each of its common words."""

FOREIGN_LETTER_FACTOR = 0.3
"""How much less likely a language is for each word with a letter that is not in its alphabet."""

PUBLISHER_FACTOR = 10.0
"""How much more likely the usual language of the publisher is."""

ENOUGH_WORDS = 60
"""Words that are looked at: the detector is sure of a longer text."""

_WORD = re.compile(r"[^\W\d_]+")
_BASIC = frozenset("abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class _Language:
    prior: float
    words: frozenset[str]
    letters: frozenset[str] | None


@cache
def _identifier() -> LanguageIdentifier:
    identifier: LanguageIdentifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


def _rows(name: str) -> Iterable[list[str]]:
    text = resources.files("services.ingest").joinpath("data", name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _languages() -> dict[str, _Language]:
    found = {}
    for code, prior, words, letters in ((*row, "", "")[:4] for row in _rows("languages.tsv")):
        alphabet = frozenset(letters) - {"-"} if letters else None
        latin = alphabet is not None and all(letter < "\u0370" or letter >= "\u1e00" for letter in alphabet)
        listed = frozenset(filter(None, words.split("|")))
        found[code] = _Language(float(prior), listed, alphabet | _BASIC if latin and alphabet is not None else alphabet)
    return found


@cache
def _usual() -> dict[str, str]:
    return {name.casefold(): code for code, names in _rows("publishers.tsv") for name in names.split("|")}


def load() -> None:
    """Load the model now: 65 MiB are unpacked among the temporary files meanwhile. Raises OSError where these have no space."""
    _identifier()


def identify(text: str, publisher: str | None = None) -> tuple[str, float]:
    """Return the ISO 639 code of the most likely language of the beginning of `text`, and its probability (two decimals)."""
    words = [word.casefold() for word in _WORD.findall(text[:SAMPLE])[:ENOUGH_WORDS]]
    usual = _usual().get(publisher.casefold()) if publisher else None
    weighed = [
        (float(probability) * _weight(code, words) * (PUBLISHER_FACTOR if code == usual else 1.0), str(code))
        for code, probability in _identifier().rank(text[:SAMPLE])
    ]
    total = sum(weight for weight, _ in weighed)
    best, code = max(weighed)
    return code, round(best / total, 2) if total else 0.0


def _weight(code: str, words: list[str]) -> float:
    language = _languages().get(code)
    if language is None:
        return 0.0
    common = sum(word in language.words for word in words)
    foreign = 0 if language.letters is None else sum(not language.letters.issuperset(word) for word in words)
    return float(language.prior * WORD_FACTOR**common * FOREIGN_LETTER_FACTOR**foreign)
