"""Clock times: on which day they are."""

from collections.abc import Callable
from datetime import date, timedelta

from services.enrich.language.timex.meaning import Context, Meaning, published_on
from services.enrich.language.timex.words import MONTHS, WEEKDAYS

DAYS = frozenset({"day", "part_of_day"})


def _clock_time(parts: dict[str, str]) -> str:
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    half = (parts.get("half") or parts.get("half2") or "").replace(".", "").lower()
    hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
    if hour > 23:
        raise ValueError("no hour")
    return f"T{hour:02}:{minute:02}"


def _stamp(parts: dict[str, str], _: Context) -> Meaning:
    day = date(int(parts["year"]), MONTHS[parts["month"].rstrip(".").lower()], int(parts["day"]))
    return Meaning("time", f"{day}{_clock_time(parts)}", day, day, "time", "none")


def _clock_day(parts: dict[str, str], context: Context) -> Meaning:
    published = published_on(context)
    day = published - timedelta(days=(published.weekday() - WEEKDAYS[parts["weekday"].lower()]) % 7)
    return Meaning("time", f"{day}{_clock_time(parts)}", day, day, "time", "published")


def _clock(parts: dict[str, str], context: Context) -> Meaning:
    before = context.previous if context.near else None
    day = before.earliest if before is not None and before.granularity in DAYS else context.published
    value = f"{day.isoformat() if day else ''}{_clock_time(parts)}"
    return Meaning("time", value, day, day, "time", "published" if day else "none")


def _noon(_: dict[str, str], context: Context) -> Meaning:
    before = context.previous
    day = before.earliest if before is not None and before.granularity in DAYS else context.published
    return Meaning(
        "time", f"{day or ''}T12:00", day, day, "time", "text" if before is not None else "published" if day else "none"
    )


CLOCK_RULES: dict[str, Callable[[dict[str, str], Context], Meaning]] = {
    "stamp": _stamp, "clock_day": _clock_day, "clock": _clock, "noon": _noon,
}  # fmt: skip
