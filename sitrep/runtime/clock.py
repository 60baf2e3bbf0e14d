"""The wall clock, in the form that goes into headers and rows."""

from datetime import UTC, datetime


def now() -> str:
    """Return the present moment as RFC 3339 in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
