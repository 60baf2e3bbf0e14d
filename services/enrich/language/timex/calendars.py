"""Calendar arithmetic: units of time, holidays, and the dates of other calendars, by the libraries that are kept for them."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from dateutil.relativedelta import relativedelta
from hijridate import Gregorian, Hijri
from jdatetime import date as persian_date
from pyluach.dates import HebrewDate
from pyluach.hebrewcal import Year as HebrewYear

from services.enrich.language.tables import rows

DAY = timedelta(days=1)
Interval = tuple[date, date]
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
"""Months in a unit."""

DAYS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
SECONDS = {"second": 1, "minute": 60, "hour": 3600}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The first month of a season in the northern half of the world."""


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_from(day: date, months: int) -> date:
    """Return the first day of the month so many months away. Raises ValueError outside of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def months_in(within: Interval) -> int:
    """Return the number of months that an interval touches."""
    first, last = within
    return (last.year - first.year) * 12 + last.month - first.month + 1


def moved(day: date, unit: str, count: float) -> date:
    """Return a day `count` units away; the end of a month where it has no such day. Raises ValueError outside of the calendar."""
    if unit in SECONDS:
        return day + timedelta(days=round(count * SECONDS[unit] / 86_400))
    if unit in DAYS:
        return day + timedelta(days=round(count * DAYS[unit]))
    return day + relativedelta(months=round(count * MONTHS[unit]))


def around(unit: str, day: date) -> Interval:
    """Return the week, weekend, month … that a day lies in; centuries are those of its hundreds."""
    if unit in SECONDS or unit in {"day", "night"}:
        return day, day
    if unit in {"week", "fortnight", "weekend"}:
        monday = on_or_before(day, 0)
        return (monday + 5 * DAY, monday + 6 * DAY) if unit == "weekend" else (monday, monday + 6 * DAY)
    size = MONTHS[unit]
    if size < 12:
        first = date(day.year, (day.month - 1) // size * size + 1, 1)
        return first, months_from(first, size) - DAY
    years = size // 12
    first = date(max(day.year - day.year % years, 1), 1, 1)
    return first, date(first.year - first.year % years + years - 1, 12, 31)


def season(name: str, year: int, *, south: bool) -> Interval:
    """Return a season that begins in a year."""
    first = date(year, (SEASONS[name] + (6 if south else 0) - 1) % 12 + 1, 1)
    return first, months_from(first, 3) - DAY


def gregorian(name: str, year: int, month: int, day: int | None) -> Interval:
    """Return a day or month of another calendar, `hijri` (Umm al-Qura) or `persian`. Raises ValueError where it has none."""
    try:
        if name == "hijri":
            last = day or Hijri(year, month, 1).month_length()
            first_day, last_day = (Hijri(year, month, number).to_gregorian() for number in (day or 1, last))
            return date(*first_day.datetuple()), date(*last_day.datetuple())
        last = day or (31 if month <= 6 else 30 if month <= 11 or persian_date(year, 12, 1).isleap() else 29)
        return persian_date(year, month, day or 1).togregorian(), persian_date(year, month, last).togregorian()
    except OverflowError as outside:
        raise ValueError(str(outside)) from outside


def year_of(name: str, day: date) -> int:
    """Return the year of another calendar that a day lies in. Raises ValueError outside of what the calendar covers."""
    try:
        return (
            int(Gregorian(day.year, day.month, day.day).to_hijri().year)
            if name == "hijri"
            else int(persian_date.fromgregorian(date=day).year)
        )
    except OverflowError as outside:
        raise ValueError(str(outside)) from outside


@cache
def _rules() -> dict[str, tuple[list[str], int]]:
    return {row["name"]: (row["rule"].split(), int(row["days"])) for row in rows("timex/holidays.tsv")}


@cache
def holidays(name: str, year: int) -> tuple[Interval, ...]:
    """Return when a holiday is in a year, mostly once; one of the Islamic year may be twice, or not at all."""
    rule, length = _rules()[name]
    try:
        return tuple((first, first + (length - 1) * DAY) for first in _first_days(rule, year) if first.year == year)
    except (ValueError, OverflowError):
        return ()


def _first_days(rule: list[str], year: int) -> list[date]:
    """Return the first days of a holiday in a year, and perhaps some outside of it."""
    kind, *rest = rule
    if kind in _KINDS:
        return _KINDS[kind](year, *rest)
    if rest:  # so many days after another holiday
        return [first + int(rest[0]) * DAY for first, _ in holidays(kind, year)]
    return [date(year, *_month_and_day(kind))]


def _month_and_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _easter(year: int, days: str) -> list[date]:
    return [easter(year, EASTER_WESTERN) + int(days) * DAY]


def _orthodox(year: int, days: str) -> list[date]:
    return [easter(year, EASTER_ORTHODOX) + int(days) * DAY]


def _nth(year: int, count: str, weekday: str, month: str) -> list[date]:
    return [nth_weekday(int(count), int(weekday), (date(year, int(month), 1), month_end(year, int(month))))]


def _election(year: int, month: str) -> list[date]:
    """Return the Tuesday after the first Monday of a month."""
    return [_nth(year, "1", "0", month)[0] + DAY]


def _inauguration(year: int, month_day: str) -> list[date]:
    return [date(year, *_month_and_day(month_day))] if year % 4 == 1 else []


def _hijri(year: int, month_day: str) -> list[date]:
    first = year_of("hijri", date(year, 1, 1))
    return [gregorian("hijri", first + later, *_month_and_day(month_day))[0] for later in (0, 1)]


def _persian(year: int, month_day: str) -> list[date]:
    first = year_of("persian", date(year, 1, 1))
    return [gregorian("persian", first + later, *_month_and_day(month_day))[0] for later in (0, 1)]


def _hebrew(year: int, month_day: str) -> list[date]:
    """Return a day of the Hebrew year, whose months are counted from Nisan and whose number changes with the seventh; Purim moves."""
    before = year + 3760
    if month_day == "purim":
        return [HebrewDate(before, 13 if HebrewYear(before).leap else 12, 14).to_pydate()]
    month, day = _month_and_day(month_day)
    return [HebrewDate(before + (month >= 7), month, day).to_pydate()]


_KINDS: dict[str, Callable[..., list[date]]] = {
    "easter": _easter, "orthodox": _orthodox, "nth": _nth, "election": _election, "inauguration": _inauguration, "hijri": _hijri, "persian": _persian,
    "hebrew": _hebrew,
}  # fmt: skip


def on_or_after(day: date, weekday: int) -> date:
    """Return the first such weekday (Monday is 0) that is not before a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def on_or_before(day: date, weekday: int) -> date:
    """Return the last such weekday (Monday is 0) that is not after a day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def nth_weekday(count: int, weekday: int, within: Interval) -> date:
    """Return the first, second … weekday of an interval, from its end where `count` is negative. Raises ValueError where it has none."""
    first, last = within
    if count > 0:
        day = on_or_after(first, weekday) + timedelta(weeks=count - 1)
    else:
        day = on_or_before(last, weekday) + timedelta(weeks=count + 1)
    if not first <= day <= last:
        raise ValueError("the interval has no such weekday")
    return day
