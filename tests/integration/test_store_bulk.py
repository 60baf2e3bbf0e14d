"""The store on ten thousand generated articles: the same rows in whatever order they come, and plans that use the indexes, each of them."""

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


SERVES = {
    "articles_published_on": QUESTIONS["reports"],
    "articles_search": QUESTIONS["search"],
    "articles_undated": QUESTIONS["undated"],
    "articles_version": "SELECT version, count(*) FROM articles WHERE NOT canary GROUP BY version",
    "article_entities_entity": "SELECT article_id FROM article_entities WHERE entity_id = 'gn:1'",
    "article_entities_name": QUESTIONS["about"],
    "article_entities_name_in_any_case": "SELECT entity_id FROM article_entities WHERE lower(left(name, 300)) = lower('aleppo')",
    "article_entities_point": QUESTIONS["within_km"],
    "article_entities_within": "SELECT entity_id FROM article_entities WHERE within && ARRAY['gn:1']",
    "claims_article": "SELECT claim_id FROM claims WHERE article_id = 'x'",
    "claims_control": "SELECT claim_id FROM claims WHERE article_id = 'x' AND type = 'control'",
    "claims_happened": QUESTIONS["happened"],
    "claims_search": QUESTIONS["search_claims"],
    "claims_speaker": QUESTIONS["said"],
    "quantities_article": "DELETE FROM quantities WHERE article_id = 'x'",
    "quantities_casualties": QUESTIONS["casualties_of_a_day"],
    "receipts_stored_at": QUESTIONS["arrivals"],
    "rejections_article": "SELECT rejection_id FROM rejections WHERE article_id = 'x'",
    "rejections_key": "SELECT rejection_id FROM rejections WHERE md5(key) = md5('x')",
    "rejections_refused_at": "SELECT at, stage, code, key FROM refusals WHERE state = 'open' ORDER BY at DESC NULLS LAST LIMIT 3",
    "sightings_file": "SELECT 1 FROM sightings WHERE md5(split_part(split_part(key, '#', 1), '!/', 1)) = md5('x')",
    "sightings_key": "SELECT 1 FROM sightings WHERE md5(key) = md5('x')",
    "sightings_sha256": "SELECT article_id FROM sightings WHERE sha256 = 'x'",
}
"""A query that each index is for."""


@pytest.fixture(scope="module")
def with_refusals(once: Fresh) -> Fresh:
    with psycopg.connect(once.uri("owner")) as connection:
        connection.execute("SET search_path = sitrep")
        connection.execute("""
            INSERT INTO rejections (rejection_id, code, sentence, stage, attempt, at, key, headers)
            SELECT md5(n::text), 'empty', 'x', 'ingest', 1,
                   to_char(timestamp '2024-11-01' + n * interval '1 min', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), n::text, '{}'
            FROM generate_series(1, 3000) AS n
        """)
    analyse(once.uri("owner"))
    return once


def _indexes(plan: dict[str, Any]) -> set[str]:
    found = {plan["Index Name"]} if "Index Name" in plan else set()
    return found.union(*(_indexes(part) for part in plan.get("Plans", ())))


@pytest.mark.parametrize("index", SERVES)
def test_index_serves_the_query_that_it_is_for(with_refusals: Fresh, index: str) -> None:
    with psycopg.connect(with_refusals.uri("owner")) as connection:
        connection.execute("SET search_path = sitrep; SET enable_seqscan = off")
        row = connection.execute(f"EXPLAIN (FORMAT JSON) {SERVES[index]}".encode()).fetchone()
    assert row is not None
    assert index in _indexes(row[0][0]["Plan"]), json.dumps(row[0], indent=1)


def test_every_index_is_for_some_query(with_refusals: Fresh) -> None:
    there = {
        row[0]
        for row in with_refusals.rows(
            "SELECT indexname FROM pg_indexes WHERE schemaname = 'sitrep' AND indexdef NOT LIKE '%UNIQUE%'"
        )
    }
    assert there == set(SERVES)
