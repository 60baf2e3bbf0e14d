"""How long a record was on its way, by what its headers and its article say."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.store import latency
from services.store.read import Item, read
from sitrep.contracts import headers
from sitrep.contracts.codes import Stage
from sitrep.contracts.published import PublishedFrom
from sitrep.contracts.topics import ENRICHED, ENRICHED_TOPIC
from sitrep.runtime.records import Incoming
from tests.support.make import article, enriched

NOW = datetime(2024, 11, 30, 12, 0, 0, tzinfo=UTC)


def item(ready: str | None, run: str | None = None, **fields: Any) -> Item:
    message = enriched(article(**fields))
    value = message.to_bytes()
    head = headers.write(value, ENRICHED, Stage.ENRICH, at="now", ready=ready, run=run)
    found = read(Incoming(ENRICHED_TOPIC.name, 0, 0, message.article.article_id.encode(), value, head), "now")
    assert isinstance(found, Item)
    return found


@pytest.mark.parametrize(
    ("ready", "run", "seconds"),
    [
        ("2024-11-30T11:59:48.000000Z", None, 12.0),
        ("2024-11-30T13:00:00.000000Z", None, 0.0),  # clocks differ
        ("yesterday", None, None),
        (None, None, None),
        ("2024-11-30T11:59:48.000000Z", "redrive-1", None),  # sent again: it says nothing of how fast we are
    ],
)
def test_since_ready(ready: str | None, run: str | None, seconds: float | None) -> None:
    assert latency.since_ready(item(ready, run), NOW) == seconds


@pytest.mark.parametrize(
    ("published", "canary", "seconds"),
    [
        ("2024-11-30", False, 43_200.0),
        ("2024-11-30T12:30:00+01:00", False, 1800.0),
        ("2024-12-01", False, 0.0),
        (None, False, None),
        ("2024-11-30", True, None),
    ],
)
def test_since_published(published: str | None, canary: bool, seconds: float | None) -> None:
    source: dict[str, Any] = {"published": published, "published_from": PublishedFrom.SIDECAR} if published else {}
    assert latency.since_published(item(None, canary=canary, **source), NOW) == seconds
