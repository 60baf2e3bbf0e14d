"""What a service says of itself while something that it needs is missing."""

import asyncio
import logging

import pytest

from sitrep.runtime.backoff import Backoff, retrying
from sitrep.runtime.health import Health, keep_asking
from sitrep.runtime.outcomes import Cause, Retry


def test_trouble_is_said_once_when_it_begins_and_once_when_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    health = Health()
    health.ok()
    for _ in range(30):
        health.trouble(Cause.KAFKA, "Kafka at k:9092 does not answer")
    assert health.read()[0] == "failing"
    assert "Kafka at k:9092 does not answer" in health.read()[1]
    health.over(Cause.KAFKA)
    health.over(Cause.KAFKA)
    assert health.read() == ("ok", "working")
    assert [record.message for record in caplog.records] == [
        "waiting for Kafka: Kafka at k:9092 does not answer",
        "Kafka is there again after 0 s and 30 failed attempts",
    ]
    (metric,) = health.attempts.collect()
    counted = {sample.labels["cause"]: sample.value for sample in metric.samples if sample.name.endswith("_total")}
    assert counted == dict.fromkeys(Cause, 0.0) | {Cause.KAFKA: 30.0}


def test_one_trouble_that_ends_does_not_hide_another() -> None:
    health = Health()
    health.trouble(Cause.KAFKA, "no broker")
    health.trouble(Cause.POSTGRES, "no database")
    health.ok()
    health.over(Cause.KAFKA)
    state, sentence = health.read()
    assert state == "failing"
    assert sentence.startswith("no database (for")
    assert health.lacks(Cause.POSTGRES)
    assert not health.lacks(Cause.KAFKA)


def test_retrying_tells_what_is_missing_and_that_it_is_back() -> None:
    health = Health()
    health.ok()
    states = []

    async def action() -> str:
        states.append(health.read()[0])
        if len(states) < 3:
            raise Retry(Cause.POSTGRES_WRITE, "the disk of the database is full")
        return "done"

    assert asyncio.run(retrying(action, Backoff(0.0, 0.0, 10.0), health)) == "done"
    assert [*states, health.read()[0]] == ["ok", "failing", "failing", "ok"]


def test_what_is_idle_notices_that_something_is_missing() -> None:
    health = Health()
    health.ok()
    answers = iter([None, Retry(Cause.KAFKA, "no broker"), None])
    seen = []

    async def run() -> None:
        stop = asyncio.Event()

        async def ask() -> None:
            seen.append(health.read()[0])
            answer = next(answers, None)
            if len(seen) == 4:
                stop.set()
            if answer is not None:
                raise answer

        await keep_asking({Cause.KAFKA: ask}, health, stop, every=0.001)

    asyncio.run(run())
    assert seen == ["ok", "ok", "failing", "ok"]
