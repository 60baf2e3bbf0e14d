"""Publish dates as people and machines write them -> RFC 3339."""

import math
import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = 1900
AHEAD = timedelta(days=2)

_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ISO_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?([Zz]|[+-]\d{2}:?\d{2})?")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_DAY_MONTH = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})(?:,? .{0,20})?", re.IGNORECASE)
_MONTH_DAY = re.compile(r"(?:[a-z]+,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? .{0,20})?", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def published(value: str | float, today: date) -> str | None:
    """Return a publish date as an RFC 3339 date or date-time, or None where it is not a valid one.

    The day stays as written, in its own zone. Valid is 1900 to two days after `today`. Numbers are seconds or
    milliseconds since 1970. `03/04/2024`, which two countries read differently, is not valid.
    """
    found = _epoch(value) if isinstance(value, int | float) else _written(value.strip())
    if found is None:
        return None
    day = date.fromisoformat(found[:10])
    return found if day.year >= EARLIEST and day <= today + AHEAD else None


def _epoch(value: float) -> str | None:
    try:
        if isinstance(value, bool) or not math.isfinite(value):
            return None
        # Seconds reach the year 5138 at 1e11; a greater number counts milliseconds.
        seconds = value / 1000 if abs(value) >= 1e11 else value
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return None


def _written(value: str) -> str | None:
    if len(value) > 64:
        return None
    for read in (_iso_moment, _iso_day, _rfc2822, _numbers, _named_month):
        try:
            found = read(value)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        if found is not None:
            return found
    return None


def _iso_moment(value: str) -> str | None:
    match = _ISO_MOMENT.fullmatch(value)
    if match is None:
        return None
    day, time, zone = match.groups()
    if zone is None:  # without a zone it is no moment, but its day stands
        datetime.fromisoformat(f"{day}T{time}")
        return day
    if zone not in {"Z", "z"} and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    written = f"{day}T{time if time.count(':') == 2 else time + ':00'}{zone.upper()}"
    datetime.fromisoformat(written)
    return written


def _iso_day(value: str) -> str | None:
    match = _ISO_DAY.fullmatch(value)
    return match and date(int(match[1]), int(match[2]), int(match[3])).isoformat()


def _rfc2822(value: str) -> str | None:
    if not re.match(r"[A-Za-z]{3}, \d", value):
        return None
    moment = parsedate_to_datetime(value)
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat(timespec="seconds")


def _numbers(value: str) -> str | None:
    match = _NUMBERS.fullmatch(value)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or first > 12 or first == second:  # with full stops the day always comes first
        return date(year, second, first).isoformat()
    return date(year, first, second).isoformat() if second > 12 else None


def _named_month(value: str) -> str | None:
    if match := _DAY_MONTH.fullmatch(value):
        return date(int(match[3]), _month(match[2]), int(match[1])).isoformat()
    if match := _MONTH_DAY.fullmatch(value):
        return date(int(match[3]), _month(match[1]), int(match[2])).isoformat()
    return None


def _month(name: str) -> int:
    """Return the number of a month by its name or an abbreviation of at least three letters. Raises IndexError."""
    return [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())][0]  # noqa: RUF015
