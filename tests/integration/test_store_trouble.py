"""A database in trouble: what passes is tried again in place, and never becomes a rejection."""

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest

from services.store.database import Database as Writer
from services.store.read import Item
from sitrep.cli.opened import opened
from sitrep.cli.problem import Problem
from sitrep.cli.stored import load
from sitrep.contracts.topics import ENRICHED
from sitrep.runtime.backoff import Backoff, retrying
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.health import Health
from tests.integration.test_store import item, record
from tests.support import generator
from tests.support.backlog import backlog
from tests.support.make import article, enriched
from tests.support.proxy import Proxy
from tests.support.servers import Database, Fresh
from tests.support.service import Place

AT = generator.AT
QUICK = Backoff(first=0.01, longest=0.1, total=60.0)
TROUBLE = {
    "serialization_failure": "40001",
    "deadlock_detected": "40P01",
    "disk_full": "53100",
    "out_of_memory": "53200",
    "too_many_connections": "53300",
    "query_canceled": "57014",
    "lock_not_available": "55P03",
    "read_only_sql_transaction": "25006",
    "io_error": "58030",
}
TIMES = 3


def articles(seed: str, count: int) -> list[Item]:
    return [item(record(generator.value(generator.enriched(seed, n)), ENRICHED, offset=n)) for n in range(count)]


def write(uri: str, items: Sequence[Item]) -> tuple[list[tuple[Item, str]], int]:
    """Write items as the store does, and return what was refused and how often it was tried again."""
    again = 0

    def count() -> None:
        nonlocal again
        again += 1

    async def run() -> list[tuple[Item, str]]:
        writer = Writer(uri, Failpoints())
        refused = await retrying(lambda: writer.write(items, AT), QUICK, Health(), on_retry=count)
        await writer.close()
        return refused

    return asyncio.run(run()), again


def troubled(fresh: Fresh, code: str) -> None:
    """Let the first writes of an article fail with a code of Postgres, counted by a sequence, which no rollback sets back."""
    with psycopg.connect(fresh.uri("owner"), autocommit=True) as connection:
        connection.execute("CREATE SEQUENCE sitrep.trouble; GRANT USAGE ON SEQUENCE sitrep.trouble TO sitrep_writer")
        connection.execute(
            f"""
            CREATE FUNCTION sitrep.fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('sitrep.trouble') <= {TIMES} THEN
                    RAISE EXCEPTION 'trouble' USING ERRCODE = '{code}';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER trouble BEFORE INSERT ON sitrep.articles FOR EACH STATEMENT EXECUTE FUNCTION sitrep.fail();
            """.encode()
        )


@pytest.mark.parametrize("code", TROUBLE.values(), ids=list(TROUBLE))
def test_trouble_of_the_database_is_tried_again_and_refuses_nothing(database: Database, code: str) -> None:
    fresh = database.fresh(f"trouble_{code.lower()}")
    troubled(fresh, code)
    refused, _ = write(fresh.uri("writer"), articles("trouble", 5))
    assert refused == []
    assert fresh.rows("SELECT count(*), count(DISTINCT article_id) FROM articles") == [(5, 5)]
    with psycopg.connect(fresh.uri("owner")) as connection:
        assert (connection.execute("SELECT last_value FROM sitrep.trouble").fetchone() or (0,))[0] > TIMES, "nothing failed"


@pytest.mark.parametrize("after", [False, True], ids=["before the commit is heard", "after it is done"])
def test_connection_lost_at_the_commit_is_tried_again(database: Database, after: bool) -> None:
    fresh = database.fresh(f"commit_{after}".lower())
    with Proxy(database.port) as proxy:
        proxy.cut_at(b"COMMIT", after=after, times=TIMES)
        refused, again = write(fresh.uri("writer").replace(f":{database.port}/", f":{proxy.port}/"), articles("commit", 5))
        assert (proxy.faults, again) == (TIMES, TIMES)
    assert refused == []
    assert fresh.rows("SELECT count(*) FROM articles") == [(5,)]
    assert fresh.rows("SELECT count(*), count(DISTINCT claim_id) FROM claims") == [(40, 40)]
    assert fresh.rows("SELECT count(*) FROM receipts") == [(5,)]


