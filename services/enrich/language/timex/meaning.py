"""What an expression of time means, and what it is read by."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from services.enrich.language.timex.calendars import Interval

Tense = Literal["past", "present", "future"]
"""The present tells of what is to come where a day or month has no year: "is payable on 2 January"."""

Granularity = Literal[
    "time", "part_of_day", "day", "week", "part_of_month", "month", "season", "quarter", "half_year", "year", "decade",
    "century", "range",
]  # fmt: skip
Anchor = Literal["published", "text", "none"]
ON_A_DAY = frozenset({"day", "part_of_day", "time"})
"""Granularities of what lies on a day."""


class UnresolvedError(ValueError):
    """An expression that cannot be resolved: what it hangs on is not known, or it names no day of the calendar."""


@dataclass(frozen=True)
class Meaning:
    """What an expression means; without an interval it is a duration, or hangs on a date that is not known."""

    kind: Literal["date", "duration", "set", "time"]
    value: str | None = None
    earliest: date | None = None
    latest: date | None = None
    granularity: Granularity | None = None
    anchor: Anchor = "none"
    approximate: bool = False
    warning: Literal["weekday_contradicts"] | None = None

    @property
    def interval(self) -> Interval:
        """The days, both included. Raises UnresolvedError where an end is open."""
        if self.earliest is None or self.latest is None:
            raise UnresolvedError("it has no two ends")
        return self.earliest, self.latest

    def on(self, anchor: Anchor) -> "Meaning":
        """Return the same, hung on something."""
        return replace(self, anchor=anchor)


@dataclass(frozen=True)
class Context:
    """What an expression is read by.

    `published` is the day on which its text was written, `previous` the date before it in the text and `close` whether that stands
    shortly before it. `told` is the day or clock time of which the text tells there. `day_first` says in which order 3/4/2024 is read
    (None: nobody knows), `south` that the seasons are turned.
    """

    published: date | None
    tense: Tense
    previous: Meaning | None
    close: bool = True
    told: Meaning | None = None
    day_first: bool | None = None
    south: bool = False

    @property
    def day(self) -> date:
        """The day on which it was written. Raises UnresolvedError where nobody knows."""
        if self.published is None:
            raise UnresolvedError("no publish date to hang it on")
        return self.published

    @property
    def before(self) -> date:
        """The first day of the date before it in the text. Raises UnresolvedError where there is none."""
        day = None if self.previous is None else self.previous.earliest or self.previous.latest
        if day is None:
            raise UnresolvedError("no date before it to hang it on")
        return day
