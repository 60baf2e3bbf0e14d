"""What is known of Faust, held against the real one: each of these once lost messages or stalled for ever somewhere."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitrep.contracts import ENRICHED_TOPIC, RAW, REJECTED_TOPIC, Rejection
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime.kafka import Record
from tests.support import topics
from tests.support.make import article
from tests.support.servers import Broker, Database
from tests.support.service import Place, Service, tick_until
from tests.support.wait import until

GROUP = "sitrep-enrich"


def texts(series: str, count: int) -> list[Record]:
    return [
        topics.record_of(article(f"Report {n} of {series}: shelling near Rivertown.", f"{series}/{n}")) for n in range(count)
    ]


def enriched(broker: Broker, wanted: list[Record]) -> list[str]:
    """Return the keys of the enriched records that answer the wanted ones, as often as they are there."""
    keys = {record.key for record in wanted}
    found = (record.key.decode() for record in topics.read_all(broker.bootstrap, ENRICHED_TOPIC))
    return [key for key in found if key in keys]


def all_enriched(broker: Broker, wanted: list[Record]) -> bool:
    return set(enriched(broker, wanted)) == {record.key for record in wanted}


def no_lag(broker: Broker) -> bool:
    return topics.lag(broker.bootstrap, GROUP, RAW) == 0


def test_gate_commits_nothing_that_is_still_in_flight(place: Place) -> None:
    first, later = texts("in-order-first", 6), texts("in-order-later", 30)
    place.arm("enrich.blocked", 1)
    topics.send(place.broker.bootstrap, first)
    before = topics.ends(place.broker.bootstrap, RAW)
    with Service("enrich", place, {"SITREP_FAILPOINT": "enrich.blocked:1:6", "SITREP_ENRICH_BATCH": "6"}) as service:
        until(lambda: place.fired("enrich.blocked", 1), 30, "a batch is in flight")
        topics.send(place.broker.bootstrap, later)
        service.kill()
        there = topics.committed(place.broker.bootstrap, GROUP, RAW)
        # At least the batch that was in flight is uncommitted, and none of the later ones is committed.
        assert all(there.get(partition, 0) <= end for partition, end in before.items())
        assert sum(before.values()) - sum(there.get(partition, 0) for partition in before) >= 1
        tick_until([service], lambda: no_lag(place.broker), 40, "the group catches up")
    assert all_enriched(place.broker, first + later)


def test_gate_rejects_what_cannot_be_decoded_and_goes_on(place: Place) -> None:
    good = texts("decode", 3)
    head = good[0].headers
    bad = [
        Record(RAW, "not-json", b"\xff\xfe{", head),
        Record(RAW, "not-an-article", b'{"a": 1}', head),
        Record(RAW, "another-type", b"{}", [("ce_type", b"sitrep.unheard.v9")]),
        Record(RAW, "no-headers", b"{}", []),
        Record(RAW, "empty", b"", head),
    ]
    topics.send(place.broker.bootstrap, [good[0], *bad, *good[1:]])
    with Service("enrich", place) as service:
        tick_until([service], lambda: no_lag(place.broker), 40, "every record is acknowledged")
        assert service.exits == []
    assert all_enriched(place.broker, good)
    refused = [Rejection.model_validate_json(r.value) for r in topics.read_all(place.broker.bootstrap, REJECTED_TOPIC)]
    by_key = {r.key: r.code for r in refused if r.key in {b.key for b in bad}}
    assert by_key == {
        "not-json": RejectionCode.BAD_RECORD,
        "not-an-article": RejectionCode.BAD_RECORD,
        "another-type": RejectionCode.UNKNOWN_TYPE,
        "no-headers": RejectionCode.UNKNOWN_TYPE,
        "empty": RejectionCode.BAD_RECORD,
    }


def test_gate_dies_before_the_ack_on_an_error_that_nobody_expects(place: Place) -> None:
    records = texts("error", 20)
    place.arm("enrich.error", 2)
    topics.send(place.broker.bootstrap, records)
    with Service("enrich", place, {"SITREP_FAILPOINT": "enrich.error:1", "SITREP_ENRICH_BATCH": "5"}) as service:
        tick_until([service], lambda: no_lag(place.broker), 60, "every record is acknowledged")
        assert service.exits == [1, 1]
    assert all_enriched(place.broker, records)


def test_gate_ends_a_worker_that_has_stalled(place: Place) -> None:
    records = texts("stalled", 20)
    place.arm("enrich.blocked", 1)
    topics.send(place.broker.bootstrap, records)
    stalled = {"SITREP_FAILPOINT": "enrich.blocked:1:600", "SITREP_STALL_SECONDS": "4", "SITREP_ENRICH_BATCH": "5"}
    with Service("enrich", place, stalled) as service:
        tick_until([service], lambda: no_lag(place.broker), 90, "the next one does the work")
        assert service.exits == [75]
        assert "nothing was done for 4 s" in service.said()
    assert all_enriched(place.broker, records)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda n: n.name)
def test_gate_exits_in_time_when_told_to_stop_with_work_in_flight(place: Place, number: signal.Signals) -> None:
    records = texts(f"stop-{number.name}", 60)
    place.arm("enrich.blocked", 1)
    topics.send(place.broker.bootstrap, records)
    held = {"SITREP_FAILPOINT": "enrich.blocked:2:2", "SITREP_ENRICH_BATCH": "10"}
    with Service("enrich", place, held, restart=False) as service:
        until(lambda: place.fired("enrich.blocked", 1), 30, "a batch is in flight")
        assert service.end(number, 20) == 0
    with Service("enrich", place) as service:
        tick_until([service], lambda: no_lag(place.broker), 40, "the group catches up")
    found = enriched(place.broker, records)
    assert set(found) == {record.key for record in records}
    assert len(found) <= len(records) + 20


@contextmanager
def broker_later(broker: Broker, service: Service) -> Iterator[None]:
    """Run a broker from the moment that the service has said that there is none."""
    until(lambda: "does not answer" in service.said(), 20, "the service waits for the broker")
    with broker:
        broker.ready()
        yield


def test_gate_broker_absent_at_start_then_killed_and_back(tmp_path: Path, database: Database) -> None:
    broker = Broker(tmp_path / "kafka")
    place = Place(tmp_path, broker, database)
    records = texts("broker", 300)
    with Service("enrich", place) as service, broker_later(broker, service):
        topics.send(broker.bootstrap, records[:150])
        tick_until([service], lambda: topics.committed(broker.bootstrap, GROUP, RAW), 30, "work has begun")
        broker.kill()
        broker.start()
        broker.ready()
        topics.send(broker.bootstrap, records[150:])
        tick_until([service], lambda: no_lag(broker), 60, "the group catches up")
        assert all_enriched(broker, records)
        assert service.exits == []
