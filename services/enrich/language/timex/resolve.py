"""What a term means: TIMEX3 value and inclusive interval, on the day of its text and with the tense of its clause.

Knows no language: the words are behind it, and what it is given are terms (terms.py).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from services.enrich.language.timex.amounts import AMOUNT_RULES, length, years_away
from services.enrich.language.timex.calendar_terms import CALENDAR_RULES
from services.enrich.language.timex.calendars import DAY, around, months_in, moved, nth_weekday, on_or_after, on_or_before
from services.enrich.language.timex.clock import clock, clock_value
from services.enrich.language.timex.meaning import Context, Meaning, UnresolvedError
from services.enrich.language.timex.periods import PERIOD_RULES, day_of, span, third, within
from services.enrich.language.timex.terms import Term


def resolve(term: Term, context: Context) -> Meaning:
    """Return the meaning of an expression; one that names no day of the calendar, or hangs on nothing, has no interval."""
    try:
        meaning = _meaning(term, context)
    except (ValueError, OverflowError):
        return Meaning("date")
    if meaning.earliest is not None and meaning.latest is not None and meaning.latest < meaning.earliest:
        return Meaning("date")  # "19 to 2 June" is no interval
    return meaning


def _meaning(term: Term, context: Context) -> Meaning:
    """Return the meaning, with what its modifiers make of it. Raises ValueError and OverflowError where it has none."""
    meaning = RULES[term.kind](term, context)
    if (which := term.word("third")) is not None:
        meaning = third(meaning, which)
    part = term.word("part")
    if part is not None and term.kind not in {"range", "part_then", "clock", "at"}:
        meaning = _part_of(meaning, part, overnight=term.whole("days") == 2)
    return replace(meaning, approximate=True) if term.whole("approximate") else meaning


def _part_of(meaning: Meaning, part: str, *, overnight: bool) -> Meaning:
    first, last = meaning.interval
    if first != last and (part != "NI" or last - first > DAY):
        raise UnresolvedError("a part of more than a day")
    end = first + DAY if overnight else last
    return Meaning("time", f"{first}T{part}", first, end, "part_of_day", meaning.anchor, warning=meaning.warning)


def _modified(term: Term, context: Context) -> Meaning:
    return _meaning(term.term("of"), context)


def _overnight(_: Term, context: Context) -> Meaning:
    return Meaning("time", f"{context.day}TNI", context.day - DAY, context.day, "part_of_day", "published")


def _at(term: Term, context: Context) -> Meaning:
    """Return a clock time on a day: "15:00 GMT Saturday", "noon yesterday"."""
    of = term.slots.get("of")
    day = _meaning(of, context) if isinstance(of, Term) else None
    hour = term.term("of_clock")
    part = term.word("part") or (day.value[-2:] if day is not None and day.granularity == "part_of_day" and day.value else None)
    if day is None:
        return clock(hour, context, part)
    first, last = day.interval
    if first != last and day.granularity != "part_of_day":
        raise UnresolvedError("a clock time of more than a day")
    return Meaning("time", f"{last}{clock_value(hour, part)}", last, last, "time", day.anchor, warning=day.warning)


def _relative(term: Term, context: Context) -> Meaning:
    """Return a date a given time before or after another: "two days after Christmas", "the week before 3 May"."""
    first, last = _meaning(term.term("of"), context).interval
    sign, of = term.whole("sign") or 1, term.slots.get("of_duration")
    amount = of if isinstance(of, Term) else term
    unit, count = amount.word("unit"), amount.number("count")
    if unit is None or count is None:
        raise UnresolvedError("an amount without a number")
    day = moved(last if sign > 0 else first, unit, sign * count)
    return replace(within(unit, day), anchor="text")


def _weekday_by(term: Term, context: Context) -> Meaning:
    """Return the weekday before or after a date: "the Monday after Easter"."""
    first, last = _meaning(term.term("of"), context).interval
    weekday = term.term("weekday_item").whole("weekday")
    if weekday is None:
        raise UnresolvedError("no weekday")
    if (term.whole("dir") or 0) > 0:
        return day_of(on_or_after(last + DAY, weekday)).on("text")
    return day_of(on_or_before(first - DAY, weekday)).on("text")


def _head(term: Term, context: Context) -> Meaning:
    """Return what "last week" means where nothing says of what it is the last."""
    weekday, unit = term.whole("weekday"), term.word("unit")
    if "last" not in term.slots:
        raise UnresolvedError("the first of nothing")
    if weekday is not None:
        return _meaning(Term("weekday", {"weekday": weekday, "dir": -1}), context)
    return _meaning(Term("unit", {"unit": unit or "day", "shift": -1}), context)


def _nth(term: Term, context: Context) -> Meaning:
    """Return the first, second or last day, week or weekday of something, or its first or last so many."""
    whole = term.word("whole")
    of = _meaning(term.term("of"), context) if whole is None else within(whole, context.day).on("published")
    inner = term.slots.get("head", term)
    head = inner if isinstance(inner, Term) else term
    count = head.whole("count") or head.whole("last") or 1
    weekday = head.whole("weekday") if "weekday_item" not in term.slots else term.term("weekday_item").whole("weekday")
    if weekday is not None:
        return day_of(nth_weekday(count, weekday, of.interval)).on(of.anchor)
    first, last = of.interval
    if "of_duration" in term.slots:
        return _first_or_last(term.term("of_duration"), count, of)
    unit = head.word("unit") or "day"
    if unit == "week" and of.granularity == "month":  # the first week of May is its days 1 to 7
        begin = first + timedelta(days=7 * (count - 1)) if count > 0 else last + timedelta(days=7 * count + 1)
        if not first <= begin <= last:
            raise UnresolvedError("there is none")
        end = min(begin + 6 * DAY, last)
        return span(begin, end, f"{begin}/{end}", "range", of.anchor)
    base, step = (around(unit, first)[0], count - 1) if count > 0 else (around(unit, last)[0], count + 1)
    if unit == "weekend":
        base = nth_weekday(1 if count > 0 else -1, 5, (first, last))
    found = within(unit, moved(base, unit, step))
    if found.interval[1] < first or found.interval[0] > last:
        raise UnresolvedError("there is none")
    return found.on(of.anchor)


def _first_or_last(amount: Term, count: int, of: Meaning) -> Meaning:
    """Return the first or last so many days, weeks or months of something."""
    first, last = of.interval
    unit, many = amount.word("unit"), amount.number("count")
    if unit is None or many is None or count not in {1, -1}:
        raise UnresolvedError("an amount without a number")
    begin, end = (first, moved(first, unit, many) - DAY) if count > 0 else (moved(last + DAY, unit, -many), last)
    return span(begin, end, length([(many, unit)]), "range", of.anchor)


def _day_of(term: Term, context: Context) -> Meaning:
    """Return a day of a month that is told apart: "the twelfth of next month"."""
    of = _meaning(term.term("of"), context)
    if of.granularity != "month":
        raise UnresolvedError("not of a month")
    return day_of(of.interval[0].replace(day=term.whole("day") or 0)).on(of.anchor)


def _same_period(term: Term, context: Context) -> Meaning:
    """Return the date before it in the text in another year: "the same period last year"."""
    if context.previous is None:
        raise UnresolvedError("the same as nothing")
    before = context.previous.interval
    return years_away(before, _meaning(term.term("of"), context).interval[0].year - before[0].year)


def _part_then(term: Term, context: Context) -> Meaning:
    """Return a part of the day before it in the text, or of the day of the text: "at dusk"."""
    told = context.told
    day = told.latest if told is not None and told.latest is not None else context.day
    return Meaning("time", f"{day}T{term.word('part')}", day, day, "part_of_day", "text" if told is not None else "published")


def _range(term: Term, context: Context) -> Meaning:
    """Return what goes from one time to another: from the first day of the one to the last day of the other."""
    if term.whole("back"):  # "overnight into Friday"
        first, last = _meaning(term.term("end"), context).interval
        return Meaning("time", f"{first - DAY}TNI", first - DAY, last, "part_of_day", "published")
    end = _meaning(term.term("end"), context)
    opening = term.term("start")
    start = _meaning(opening, context)
    if start.earliest is not None and end.latest is not None and start.earliest > end.latest:
        start, end = _in_order(opening, term.term("end"), start, end, context)
    timed = {start.kind, end.kind} & {"time"} or "part" in term.slots
    earliest, latest = start.interval[0], end.interval[1]
    anchor = "published" if "published" in {start.anchor, end.anchor} else start.anchor
    if "part" in term.slots:
        return Meaning("time", f"{earliest}T{term.word('part')}", earliest, latest, "part_of_day", anchor)
    if (
        start.granularity == end.granularity == "time"
        and earliest == latest
        and (start.value or "")[-5:] >= (end.value or "")[-5:]
    ):
        latest += DAY  # from 6 p.m. to 6 a.m.
        end = replace(end, value=f"{latest}{(end.value or '')[-6:]}")
    value = f"{start.value}/{end.value}"
    return Meaning("time" if timed else "date", value, earliest, latest, "range", anchor, start.approximate or end.approximate)


def _in_order(opening: Term, closing: Term, start: Meaning, end: Meaning, context: Context) -> tuple[Meaning, Meaning]:
    """Return the ends of a range whose start came out after its end: "from Wednesday to Saturday", "28 December to 3 January"."""
    if context.tense == "future" and "weekday" in closing.slots and context.published is not None:
        return start, _meaning(closing, replace(context, published=start.interval[1], tense="future"))
    if "weekday" in opening.slots or opening.kind in {"calendar", "at", "modified"}:
        if "year_carried" in opening.slots:
            return _meaning(opening.having(year=start.interval[0].year - 1), context), end
        if "year_carried" in closing.slots:
            return start, _meaning(closing.having(year=end.interval[0].year + 1), context)
        if "year" in opening.slots:
            raise UnresolvedError("it ends before it begins")
        return _meaning(opening, replace(context, published=end.interval[0], tense="past")), end
    return start, end


def _week_to(term: Term, context: Context) -> Meaning:
    """Return the seven days that end with a day."""
    of = _meaning(term.term("of"), context)
    end = of.interval[1]
    return span(end - 6 * DAY, end, f"{end - 6 * DAY}/{end}", "range", of.anchor)


def _within(term: Term, context: Context) -> Meaning:
    """Return a month, season or quarter of a year that is told apart: "October last year", "the third quarter of 2024"."""
    of = _meaning(term.term("of"), context)
    year = of.interval[0].year
    if of.granularity not in {"year", "month", "half_year", "range"}:
        if "of_date" in term.slots:  # "last week, on November 21"
            return _meaning(term.term("of_date"), context)
        raise UnresolvedError("not of a year")
    for slot in ("of_date", "of_month", "of_season", "of_quarter"):
        inner = term.slots.get(slot)
        if isinstance(inner, Term):
            while inner.kind == "modified":
                return third(
                    _within(Term("within", {slot: inner.term("of"), "of": term.term("of")}), context),
                    inner.word("third") or "mid",
                )
            kept = {name: value for name, value in inner.slots.items() if name not in {"dir", "yy"}}
            return _meaning(Term(inner.kind, {**kept, "year": year}), context).on(of.anchor)
    raise UnresolvedError("nothing of it")


def _half(term: Term, context: Context) -> Meaning:
    """Return the first or second half of something."""
    year = term.whole("year")
    if "of" in term.slots:
        whole = _meaning(term.term("of"), context)
    elif year is not None:
        whole = within("year", date(year, 1, 1))
    else:
        whole = within(term.word("unit") or "year", context.day).on("published")
    first, last = whole.interval
    which = term.whole("half") or 1
    months = months_in(whole.interval)
    middle = first.replace(day=15) if months == 1 else moved(first, "month", months // 2) - DAY
    begin, end = (first, middle) if which == 1 else (middle + DAY, last)
    value = f"{first.year}-H{which}" if months == 12 else f"{begin}/{end}"
    return span(begin, end, value, "half_year" if months == 12 else "range", whole.anchor)


def _none(_: Term, __: Context) -> Meaning:
    raise UnresolvedError("it depends on what nobody knows")


RULES: dict[str, Callable[[Term, Context], Meaning]] = {
    **CALENDAR_RULES, **PERIOD_RULES, **AMOUNT_RULES,
    "clock": clock, "modified": _modified, "overnight": _overnight, "at": _at, "relative": _relative, "weekday_by": _weekday_by,
    "nth": _nth, "head": _head, "day_of": _day_of, "same_period": _same_period, "part_then": _part_then, "range": _range, "week_to": _week_to, "within": _within, "half": _half, "unknown": _none,
}  # fmt: skip
"""How each kind of term is resolved."""