def test_bad_articles_take_no_good_ones_with_them(database: Database) -> None:
    fresh = database.fresh("unrolled")
    good = articles("unrolled", 37)
    bad = [item(record(enriched(article(f"Report {n}.", title="\x00")), ENRICHED)) for n in range(3)]
    batch = [*good[:1], bad[0], *good[1:20], *bad[1:], *good[20:]]
    refused, again = write(fresh.uri("writer"), batch)
    assert {id(one) for one, _ in refused} == {id(one) for one in bad}
    assert all("NUL" in why for _, why in refused)
    assert again == 0
    assert fresh.rows("SELECT count(*) FROM articles") == [(37,)]
    assert fresh.rows("SELECT count(*), count(DISTINCT claim_id) FROM claims") == [(37 * 8, 37 * 8)]


def test_article_of_the_largest_kind_can_be_stored(database: Database) -> None:
    """Compounds of three bytes a letter, no two alike: they would make more of a full-text index than Postgres allows."""
    fresh = database.fresh("largest")
    letters = [chr(n) for n in range(0x0905, 0x0939)]
    parts = ["".join(three) for three in itertools.islice(itertools.product(letters, repeat=3), 46_000)]
    text = " ".join("-".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True))[:170_000].strip()
    assert len(text.encode()) > 400_000
    refused, _ = write(fresh.uri("writer"), [item(record(enriched(article(text)), ENRICHED))])
    assert refused == []
    assert fresh.rows("SELECT length(text) FROM articles") == [(len(text),)]


def test_names_of_any_length_can_be_stored(database: Database) -> None:
    """A B-tree takes 2.7 kB: names are indexed by their beginnings."""
    fresh = database.fresh("long_names")
    name = "Ministry " * 2000
    message = generator.enriched("long", 1)
    for entity in message["entities"]:
        entity["name"] = name
    for claim in message["claims"]:
        claim["speaker"]["name"] = name
    refused, _ = write(fresh.uri("writer"), [item(record(generator.value(message), ENRICHED))])
    assert refused == []


def test_reader_sees_one_moment_while_an_article_is_written_anew(database: Database, tmp_path: Path) -> None:
    fresh = database.fresh("one_moment")
    write(fresh.uri("writer"), articles("moment", 1))
    newer = generator.enriched("moment", 0, version=2)
    newer["entities"], newer["claims"] = newer["entities"][:1], []
    with opened(tmp_path, fresh.uri("reader")) as connection:
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (8,)
        write(fresh.uri("writer"), [item(record(generator.value(newer), ENRICHED))])
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (8,)
        (read,) = load(connection, [newer["article"]["article_id"]])
        assert (read.enrichment.version, len(read.claims)) == (1, 8)
    assert fresh.rows("SELECT count(*) FROM claims") == [(0,)]


def test_last_day_of_the_calendar_can_be_read_again(database: Database, tmp_path: Path) -> None:
    fresh = database.fresh("last_day")
    message = generator.enriched("last day", 1)
    message["claims"][0]["when"] = {"earliest": "9999-12-31", "latest": "9999-12-31"}
    assert write(fresh.uri("writer"), [item(record(generator.value(message), ENRICHED))]) == ([], 0)
    with opened(tmp_path, fresh.uri("reader")) as connection:
        (read,) = load(connection, [message["article"]["article_id"]])
    assert str(read.claims[0].when and read.claims[0].when.latest) == "9999-12-31"


@pytest.mark.parametrize(
    ("role", "last", "sentence"),
    [("writer", None, "connect as sitrep_reader"), ("reader", 2, "run `sitrep migrate`")],
    ids=["as the writer", "of an earlier schema"],
)
def test_database_that_cannot_be_asked_is_a_sentence(
    database: Database, tmp_path: Path, role: str, last: int | None, sentence: str
) -> None:
    fresh = database.fresh(f"asked_as_{role}", last=last)
    with pytest.raises(Problem, match=sentence), opened(tmp_path, fresh.uri(role)) as connection:
        connection.execute("SELECT * FROM search('x')")


def test_store_waits_for_its_database_in_bounded_memory(place: Place) -> None:
    seen = backlog(place, "bounded", 10_000, away=8)
    assert seen.stored == 10_000
    assert seen.rejected == 0
    assert seen.restarts == 0
    assert seen.faults >= 3
    assert seen.largest_mib <= 250
