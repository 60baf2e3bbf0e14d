"""What an expression of time means, computed by calendar libraries."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
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


def month_end(year_: int, number: int) -> date:
    """The last day of a month."""
    return date(year_, number, 1) + relativedelta(months=1, days=-1)


def months(year_: int, first: int, last_: int, end_year: int | None = None) -> Answer:
    """From the first day of one month to the last of another, of the same year where no other is given."""
    return between(date(year_, first, 1), month_end(end_year or year_, last_))


def third_of(part: int, year_: int, number: int) -> Answer:
    """Early (1), mid (2) or late (3) of a month."""
    return between(date(year_, number, 10 * part - 9), date(year_, number, 10 * part) if part < 3 else month_end(year_, number))


def quarter(year_: int, number: int) -> Answer:
    return months(year_, 3 * number - 2, 3 * number)


def winter(year_: int) -> Answer:
    """The northern winter that begins in December of a year."""
    return months(year_, 12, 2, year_ + 1)


def years(first: int, last_: int) -> Answer:
    return between(date(first, 1, 1), date(last_, 12, 31))


def century(number: int) -> Answer:
    """A century, counted from its year 1 or from its year 0."""
    return also(years(100 * number - 99, 100 * number), years(100 * number - 100, 100 * number - 1))


def plus(day: date, days: int) -> date:
    """The day so many days after, or before where `days` is below 0."""
    return day + timedelta(days=days)


def past_day(published: date, month_: int, day: int) -> date:
    """The last such day of the year on or before the publish date."""
    this = date(published.year, month_, day)
    return this if this <= published else date(published.year - 1, month_, day)


def coming_day(published: date, month_: int, day: int) -> date:
    """The next such day of the year after the publish date."""
    this = date(published.year, month_, day)
    return this if this > published else date(published.year + 1, month_, day)


def past_month(published: date, number: int) -> Answer:
    """The last such month that began on or before the publish date."""
    return month(past_day(published, number, 1).year, number)


def coming_month(published: date, number: int) -> Answer:
    """The next such month that begins after the publish date."""
    return month(coming_day(published, number, 1).year, number)


def weeks_ago(published: date, count: int) -> Answer:
    """The week so many weeks before, or its same day."""
    day = ago(published, weeks=count)
    return also(week(day), on(day))


def last_night(published: date) -> Answer:
    """The evening before, or the night that goes on into the day itself."""
    return also(at(plus(published, -1)), at(plus(published, -1), published))


def sighted(first: date, last_: date | None = None) -> Answer:
    """A day, or days, that hang on the sighting of the moon: either end may be a day off."""
    final = last_ or first
    shifts = ((-1, -1), (1, 1)) if last_ is None else tuple(product((-1, 0, 1), repeat=2))
    return also(between(first, final), *(between(plus(first, a), plus(final, b)) for a, b in shifts))


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
