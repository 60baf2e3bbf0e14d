"""How long and how often: durations, sets, and the spans that an amount of time makes before or after a day."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from services.enrich.language.timex.calendars import SECONDS, Interval, moved
from services.enrich.language.timex.meaning import Anchor, Context, Meaning, UnresolvedError
from services.enrich.language.timex.periods import day_of, span, within
from services.enrich.language.timex.terms import Term

LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "weekend": "W", "week": "W", "fortnight": "W",
    "month": "M", "quarter": "M", "year": "Y", "decade": "Y", "century": "Y",
}  # fmt: skip
"""How ISO 8601 writes a unit, those of a clock after a T."""

FACTORS = {"fortnight": 2, "quarter": 3, "decade": 10, "century": 100}
COMPARED = frozenset({"quarter", "half_year"})
"""What is compared with the same part of another year."""

SMALLER = {"year": ("month", 12), "day": ("hour", 24), "hour": ("minute", 60), "minute": ("second", 60), "week": ("day", 7)}
"""What a fraction of a unit is counted in, where that comes out whole."""


def length(amounts: list[tuple[float, str]]) -> str:
    """Return a duration as ISO 8601 has it: (1.5, "year") is P1Y6M."""
    days: list[str] = []
    clock: list[str] = []
    for count, unit in amounts:
        whole = Fraction(count).limit_denominator(100) * FACTORS.get(unit, 1)
        letter = LETTERS[unit]
        parts = [(whole, letter)]
        if whole.denominator != 1 and unit in SMALLER:
            smaller, many = SMALLER[unit]
            rest = (whole - int(whole)) * many
            if rest.denominator == 1:
                parts = [(Fraction(int(whole)), letter), (rest, LETTERS[smaller])]
        for number, name in parts:
            if number or len(parts) == 1:
                (clock if name.startswith("T") else days).append(f"{float(number):g}{name.removeprefix('T')}")
    return "P" + "".join(days) + ("T" + "".join(clock) if clock else "")


def _amount(term: Term) -> tuple[float | None, str]:
    """Return count and unit, without a count where it is vague."""
    unit = term.word("unit")
    if unit is None:
        raise UnresolvedError("no unit")
    count = None if term.slots.get("vague") else term.number("count")
    return None if count is None else count + (term.number("add") or 0), unit


def _vague(unit: str) -> str:
    """Return an amount whose number nobody says, as TIMEX3 has it: PXW."""
    letter = LETTERS[unit]
    return f"PTX{letter[1:]}" if letter.startswith("T") else f"PX{letter}"


def _duration(term: Term, _: Context) -> Meaning:
    count, unit = _amount(term)
    if count is None:
        return Meaning("duration", _vague(unit), approximate=True)
    second = term.number("count2"), term.word("unit2")
    more = [] if second[0] is None or second[1] is None else [(second[0], second[1])]
    return Meaning("duration", length([(count, unit), *more]))


def _set(term: Term, _: Context) -> Meaning:
    if "weekday" in term.slots:
        part = term.word("part")
        return Meaning("set", f"XXXX-WXX-{(term.whole('weekday') or 0) + 1}{'T' + part if part else ''}")
    if "month" in term.slots:
        return Meaning("set", f"XXXX-{term.whole('month'):02}")
    if "season" in term.slots:
        return Meaning("set", f"XXXX-{term.word('season')}")
    if "unit" not in term.slots:
        return Meaning("set", f"XXXX-XX-XXT{term.word('part')}")
    return Meaning("set", length([(term.number("count") or 1, term.word("unit") or "day")]))


def _ago(term: Term, context: Context) -> Meaning:
    """Return a date so long before or after the day of the text, or the date before it, at the granularity of its unit."""
    count, unit = _amount(term)
    sign = term.whole("sign") or -1
    hung_on_text = term.word("base") == "text"
    if hung_on_text and (context.previous is None or (sign < 0 and not context.close)):
        if sign > 0:
            return _duration(term, context)  # "two years later", and nobody said than what
        hung_on_text = False
    base = context.before if hung_on_text else context.day
    anchor: Anchor = "text" if hung_on_text else "published"
    if unit == "year" and count is not None and context.previous is not None and context.previous.granularity in COMPARED:
        return _compared(context.previous, sign * round(count))
    if count is None:
        return _open(unit, sign, base, anchor)
    day = moved(base, unit, sign * count)
    if term.whole("through"):  # "the following two days"
        return span(base, day, length([(count, unit)]), "range", "text")
    if unit in SECONDS:
        return day_of(day).on(anchor)
    return within("week" if unit in {"fortnight", "weekend"} else "year" if unit in {"decade", "century"} else unit, day).on(
        anchor
    )


def _open(unit: str, sign: int, base: date, anchor: Anchor) -> Meaning:
    """Return a time of unstated length: "recent weeks", "the coming days"."""
    earliest, latest = (None, base) if sign < 0 else (base, None)
    return Meaning("date", _vague(unit), earliest, latest, "range", anchor, approximate=True)


def _compared(before: Meaning, years: int) -> Meaning:
    """Return the same part of another year: in the third quarter it earned more than "a year earlier"."""
    if before.granularity == "quarter":
        return within("quarter", moved(before.interval[0], "year", years)).on("text")
    return years_away(before.interval, years)


def years_away(days: Interval, years: int) -> Meaning:
    """Return an interval of the text in another year."""
    first, last = days
    begin, end = moved(first, "year", years), moved(last, "year", years)
    return span(begin, end, f"{begin}/{end}", "range", "text")


def _past(term: Term, context: Context) -> Meaning:
    """Return the time from so long before the day of the text up to it, or from it to so long after."""
    count, unit = _amount(term)
    sign = term.whole("sign") or -1
    if count is None:
        return _open(unit, sign, context.day, "published")
    far = moved(context.day, unit, sign * count)
    first, last = (far, context.day) if sign < 0 else (context.day, far)
    return span(first, last, length([(count, unit)]), "range", "published")


def _weekend(_: Term, context: Context) -> Meaning:
    """Return the weekend that "over the weekend" means: the last one, or the coming one in the future."""
    day = context.day
    if context.tense == "future":
        return within("weekend", day).on("published")
    return within("weekend", day if day.weekday() >= 5 else moved(day, "week", -1)).on("published")


AMOUNT_RULES: dict[str, Callable[[Term, Context], Meaning]] = {
    "duration": _duration, "set": _set, "ago": _ago, "past": _past, "weekend": _weekend,
}  # fmt: skip
