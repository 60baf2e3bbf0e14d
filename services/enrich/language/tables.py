"""The data files: every list of words and every piece of knowledge that the rules use, read here and nowhere else.

A file has tab-separated columns. Its first line names source and licence, its second line names the columns, and further
lines that begin with # are remarks. A cell with several values has `|` between them.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path(__file__).with_name("data")


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a data file by column; a cell that is missing at the end of a line is empty."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if line.strip()]
    columns = next(line for line in lines[1:] if line.startswith("#")).lstrip("# ").rstrip("\n").split("\t")
    body = (line for line in lines if not line.startswith("#"))
    yield from csv.DictReader(body, columns, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")


def values(cell: str) -> tuple[str, ...]:
    """Return the values of a cell in order."""
    return tuple(value for value in cell.split("|") if value)


def alternatives(phrases: Iterable[str]) -> str:
    """Return a pattern for any of some phrases, in which a longer one comes before its beginning."""
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


def word_lists(name: str) -> dict[str, frozenset[str]]:
    """Return the lists of a file with the columns `list` and `words`, by name."""
    return {row["list"]: frozenset(values(row["words"])) for row in rows(name)}
