"""What an expression of time means, and what it is read by."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["past", "future"]
Granularity = Literal[
    "time", "part_of_day", "day", "week", "part_of_month", "month", "season", "quarter", "half_year", "year", "decade",
    "century", "range",
]  # fmt: skip
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Meaning:
    """What an expression means; without an interval it is a duration, or hangs on a date that is not known."""

    kind: Literal["date", "duration", "set", "time"]
    value: str | None = None
    earliest: date | None = None
    latest: date | None = None
    granularity: Granularity | None = None
    anchor: Literal["published", "text", "none"] = "none"
    approximate: bool = False


@dataclass(frozen=True)
class Context:
    """What an expression is read by: the publish date, the tense of its clause, and the date before it in the text."""

    published: date | None
    tense: Tense
    previous: Meaning | None
    near: bool = False
    """Whether the date before it stands in the same sentence."""


def span(earliest: date, latest: date, value: str, granularity: Granularity, **more: object) -> Meaning:
    """Return an interval of days."""
    return Meaning("date", value, earliest, latest, granularity, **more)  # type: ignore[arg-type]


def one(day: date, **more: object) -> Meaning:
    """Return a day."""
    return span(day, day, day.isoformat(), "day", **more)


def published_on(context: Context) -> date:
    """Return the publish date. Raises ValueError where there is none."""
    if context.published is None:
        raise ValueError("no publish date to hang it on")
    return context.published
