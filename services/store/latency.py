"""How long a record was on its way when its rows were committed: pure."""

from datetime import UTC, datetime

from services.store.read import Item
from sitrep.contracts.headers import Headers


def since_ready(item: Item, now: datetime) -> float | None:
    """Return the seconds since the file of a record was complete in the inbox; None where that is not known."""
    return _since(Headers.read(item.record.headers).ready, now)


def since_published(item: Item, now: datetime) -> float | None:
    """Return the seconds since an article was published; None without a publish date, for a canary and for a replay."""
    row = item.rows.articles[0] if item.rows.articles else None
    replayed = bool(Headers.read(item.record.headers).run)
    return None if row is None or row["canary"] or replayed else _since(row["published"], now)


def _since(moment: str | None, now: datetime) -> float | None:
    try:
        began = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    began = began if began.tzinfo else began.replace(tzinfo=UTC)
    return max(0.0, (now - began).total_seconds())
