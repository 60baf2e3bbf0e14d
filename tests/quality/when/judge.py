"""Whether the expressions of a sentence were read right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sitrep.contracts.enriched import DateExpression
from tests.quality.run import scorer
from tests.quality.when.answers import Answer, Row

_MARKS = re.compile(r"[\[\]{}]")


@dataclass(frozen=True)
class Verdict:
    """Whether an expression was read right, what is right (None: it is no time), and what was read."""

    right: bool
    expression: str
    wanted: Answer | None
    dates: tuple[DateExpression, ...]

    def __str__(self) -> str:
        wanted = (
            "no time"
            if self.wanted is None
            else f"{self.wanted.kind} {self.wanted.earliest}..{self.wanted.latest} {self.wanted.value or ''}"
        )
        read = "; ".join(f"{one.text!r} {one.kind} {one.earliest}..{one.latest} {one.value}" for one in self.dates) or "nothing"
        return f"{self.expression!r} is {wanted}, read as {read}"


def plain(row: Row) -> str:
    """Return the sentence of a row without its marks."""
    return _MARKS.sub("", row.text)


def marked(row: Row) -> Iterator[tuple[int, int, bool]]:
    """Yield the spans of what is marked in the plain sentence, and whether it is a time."""
    start = 0
    for before, mark in enumerate(_MARKS.finditer(row.text)):
        if mark.group() in "[{":
            start = mark.start() - before
        else:
            yield start, mark.start() - before, mark.group() == "]"


def judged(row: Row, dates: Sequence[DateExpression]) -> Iterator[Verdict]:
    """Yield a verdict for each mark of a row."""
    answers = iter(row.answers)
    for start, end, is_time in marked(row):
        over = tuple(one for one in dates if one.start < end and start < one.end)
        wanted = next(answers) if is_time else None
        right = not over if wanted is None else any(_is_right(one, wanted) for one in over)
        yield Verdict(right, plain(row)[start:end], wanted, over)


def _is_right(read: DateExpression, wanted: Answer) -> bool:
    days: tuple[date | None, date | None] = (read.earliest, read.latest)
    if read.warning != wanted.warning:
        return False
    if wanted.kind in {"duration", "set"}:
        same = wanted.kind == "set" or scorer("cases/score_dates").length(read.value) == scorer("cases/score_dates").length(
            wanted.value
        )
        return read.kind == wanted.kind and days == (None, None) and same
    if wanted.approximate and not read.approximate:
        return False
    return read.kind in {"date", "time"} and days in {(wanted.earliest, wanted.latest), *wanted.accepted}
