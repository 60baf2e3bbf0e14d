"""Faults of the store and its database."""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from random import Random

import psycopg
from confluent_kafka.admin import AdminClient

from services.store.database import Database as Writer
from services.store.read import Item, read
from sitrep.embedded.postgres import uri
from sitrep.runtime.backoff import IN_PLACE, retrying
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.health import Health
from tests.faults.lab import Lab, Row
from tests.faults.scenario import Outcome, Scenario
from tests.support import generator
from tests.support.backlog import backlog
from tests.support.servers import Database

IN_BATCH = 20


def s1(lab: Lab) -> Outcome:
    """Kill the store again and again, 0.1 to 3 s apart."""
    with lab.scenario() as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.warm()
        for _ in range(lab.faults):
            scenario.inflict(lambda: scenario.kill("store"))
            scenario.go_on(scenario.random.uniform(0.1, 3.0))
        return scenario.finish()


def s3(lab: Lab) -> Outcome:
    """Wipe the offsets of the store, so that it reads everything once more: the rows do not change."""
    with lab.own_broker() as (broker, _), lab.own_database() as database:
        place = lab.place(broker=broker, database=database)
        with lab.scenario(place, amplification=1.2 + lab.faults) as scenario:
            scenario.start("enrich", "ingest")
            scenario.start("store", env={"SITREP_SLOT": ""})
            scenario.load.share = scenario.files
            scenario.wait(lambda: scenario.load.all_stored, 60 + lab.files / 20, "everything is stored")
            before = _rows(database)
            for _ in range(lab.faults):
                _wipe(scenario)
                scenario.seen += 1
                scenario.in_flight += 1
                scenario.wait(scenario.no_lag, 60 + lab.files / 50, "everything is read again")
                assert _rows(database) == before, "the rows are others"
            return scenario.finish()


def _wipe(scenario: Scenario) -> None:
    """Delete the group's offsets; the broker refuses as long as it believes that the store is there."""
    store = scenario.services.pop("store")
    assert store.end(signal.SIGTERM, 20) == 0
    store.close()
    admin = AdminClient({"bootstrap.servers": scenario.place.broker.bootstrap})

    def gone() -> bool:
        with suppress(Exception):
            admin.delete_consumer_groups(["sitrep-store"])["sitrep-store"].result(10)
            return True
        return False

    scenario.wait(gone, 30, "the group is deleted")
    scenario.start("store", env={"SITREP_SLOT": ""})


def _rows(database: Database) -> list[tuple[object, ...]]:
    query = "SELECT count(*), md5(string_agg(h, '' ORDER BY h)) FROM (SELECT md5(to_jsonb(t)::text) AS h FROM sitrep.{} t) AS x"
    with psycopg.connect(database.uri("owner")) as connection:
        return [
            connection.execute(query.format(table).encode()).fetchone() or ()
            for table in ("articles", "claims", "mentions", "sightings", "receipts")
        ]


def s4(lab: Lab) -> Outcome:
    """Let two stores write the same articles in opposite order at the same moment: whoever waits for the other is tried again."""
    scenario = lab.scenario()
    items = [read(record, generator.AT) for record in generator.mixture(f"s4 {lab.seed}", lab.files)]
    batches = [items[at : at + IN_BATCH] for at in range(0, len(items), IN_BATCH)]
    fresh = lab.database.fresh(f"s4_{lab.seed}")

    async def write(writer: Writer, batch: Sequence[object]) -> None:
        good = [item for item in batch if isinstance(item, Item)]
        assert len(good) == len(batch)
        assert await retrying(lambda: writer.write(good, generator.AT), IN_PLACE, Health()) == []

    async def both() -> int:
        first, second = (Writer(fresh.uri("writer"), Failpoints()) for _ in range(2))
        met = 0
        for batch in batches:  # both have the same articles in hand at the same moment
            began = asyncio.get_running_loop().time()
            await asyncio.gather(write(first, batch), write(second, batch[::-1]))
            met += asyncio.get_running_loop().time() > began
        await first.close()
        await second.close()
        return met

    met = asyncio.run(both())
    ids = {item.article_id for item in items if isinstance(item, Item)}
    assert fresh.rows("SELECT count(*), count(DISTINCT article_id) FROM articles") == [(len(ids), len(ids))]
    assert fresh.rows("SELECT count(*) FROM claims") == fresh.rows("SELECT count(DISTINCT claim_id) FROM claims")
    return scenario.without_services(seen=min(met, lab.faults), inputs=len(ids))


def d1(lab: Lab) -> Outcome:
    """Kill the postmaster, kill a backend, end the store's session: nothing is refused, nothing lost."""
    with lab.own_database() as database, lab.scenario(lab.place(database=database)) as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.warm()
        kinds = _kinds(lab.faults, scenario.random)
        for kind in kinds:
            scenario.inflict(partial(_hurt, scenario, database, kind))
            scenario.go_on(scenario.random.uniform(0.3, 2.0))
        return scenario.finish()


def _kinds(count: int, random: Random) -> list[str]:
    """Return the faults in the shares of the plan (20 : 50 : 200), each at least once."""
    postmasters, backends = max(1, count * 20 // 270), max(1, count * 50 // 270)
    made = ["postmaster"] * postmasters + ["backend"] * backends + ["session"] * (count - postmasters - backends)
    return random.sample(made, len(made))


def _hurt(scenario: Scenario, database: Database, kind: str) -> None:
    if kind == "postmaster":
        database.kill()
        database.start()
        return
    query = "SELECT pid FROM pg_stat_activity WHERE usename = 'sitrep_writer'"
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sitrep_writer'"
    done: list[int] = []

    def found() -> bool:
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(uri("postgres", "postgres", database.port), connect_timeout=5) as c,
        ):
            done.extend(row[0] for row in c.execute((query if kind == "backend" else end).encode()).fetchall())
        return bool(done)

    scenario.wait(found, 60, "the store has a session")
    if kind == "backend":
        os.kill(done[0], signal.SIGKILL)


def d2(lab: Lab) -> Outcome:
    """Take the database away, at the start and for a while, with a backlog on the topic: the store waits in bounded memory."""
    scenario = lab.scenario()
    away = 60.0 if lab.faults >= 6 else 5.0
    seen = [
        backlog(lab.place(f"away-{n}"), f"D2 {lab.seed} {n}", lab.files // lab.faults, away=away) for n in range(lab.faults)
    ]
    assert all(one.stored == lab.files // lab.faults for one in seen)
    assert {(one.rejected, one.restarts) for one in seen} == {(0, 0)}
    assert max(one.largest_mib for one in seen) <= 250
    scenario.largest_mib = max(one.largest_mib for one in seen)
    return scenario.without_services(seen=sum(one.faults >= 3 for one in seen), inputs=lab.files)


ROWS = [
    Row("S1", "kill -9 the store, 0.1 to 3 s apart", s1, in_ci=(3, 480), full=(100, 20_000)),
    Row("S3", "the store's offsets wiped, everything read again", s3, in_ci=(3, 200), full=(3, 20_000)),
    Row("S4", "two stores write the same batches in opposite order", s4, in_ci=(3, 600), full=(1_000, 20_000)),
    Row("D1", "kill -9 the postmaster or a backend, end the store's session", d1, in_ci=(3, 480), full=(270, 20_000)),
    Row("D2", "the database away at the start and for 60 s, with a backlog", d2, in_ci=(3, 3_000), full=(6, 60_000)),
]
