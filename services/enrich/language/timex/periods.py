"""Calendar periods: days, weeks, months, years and thirds of them, seasons, quarters, decades, centuries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from services.enrich.language.timex.calendars import DAY, around, months_from, months_in, moved, on_or_after, season
from services.enrich.language.timex.meaning import Anchor, Context, Granularity, Meaning, UnresolvedError
from services.enrich.language.timex.terms import Term

THIRDS = {"early": 0, "mid": 1, "late": 2}
SHORTENED = {"second": "day", "minute": "day", "hour": "day", "night": "day", "weekend": "range", "fortnight": "week"}
REPORTED = timedelta(days=75)
"""How long after its end a quarter is still what is to be reported: "will report its third-quarter loss"."""

SAME = {"night": "NI"}
"""The unit that is a part of a day."""


def span(earliest: date, latest: date, value: str, granularity: Granularity, anchor: Anchor = "none") -> Meaning:
    """Return an interval of days."""
    return Meaning("date", value, earliest, latest, granularity, anchor)


def day_of(day: date) -> Meaning:
    """Return a day."""
    return span(day, day, day.isoformat(), "day")


def within(unit: str, day: date) -> Meaning:
    """Return the day, week, month … that a day lies in."""
    first, last = around(unit, day)
    year, week, _ = first.isocalendar()
    values = {
        "week": f"{year:04}-W{week:02}", "fortnight": f"{year:04}-W{week:02}", "weekend": f"{year:04}-W{week:02}-WE",
        "month": f"{first.year:04}-{first.month:02}", "quarter": f"{first.year:04}-Q{(first.month + 2) // 3}",
        "year": f"{first.year:04}", "decade": f"{first.year // 10:03}", "century": f"{last.year // 100:02}",
    }  # fmt: skip
    return span(first, last, values.get(unit, first.isoformat()), cast("Granularity", SHORTENED.get(unit, unit)))


def third(meaning: Meaning, which: str) -> Meaning:
    """Return the early, middle or late part of something; a day stays the day."""
    first, last = meaning.interval
    at, days = THIRDS[which], (last - first).days + 1
    if days <= 1:
        return meaning
    months = months_in(meaning.interval)
    if first.day == 1 and (last + DAY).day == 1:
        if months == 1:
            begin = date(first.year, first.month, (1, 11, 21)[at])
            end = last if at == 2 else begin + timedelta(days=9)
            return span(begin, end, meaning.value or "", "part_of_month", meaning.anchor)
        if months % 3 == 0:
            begin = months_from(first, at * months // 3)
            return span(begin, months_from(begin, months // 3) - DAY, meaning.value or "", "range", meaning.anchor)
    size = days // 3
    cuts = [(0, size - 1), (size, 2 * size - 1), (2 * size, days - 1)]
    if days == 7:  # mid-week is Tuesday to Thursday
        cuts = [(0, 1), (1, 3), (4, 6)]
    from_, to = cuts[at]
    return span(first + from_ * DAY, first + to * DAY, meaning.value or "", "range", meaning.anchor)


def _unit(term: Term, context: Context) -> Meaning:
    """Return a calendar unit so many away from that of the text, or of the date before it: "last week", "the following day"."""
    unit, shift = term.word("unit"), term.whole("shift") or 0
    if unit is None:
        raise UnresolvedError("no unit")
    hung_on_text = term.word("base") == "text"
    day = context.before if hung_on_text else context.day
    weekday = term.whole("weekday")
    if weekday is not None:  # "that Monday"
        return day_of(on_or_after(day, weekday)).on("text")
    if hung_on_text and shift > 0 and context.previous is not None and context.previous.latest is not None:
        day = context.previous.latest
    before = context.previous
    if (
        hung_on_text
        and not shift
        and before is not None
        and before.granularity == "part_of_day"
        and "NI" in {term.word("part"), SAME.get(unit)}
    ):
        return before.on("text")  # the night of 4 to 5 August, and "the same night"
    anchor: Anchor = "text" if hung_on_text else "published"
    meaning = within(unit, moved(day, unit, shift)).on(anchor)
    first, last = meaning.interval
    if term.whole("until"):
        return span(first, max(first, day - DAY), meaning.value or "", "range", anchor)
    if term.whole("from"):
        return span(min(last, day + DAY), last, meaning.value or "", "range", anchor)
    return meaning


def _season(term: Term, context: Context) -> Meaning:
    name, year, south = term.word("season"), term.whole("year"), context.south
    if name is None:
        raise UnresolvedError("no season")
    if year is not None:
        return _of_season(name, season(name, year, south=south), "none")
    day, direction = context.day, term.whole("dir")
    around_it = [season(name, day.year + shift, south=south) for shift in range(-2, 3)]
    if direction is not None and direction < 0:
        found = max(one for one in around_it if one[1] < day)
    elif direction is not None and direction > 0:
        found = min(one for one in around_it if one[0] > day)
    elif direction == 0:  # the nearest: "this winter" is the last one in March, and the next one in November
        found = min(around_it, key=lambda one: max(one[0] - day, day - one[1], timedelta()))
    elif context.tense == "future":
        found = min(one for one in around_it if one[1] >= day)
    else:
        found = max(one for one in around_it if one[0] <= day)
    return _of_season(name, found, "published")


def _of_season(name: str, days: tuple[date, date], anchor: Anchor) -> Meaning:
    return span(*days, f"{days[0].year:04}-{name}", "season", anchor)


def _quarter(term: Term, context: Context) -> Meaning:
    """Return a quarter of a year; without a year the nearest one, without a number that of the text before or the last one."""
    number, year = term.whole("quarter"), term.whole("year")
    if number is None:  # "the quarter"
        before = context.previous
        if before is not None and before.granularity == "quarter":
            return before.on("text")
        return within("quarter", moved(context.day, "quarter", -1)).on("published")
    if not 1 <= number <= 4:
        raise UnresolvedError("no quarter")
    anchor: Anchor = "none"
    if year is None:
        anchor, year = "published", _year_of_quarter(number, context)
    return within("quarter", date(year, number * 3 - 2, 1)).on(anchor)


def _year_of_quarter(number: int, context: Context) -> int:
    """Return the year of a quarter that has none: that of the quarter before it in the text, else the last one, or the coming one."""
    before = context.previous
    if (
        before is not None
        and before.granularity == "quarter"
        and before.anchor == "none"
        and context.close
        and before.earliest is not None
    ):
        return before.earliest.year
    day = context.day
    begun = day.year if date(day.year, number * 3 - 2, 1) <= day else day.year - 1
    ended = months_from(date(begun, number * 3 - 2, 1), 3)
    return begun if context.tense != "future" or day < ended or day - ended <= REPORTED else begun + 1


def _decade(term: Term, context: Context) -> Meaning:
    """Return a decade; "the nineties" are the last ones that have begun."""
    first = term.whole("decade")
    if first is None:
        raise UnresolvedError("no decade")
    if first < 100:
        day = context.day
        first += day.year // 100 * 100
        first -= 100 if first > day.year else 0
        return within("decade", date(first, 1, 1)).on("published")
    return within("decade", date(first, 1, 1))


def _century(term: Term, _: Context) -> Meaning:
    number = term.whole("century")
    if number is None or term.whole("bc") or not 1 <= number <= 30:
        raise UnresolvedError("not in the calendar")
    return within("century", date(max(1, (number - 1) * 100), 1, 1))


def _years(term: Term, _: Context) -> Meaning:
    """Return a range of years: 2011-2014, 2015-17."""
    first, last, short = term.whole("year"), term.whole("year2"), term.whole("yy2")
    if first is None:
        raise UnresolvedError("no year")
    last = first // 100 * 100 + short if last is None and short is not None else last
    if last is None or last <= first:
        raise UnresolvedError("no range")
    return span(date(first, 1, 1), date(last, 12, 31), f"{first}/{last}", "range")


PERIOD_RULES: dict[str, Callable[[Term, Context], Meaning]] = {
    "unit": _unit, "season": _season, "quarter": _quarter, "decade": _decade, "century": _century, "years": _years,
}  # fmt: skip
