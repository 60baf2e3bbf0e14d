"""The store on ten thousand generated articles: the same rows in whatever order they come, and plans that use the indexes."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any

import psycopg
import pytest

from services.store.database import Database as Writer
from services.store.read import Item, read
from sitrep.contracts.topics import SIGHTING
from sitrep.runtime.backoff import IN_PLACE, retrying
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.health import Health
from sitrep.runtime.records import Incoming
from tests.support import generator
from tests.support.questions import QUESTIONS, analyse
from tests.support.servers import Database, Fresh

ARTICLES = 10_000
TABLES = ("articles", "sightings", "article_entities", "mentions", "dates", "claims", "quantities", "receipts")
LARGE = {"articles", "sightings", "article_entities", "mentions", "dates", "claims", "quantities"}


def batches(records: Iterable[Incoming], size: int) -> Iterator[list[Item]]:
    left = iter(records)
    while some := list(islice(left, size)):
        made = [read(record, generator.AT) for record in some]
        assert all(isinstance(one, Item) for one in made)
        yield [one for one in made if isinstance(one, Item)]


async def write(uri: str, records: Iterable[Incoming], size: int) -> None:
    """Write records as the store does: a batch that waits too long for another store's is tried again."""
    writer = Writer(uri, Failpoints())
    for batch in batches(records, size):
        assert await retrying(lambda batch=batch: writer.write(batch, generator.AT), IN_PLACE, Health()) == []  # type: ignore[misc]
    await writer.close()


def hashes(fresh: Fresh) -> dict[str, str]:
    """Return a hash over all rows of each table, but for the time of the receipts."""
    found = {}
    with psycopg.connect(fresh.uri("owner")) as connection:
        for table in TABLES:
            query = f"SELECT count(*), md5(string_agg(h, '' ORDER BY h)) FROM (SELECT md5(to_jsonb(t)::text) AS h FROM sitrep.{table} t) AS x"
            found[table] = str(connection.execute(query.encode()).fetchone())
    return found


@pytest.fixture(scope="module")
def once(database: Database) -> Fresh:
    """Return a database into which every message was written once, in order."""
    fresh = database.fresh("bulk_once")
    asyncio.run(write(fresh.uri("writer"), generator.mixture("bulk", ARTICLES), 400))
    analyse(fresh.uri("owner"))
    return fresh


def test_any_order_any_number_of_times_from_two_stores_makes_the_same_rows(once: Fresh, database: Database) -> None:
    """Two stores at once: all doubled and shuffled, and all from the end to the beginning, sightings before their articles."""
    fresh = database.fresh("bulk_again")
    everything = list(generator.mixture("bulk", ARTICLES))
    shuffled = Random("shuffle").sample(everything, len(everything))
    of_sightings = [record for record in everything if dict(record.headers)["ce_type"] == SIGHTING.name.encode()]
    assert len(of_sightings) > ARTICLES / 5
    backwards = of_sightings + everything[::-1]

    async def both() -> None:
        await asyncio.gather(write(fresh.uri("writer"), shuffled, 300), write(fresh.uri("writer"), backwards, 400))

    asyncio.run(both())
    assert hashes(fresh) == hashes(once)


def test_messages_that_come_again_change_nothing(once: Fresh) -> None:
    before = hashes(once)
    asyncio.run(write(once.uri("writer"), generator.mixture("bulk", ARTICLES // 5), 500))
    assert hashes(once) == before


def _scans(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the tables that a plan reads from the first row to the last."""
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _scans(part)


@pytest.mark.parametrize("question", [name for name in QUESTIONS if "hottest" not in name])  # a quarter of all is read whole
def test_question_reads_no_large_table_from_end_to_end(once: Fresh, question: str) -> None:
    with psycopg.connect(once.uri("reader")) as connection:
        row = connection.execute(f"EXPLAIN (FORMAT JSON) {QUESTIONS[question]}".encode()).fetchone()
    assert row is not None
    (plan,) = row[0] if isinstance(row[0], list) else json.loads(row[0])
    assert LARGE.isdisjoint(_scans(plan["Plan"])), json.dumps(plan, indent=1)
