"""What an expression of time means, computed by calendar libraries."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.easter import EASTER_ORTHODOX, easter
from dateutil.relativedelta import relativedelta
from hijridate import Hijri
from jdatetime import date as persian_date

MO, TU, WE, TH, FR, SA, SU = range(7)


@dataclass(frozen=True)
class Answer:
    """The right reading of one expression, and others that a careful reader may give as well."""

    kind: Literal["date", "time", "duration", "set"]
    earliest: date | None = None
    latest: date | None = None
    value: str | None = None
    accepted: tuple[tuple[date | None, date | None], ...] = ()
    warning: str | None = None
    approximate: bool | None = None


@dataclass(frozen=True)
class Row:
    """A sentence, when it was published, and its expressions in [brackets] with their answers; `{braces}` hold what is no time."""

    group: str
    published: date
    text: str
    answers: tuple[Answer, ...] = ()
    publisher: str | None = None
    url: str | None = None


def on(day: date) -> Answer:
    """A day."""
    return Answer("date", day, day)


def between(first: date, last: date) -> Answer:
    """An interval of days, both included."""
    return Answer("date", first, last)


def at(day: date, last: date | None = None) -> Answer:
    """A clock time or a part of a day, on a day or over two."""
    return Answer("time", day, last or day)


def lasting(value: str) -> Answer:
    """A duration, as ISO 8601."""
    return Answer("duration", value=value)


def repeated(value: str) -> Answer:
    """A set, with its TIMEX3 value."""
    return Answer("set", value=value)


def vague(answer: Answer) -> Answer:
    """The same, and only roughly so."""
    return replace(answer, approximate=True)


def contradicts(answer: Answer) -> Answer:
    """The same, with a weekday that is not that of the date."""
    return replace(answer, warning="weekday_contradicts")


def also(answer: Answer, *others: Answer) -> Answer:
    """The same, where these readings are right as well."""
    return replace(answer, accepted=tuple((other.earliest, other.latest) for other in others))


def since(day: date) -> Answer:
    """An interval with an open end."""
    return Answer("date", day, None)


def till(day: date) -> Answer:
    """An interval with an open start."""
    return Answer("date", None, day)


def year(number: int) -> Answer:
    return between(date(number, 1, 1), date(number, 12, 31))


def month(year_: int, number: int) -> Answer:
    first = date(year_, number, 1)
    return between(first, first + relativedelta(months=1, days=-1))


def week(day: date) -> Answer:
    """The week, Monday to Sunday, in which a day lies."""
    monday = day - timedelta(days=day.weekday())
    return between(monday, monday + timedelta(days=6))


def last(weekday: int, published: date, *, strictly: bool = False) -> date:
    """The weekday on or before a day; `strictly`: before it."""
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def coming(weekday: int, published: date) -> date:
    """The weekday after a day."""
    return published + timedelta(days=(weekday - published.weekday()) % 7 or 7)


def nth(count: int, weekday: int, year_: int, month_: int) -> date:
    """The first, second … weekday of a month; from its end where `count` is below 0."""
    if count > 0:
        first = date(year_, month_, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))
    end = date(year_, month_, 1) + relativedelta(months=1, days=-1)
    return end - timedelta(days=(end.weekday() - weekday) % 7 + 7 * (-count - 1))


def ago(published: date, **units: int) -> date:
    """The day so many days, weeks, months or years before."""
    return published - relativedelta(**units)  # type: ignore[arg-type]


def hence(published: date, **units: int) -> date:
    """The day so many days, weeks, months or years after."""
    return published + relativedelta(**units)  # type: ignore[arg-type]


def easter_sunday(year_: int, *, orthodox: bool = False) -> date:
    return easter(year_, EASTER_ORTHODOX) if orthodox else easter(year_)


def hijri(year_: int, month_: int, day_: int) -> date:
    gregorian = Hijri(year_, month_, day_).to_gregorian()
    return date(gregorian.year, gregorian.month, gregorian.day)


def persian(year_: int, month_: int, day_: int) -> date:
    return persian_date(year_, month_, day_).togregorian()
