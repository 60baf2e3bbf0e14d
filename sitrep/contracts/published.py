"""When a report was published: what is accepted as a date, and which of several to believe."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator


def _rfc3339(value: str) -> str:
    _instant(value)
    return value


def _instant(value: str) -> datetime:
    """Return the instant of an RFC 3339 date (its midnight, UTC) or date-time; raise ValueError for anything else."""
    if len(value) == len("2024-11-30"):
        day = date.fromisoformat(value)
        if day.isoformat() != value:
            raise ValueError(f"{value!r} is not a date as in RFC 3339")
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or value[10:11] not in {"T", "t", " "}:
        raise ValueError(f"{value!r} is not a date-time as in RFC 3339: it needs a zone")
    return moment


Published = Annotated[str, AfterValidator(_rfc3339)]


class PublishedFrom(StrEnum):
    """Where the publish date was found, best first."""

    SIDECAR = "sidecar"
    FRONT_MATTER = "front_matter"
    HEADER = "header"
    METADATA = "metadata"
    FEED = "feed"
    DATELINE = "dateline"
    DEFAULTS = "defaults"

    @property
    def rank(self) -> int:
        """Return 0 for the most believable source and more for each one below it."""
        return list(PublishedFrom).index(self)


def day(published: str) -> date:
    """Return the day as it was written, in its own zone."""
    return date.fromisoformat(published[:10])


def order(published: str | None, published_from: PublishedFrom | None, sha256: str, key: str) -> str:
    """Return a string that sorts sightings of one article, the most believable first, whatever order they came in.

    Rank of the source, then the earliest date, then the lowest sha256; the key decides between equal bytes.
    """
    rank = 9 if published_from is None or published is None else published_from.rank
    # Seconds on a fixed width, because an ISO string with a zone does not sort by its instant.
    seconds = 10**12 if published is None else int(_instant(published).timestamp()) + 10**11
    return f"{rank}|{seconds:013d}|{sha256}|{key}"
