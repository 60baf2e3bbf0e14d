"""Clock times: what they are, and on which day."""

from services.enrich.language.timex.calendars import DAY
from services.enrich.language.timex.meaning import Context, Meaning, UnresolvedError
from services.enrich.language.timex.terms import Term


def clock_value(term: Term, part: str | None = None) -> str:
    """Return a clock time as TIMEX3 has it, "T22:30"; a part of the day says which half of it. Raises ValueError for none."""
    before = term.whole("before_hour")
    hour = term.whole("hour") if before is None else before - 1
    if hour is None:
        hour = term.whole("clock_word")
    minutes = term.whole("before_minutes")
    minute = 60 - minutes if minutes is not None else term.whole("minute") or 0
    part = part or term.word("part") or ""
    night = "p" if hour is not None and 5 < hour < 12 else "a"
    half = (term.word("half") or {"MO": "a", "AF": "p", "EV": "p", "NI": night}.get(part, ""))[:1].lower()
    if hour == 24 and term.whole("begins"):  # "after midnight on Friday" is the beginning of Friday
        hour = 0
    if hour is None or not 0 <= minute < 60:
        raise UnresolvedError("no clock time")
    if hour <= 12:
        hour = hour % 12 + 12 if half == "p" else hour % 12 if half == "a" else hour
    if not 0 <= hour < 24 and (hour, minute) != (24, 0):  # "midnight on Friday" is the end of Friday
        raise UnresolvedError("no hour")
    return f"T{hour:02}:{minute:02}"


def clock(term: Term, context: Context, part: str | None = None) -> Meaning:
    """Return a clock time, on the day that was named just before it, else on that of the text."""
    value = clock_value(term, part)
    told = context.told
    if told is None or told.latest is None:
        day = context.published
        return Meaning("time", f"{day or ''}{value}", day, day, "time", "published" if day else "none")
    day = told.latest + DAY if _is_after_midnight(told.value or "", value) else told.latest
    return Meaning("time", f"{day}{value}", day, day, "time", "text")


def _is_after_midnight(before: str, value: str) -> bool:
    """Return whether a clock time follows one of the evening before: "at 11 pm … at 2 am"."""
    evening = before[-6:] >= "T18:00" if before[-6:-5] == "T" else before.endswith(("TEV", "TNI"))
    return evening and value < "T06:00"
