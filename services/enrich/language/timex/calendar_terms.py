"""Dates of the calendar: days, months and years as they are written, weekdays, holidays; the year or week that is left out is found."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from services.enrich.language.timex.calendars import DAY, gregorian, holidays, month_end, months_from, on_or_before, year_of
from services.enrich.language.timex.clock import clock_value
from services.enrich.language.timex.meaning import Anchor, Context, Meaning, UnresolvedError
from services.enrich.language.timex.periods import day_of, span, within
from services.enrich.language.timex.terms import Term

SOON = timedelta(days=30)
"""A day that comes within so long is meant rather than that of last year: "unless they leave by January 31"."""

AHEAD = timedelta(days=90)
"""The same where the verb is in the present: "is payable on 2 January"."""

RECENT = timedelta(days=60)
"""How long before the publish date a day or month may be for a report to mean it, whatever older year it told of before."""

PIVOT = 50
"""The short years up to here are of this century: '23 is 2023, '89 is 1989."""


def _year(term: Term) -> int | None:
    short = term.whole("yy")
    if short is not None:
        return short + (2000 if short <= PIVOT else 1900)
    year = term.whole("year")
    return None if year is None else _year(Term("calendar", {"yy": year})) if year < 100 else year


def _calendar(term: Term, context: Context) -> Meaning:
    """Return a day, month or year."""
    if term.word("calendar") is not None:
        return _of_other_calendar(term, context)
    year, month, day = _year(term), term.whole("month"), term.whole("day")
    weekday = term.whole("weekday")
    if month is None and day is None:
        if year is None:
            raise UnresolvedError("nothing of the calendar")
        return within("year", date(year, 1, 1))
    if month is None:
        return _weekday_and_day(term, context)
    if day is None:
        return _month(term, context, year, month)
    anchor: Anchor = "none" if year is not None else "published"
    found = date(year, month, day) if year is not None else _nearest(month, day, context, weekday)
    meaning = day_of(found).on(anchor)
    if "hour" in term.slots:
        meaning = Meaning("time", f"{found}{clock_value(term)}", found, found, "time", anchor)
    contradicts = weekday is not None and found.weekday() != weekday
    return replace(meaning, warning="weekday_contradicts") if contradicts else meaning


def _nearest(month: int, day: int, context: Context, weekday: int | None) -> date:
    """Return the day in the year that is meant where none is written.

    That is the last such day, or the next one in the future tense or where it is near. A weekday beside it decides between the
    years around, where one of them has it.
    """
    published = context.day
    if month == 2 and day == 29:
        candidates = [
            date(year, 2, 29) for year in range(published.year - 8, published.year + 9) if month_end(year, 2).day == 29
        ]
    else:
        candidates = [date(year, month, day) for year in (published.year - 1, published.year, published.year + 1)]
    past = max((one for one in candidates if one <= published), default=candidates[0])
    coming = min((one for one in candidates if one >= published), default=candidates[-1])
    near = SOON if context.tense == "past" else AHEAD
    soon = coming - published <= near and published - past > near
    chosen = coming if context.tense == "future" or soon else past
    if weekday is not None and chosen.weekday() != weekday:
        plausible = (past, coming) if context.tense != "past" or coming - published <= AHEAD else (past,)
        return next((one for one in plausible if one.weekday() == weekday), chosen)
    if (
        context.tense == "past"
        and weekday is None
        and (told := _told_year(context, month)) is not None
        and published - chosen > RECENT
    ):
        return date(told, month, day)
    return chosen


def _told_year(context: Context, month: int) -> int | None:
    """Return the year of which the text goes on telling: "In August 2012 he fled. In September he came back" is both 2012."""
    before = context.previous
    told = before is not None and before.anchor != "published" and before.granularity in {"day", "month", "part_of_month"}
    if before is None or not told or not context.close or before.earliest is None or context.published is None:
        return None
    year = before.earliest.year + (month < before.earliest.month)
    return year if year < context.published.year else None


def _month(term: Term, context: Context, year: int | None, month: int) -> Meaning:
    anchor: Anchor = "none"
    if year is None:
        direction, on_text = term.whole("dir"), term.word("base") == "text"
        anchor = "text" if on_text else "published"
        day = context.before if on_text else context.day
        if direction is not None and direction < 0:
            year = day.year - (month >= day.month)
        elif direction is not None and direction > 0:
            year = day.year + (month <= day.month)
        elif direction == 0:
            year = day.year
        elif context.tense == "future" or (context.tense == "present" and timedelta() < _first(day, month) - day <= SOON):
            year = day.year + (month < day.month)
        else:
            year = day.year - (month > day.month)
            told = _told_year(context, month) if context.tense == "past" else None
            if told is not None and day - date(year, month, 1) > RECENT:
                year, anchor = told, "text"
    return within("month", date(year, month, 1)).on(anchor)


def _first(day: date, month: int) -> date:
    """Return the first day of the next such month."""
    return date(day.year + (month < day.month), month, 1)


def _weekday_and_day(term: Term, context: Context) -> Meaning:
    """Return "Friday the 29th", or the day of a month that is not named: the nearest one by tense."""
    day, weekday = term.whole("day"), term.whole("weekday")
    published = context.day
    months = sorted(_months_with(day or 0, published))
    if not months:
        raise UnresolvedError("no month has that day")
    back, ahead = [one for one in months if one <= published], [one for one in months if one >= published]
    chosen = (ahead or back)[0] if context.tense == "future" else (back or ahead)[-1]
    if weekday is not None and chosen.weekday() != weekday:
        near = [one for one in months if one.weekday() == weekday]
        chosen = min(near, key=lambda one: abs(one - published), default=chosen)
    meaning = day_of(chosen).on("published")
    return replace(meaning, warning="weekday_contradicts") if weekday is not None and chosen.weekday() != weekday else meaning


def _months_with(day: int, published: date) -> Iterable[date]:
    """Yield a day of the months around one, of those that have it."""
    for shift in range(-3, 4):
        first = months_from(published, shift)
        if 1 <= day <= month_end(first.year, first.month).day:
            yield first.replace(day=day)


def _of_other_calendar(term: Term, context: Context) -> Meaning:
    name, year, month, day = term.word("calendar") or "", _year(term), term.whole("month"), term.whole("day")
    if month is None:
        raise UnresolvedError("no month")
    if year is not None:
        return _as_days(gregorian(name, year, month, day), "none")
    this = year_of(name, context.day)
    candidates = [gregorian(name, one, month, day) for one in (this - 1, this, this + 1)]
    return _as_days(_chosen(candidates, term.whole("dir"), context), "published")


def _as_days(days: tuple[date, date], anchor: Anchor) -> Meaning:
    first, last = days
    return day_of(first).on(anchor) if first == last else span(first, last, f"{first}/{last}", "range", anchor)


def _chosen(candidates: list[tuple[date, date]], direction: int | None, context: Context) -> tuple[date, date]:
    """Return the last of some times of the year, or the next one in the future."""
    day = context.day
    past = [one for one in candidates if one[0] <= day]
    coming = [one for one in candidates if one[1] >= day]
    if direction is not None and direction < 0:
        past = [one for one in candidates if one[1] < day]
    if direction is not None and direction > 0:
        coming = [one for one in candidates if one[0] > day]
    ahead = direction > 0 if direction else context.tense == "future"
    if direction == 0:
        return next((one for one in candidates if one[0].year == day.year), candidates[-1])
    if ahead and coming:
        return min(coming)
    near = [one for one in candidates if timedelta() < one[0] - day <= SOON]
    if not ahead and direction is None and near and past and day - max(past)[1] > SOON:
        return near[0]  # "before Christmas", in December
    return max(past) if past else min(candidates)


def _holiday(term: Term, context: Context) -> Meaning:
    name, year = term.word("holiday") or "", _year(term)
    if year is not None:
        days = holidays(name, year)
        if not days:
            raise UnresolvedError("not in that year")
        return _as_days(days[0], "none")
    candidates = [days for shift in range(-4, 5) for days in holidays(name, context.day.year + shift)]
    if not candidates:
        raise UnresolvedError("nobody knows when it is")
    return _as_days(_chosen(candidates, term.whole("dir"), context), "published")


def _numeric(term: Term, context: Context) -> Meaning:
    """Return a date in digits, 27/11/2024: which is the day follows from the numbers, or from who writes."""
    first, second, year = term.whole("first") or 0, term.whole("second") or 0, _year(term)
    day_first = True if first > 12 else False if second > 12 else True if first == second else context.day_first
    if day_first is None:
        raise UnresolvedError("two countries read it differently")
    day, month = (first, second) if day_first else (second, first)
    slots = {name: value for name, value in term.slots.items() if name not in {"first", "second", "year"}}
    if year is not None:
        slots["year"] = year
    return _calendar(Term("calendar", {**slots, "day": day, "month": month}), context)


def _weekday(term: Term, context: Context) -> Meaning:
    """Return the weekday that is meant, by "last" and "next", else by the tense."""
    weekday, direction = term.whole("weekday"), term.whole("dir")
    if weekday is None:
        raise UnresolvedError("no weekday")
    on_text = term.word("base") == "text"
    base = context.before if on_text else context.day
    last = on_or_before(base, weekday)
    if not direction:
        found = last + timedelta(weeks=context.tense in {"present", "future"} and last != base)
    elif direction > 0:
        found = last + timedelta(weeks=direction)
    else:
        found = on_or_before(base - DAY, weekday) + timedelta(weeks=direction + 1)
    found += timedelta(weeks=term.whole("weeks") or 0)
    return day_of(found).on("text" if on_text else "published")


CALENDAR_RULES: dict[str, Callable[[Term, Context], Meaning]] = {
    "calendar": _calendar, "month_day": _weekday_and_day, "numeric": _numeric, "weekday": _weekday, "holiday": _holiday,
}  # fmt: skip
