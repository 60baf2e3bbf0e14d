"""When a report was published: what is accepted as a date, and which of several to believe."""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from sitrep.contracts.growable import Growable


def _rfc3339(value: str) -> str:
    _instant(value)
    return value


# The full-date and date-time of RFC 3339, section 5.6; Python alone reads much else (week dates, times without minutes).
_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2}))?")
_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


def _instant(value: str) -> datetime:
    """Return the instant of an RFC 3339 date (its midnight, UTC) or date-time; raise ValueError for anything else."""
    if not _RFC3339.fullmatch(value):
        raise ValueError(f"{value[:40]!r} is not a date or a date-time with a zone as in RFC 3339")
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


Published = Annotated[str, AfterValidator(_rfc3339)]


class PublishedFrom(StrEnum):
    """Where the publish date was found, best first."""

    SIDECAR = "sidecar"
    FRONT_MATTER = "front_matter"
    HEADER = "header"
    METADATA = "metadata"
    FEED = "feed"
    DATELINE = "dateline"
    FILENAME = "filename"
    DEFAULTS = "defaults"


PublishedSource = Annotated[PublishedFrom, Growable()]
_RANKS = {str(source): rank for rank, source in enumerate(PublishedFrom)}
_NOWHERE = 9


def source_rank(published_from: str) -> int:
    """Return 0 for the most believable source of a publish date and more for each one below; one that is not known is last."""
    return _RANKS.get(published_from, len(_RANKS))


def day(published: str) -> date:
    """Return the day as it was written, in its own zone."""
    return date.fromisoformat(published[:10])


def order(published: str | None, published_from: str | None, sha256: str, key: str) -> str:
    """Return a string that sorts sightings of one article, the most believable first, whatever order they came in.

    Rank of the source, then the earliest date, then the lowest sha256; the key decides between equal bytes.
    """
    rank = _NOWHERE if published_from is None or published is None else source_rank(published_from)
    # Microseconds on a fixed width, because a string with a zone does not sort by its instant. A day lies before year 1
    # where its zone is ahead of UTC, hence the one added.
    instant = 10**18 if published is None else (_since(published) + timedelta(days=1)) // timedelta(microseconds=1)
    return f"{rank}|{instant:019d}|{sha256}|{key}"


def _since(published: str) -> timedelta:
    """Return the time from the beginning of year 1, UTC, which may be a little negative."""
    moment = _instant(published)
    return moment.replace(tzinfo=UTC) - _EPOCH - (moment.utcoffset() or timedelta())
