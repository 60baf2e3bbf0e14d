"""A flood of refusals stops the stage, says so, and goes on only when it is told to; intake never stops."""

import time

import httpx
import pytest

from sitrep.contracts.topics import ARTICLE, ENRICHED, ENRICHED_TOPIC, RAW, REJECTED_TOPIC, Topic
from sitrep.embedded import ports
from sitrep.runtime.kafka import Record
from tests.support import topics
from tests.support.make import article, enriched
from tests.support.service import Place, Service, tick_until

LIMIT = 20
BAD = 55


def records(stage: str, series: str) -> tuple[list[Record], Record, Topic, str]:
    """Return bad records and a good one behind them, all on one partition; their topic, and the group that reads it."""
    topic, type_ = (RAW, ARTICLE) if stage == "enrich" else (ENRICHED_TOPIC, ENRICHED)
    good = article(f"Report of {series}: shelling near Rivertown.", f"{series}.txt")
    value = good.to_bytes() if stage == "enrich" else enriched(good).to_bytes()
    head = [("ce_type", type_.name.encode())]
    bad = [Record(topic, good.article_id, f"bad {series} {n}".encode(), head) for n in range(BAD)]
    return (
        bad,
        Record(topic, good.article_id, value, topics.record_of(good).headers if stage == "enrich" else head),
        topic,
        good.article_id,
    )


class Watched:
    """A stage with its endpoint."""

    def __init__(self, stage: str, place: Place) -> None:
        self.port = ports.choose([stage], {})[stage]
        extra = {"SITREP_METRICS_PORT": str(self.port), "SITREP_FLOOD_LIMIT": str(LIMIT), "SITREP_STALL_SECONDS": "3"}
        self.service = Service(stage, place, {**extra, "SITREP_ENRICH_BATCH": "8", "SITREP_STORE_BATCH": "8"})
        self.stage = stage

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stopped(self) -> bool:
        """Return whether it says that it has stopped, by its health and by its metric."""
        try:
            health = httpx.get(f"{self.url}/health", trust_env=False)
            metrics = httpx.get(f"{self.url}/metrics", trust_env=False).text
        except httpx.HTTPError:
            return False
        gauge = f"sitrep_{self.stage}_flood_stopped 1.0" in metrics
        return health.status_code == 503 and "refused, and nothing more is taken" in health.text and gauge


def go_on(service: Service, seconds: float) -> None:
    """Let a service work for some seconds."""
    end = time.monotonic() + seconds
    tick_until([service], lambda: time.monotonic() > end, seconds + 5, "some time goes by")


@pytest.mark.parametrize("stage", ["enrich", "store"])
def test_flood_stops_the_stage_until_it_is_told_to_go_on(place: Place, stage: str) -> None:
    bad, good, topic, id_ = records(stage, f"flood-{stage}-{place.directory.name}")
    group = f"sitrep-{stage}"
    watched = Watched(stage, place)
    with watched.service as service:
        tick_until([service], lambda: topics.lag(place.broker.bootstrap, group, topic) == 0, 60, "nothing is left of before")
        sent = 0

        def more() -> bool:
            """Send them a few at a time, so that what is refused comes back to the store among them."""
            nonlocal sent
            if sent < BAD + 1 and topics.lag(place.broker.bootstrap, group, topic) < 5:
                topics.send(place.broker.bootstrap, [*bad, good][sent : sent + 7])
                sent += 7
            return watched.stopped()

        for _ in range(BAD // LIMIT):
            tick_until([service], more, 60, "it stops")
            topics.send(place.broker.bootstrap, [*bad, good][sent:])
            sent = BAD + 1
            go_on(service, 2)  # what was done before is committed once a second
            behind = topics.lag(place.broker.bootstrap, group, topic)
            assert behind > 0
            go_on(service, 4)  # longer than the watchdog's patience: it is not taken for a stall
            assert watched.stopped()
            assert topics.lag(place.broker.bootstrap, group, topic) == behind
            assert httpx.post(f"{watched.url}/resume", trust_env=False).json() == {"resumed": True}
        tick_until([service], lambda: topics.lag(place.broker.bootstrap, group, topic) == 0, 60, "all is taken")
        assert httpx.get(f"{watched.url}/health", trust_env=False).status_code == 200
        assert httpx.post(f"{watched.url}/resume", trust_env=False).json() == {"resumed": False}
        assert service.exits == []
    refused = [r for r in topics.read_all(place.broker.bootstrap, REJECTED_TOPIC) if (r.key or b"").decode() == id_]
    assert len(refused) == BAD, "each is refused once"
    if stage == "store":
        assert place.database.rows("SELECT count(*) FROM articles WHERE article_id = %s", id_) == [(1,)]


@pytest.mark.parametrize("stage", ["enrich", "store"])
def test_refusals_that_are_not_in_a_row_stop_nothing(place: Place, stage: str) -> None:
    bad, good, topic, id_ = records(stage, f"mixed-{stage}-{place.directory.name}")
    group = f"sitrep-{stage}"
    watched = Watched(stage, place)
    mixed = [record for at in range(0, len(bad), LIMIT - 1) for record in (*bad[at : at + LIMIT - 1], good)]
    assert len(bad) > 2 * LIMIT
    with watched.service as service:
        tick_until([service], lambda: topics.lag(place.broker.bootstrap, group, topic) == 0, 60, "nothing is left of before")
        topics.send(place.broker.bootstrap, mixed)  # one key, so one partition, in this order

        def taken() -> bool:
            assert not watched.stopped()
            return topics.lag(place.broker.bootstrap, group, topic) == 0

        tick_until([service], taken, 60, "all is taken")
    refused = [r for r in topics.read_all(place.broker.bootstrap, REJECTED_TOPIC) if (r.key or b"").decode() == id_]
    assert len(refused) == len(bad)


def test_restart_lets_the_stage_go_on(place: Place) -> None:
    bad, good, topic, id_ = records("store", f"flood-restart-{place.directory.name}")
    watched = Watched("store", place)
    with watched.service as service:
        tick_until([service], lambda: topics.lag(place.broker.bootstrap, "sitrep-store", topic) == 0, 60, "nothing is left")
        topics.send(place.broker.bootstrap, [*bad, good])
        stored = "SELECT count(*) FROM articles WHERE article_id = %s"

        def there() -> bool:
            if watched.stopped():
                service.kill()
            return place.database.rows(stored, id_) == [(1,)]

        tick_until([service], there, 60, "it is stored after some restarts")
        assert len(service.exits) == BAD // LIMIT
