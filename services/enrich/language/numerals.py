"""What numbers in words and digits are worth."""

from services.enrich.language.tables import rows, values

_ROWS = list(rows("numerals.tsv"))
NUMBERS = {row["words"]: int(row["low"]) for row in _ROWS if row["kind"] == "number"}
SCALES = {row["words"]: int(row["low"]) for row in _ROWS if row["kind"] == "scale"}
PLURALS = {row["words"]: int(row["low"]) for row in _ROWS if row["kind"] == "plural"}
MULTIPLES = {row["words"]: int(row["low"]) for row in _ROWS if row["kind"] == "multiple"}
FRACTIONS = {word: float(row["low"]) for row in _ROWS if row["kind"] == "fraction" for word in values(row["words"])}
ORDINALS = frozenset(word for row in _ROWS if row["kind"] == "ordinal" for word in values(row["words"]))
SHARES = [(values(row["words"]), float(row["low"]), float(row["high"])) for row in _ROWS if row["kind"] == "share"]
"""Phrases for a part of a whole, with the least and the most that they stand for, as fractions of 1."""

BOUNDS = {row["kind"]: values(row["words"]) for row in _ROWS if row["kind"] in {"at_least", "at_most", "about"}}
"""Phrases before a number that make it a lower or an upper bound, or an estimate."""


def number(text: str) -> int | None:
    """Return the value of a small number in digits or words, or None where it is none (`few`, `several`)."""
    words = text.lower().replace("-", " ").split()
    if len(words) == 1 and words[0].replace(",", "").isdigit():
        return int(words[0].replace(",", ""))
    total = 0
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word in {"of", "and"} or (word in {"a", "an"} and following in NUMBERS):
            continue
        if word not in NUMBERS:
            return None
        total = total * 100 if word == "hundred" and total else total + NUMBERS[word]
    return total or None
