"""The wall clock, in the form that goes into headers and rows."""

from datetime import UTC, datetime


def now() -> str:
    """Return the present moment as RFC 3339 in UTC, to the microsecond."""
    return of(datetime.now(UTC))


def of(moment: datetime) -> str:
    """Return a moment in UTC in that form."""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
