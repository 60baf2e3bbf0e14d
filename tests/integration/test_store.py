"""The store's rows on a real Postgres: the same messages make the same rows, in any order, any number of times."""

import asyncio
import base64
import json
from collections.abc import Sequence
from random import Random

import psycopg
import pytest

from services.store.database import Database as Writer
from services.store.migrate import migrate, migrations
from services.store.read import Item, read
from sitrep.contracts import TOPICS, Rejection, Retraction
from sitrep.contracts.article import Article, Sighting, SightingMessage
from sitrep.contracts.enriched import Entity, Mention
from sitrep.contracts.headers import write
from sitrep.contracts.identity import local_entity_id
from sitrep.contracts.merge import merge
from sitrep.contracts.model import WireModel
from sitrep.contracts.published import PublishedFrom
from sitrep.contracts.topics import CORRECTED, ENRICHED, REJECTED, RESTORED, RETRACTED, SIGHTING, MessageType
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.records import Incoming
from tests.support.make import EXAMPLES, article, enriched, example, example_bytes
from tests.support.servers import Database, Fresh

TABLES = ("articles", "sightings", "article_entities", "mentions", "dates", "claims", "quantities", "rejections", "retractions")
AT = "2024-11-30T00:00:00Z"


@pytest.fixture
def fresh(database: Database, request: pytest.FixtureRequest) -> Fresh:
    return database.fresh(f"test_{abs(hash(request.node.nodeid))}")


def record(message: WireModel | bytes, type_: MessageType, topic: str = "news.enriched", offset: int = 0) -> Incoming:
    value = message if isinstance(message, bytes) else message.to_bytes()
    return Incoming(topic, 0, offset, b"key", value, write(value, type_, "enrich", at=AT))  # type: ignore[arg-type]


def item(incoming: Incoming) -> Item:
    made = read(incoming, AT)
    assert isinstance(made, Item), made
    return made


def store(fresh: Fresh, batches: Sequence[Sequence[Item]]) -> list[tuple[Item, str]]:
    async def run() -> list[tuple[Item, str]]:
        writer = Writer(fresh.uri("writer"), Failpoints())
        refused = [bad for batch in batches for bad in await writer.write(batch, AT)]
        await writer.close()
        return refused

    return asyncio.run(run())


def snapshot(fresh: Fresh) -> dict[str, list[str]]:
    """Return all rows of all tables but the receipts' times, as sorted JSON."""
    rows = {table: fresh.rows(f"SELECT to_jsonb(t)::text FROM {table} t") for table in TABLES}
    rows["receipts"] = fresh.rows("SELECT (to_jsonb(t) - 'stored_at')::text FROM receipts t")
    return {table: sorted(row[0] for row in found) for table, found in rows.items()}


def seen(of: Article, key: str, published: str | None, source: PublishedFrom | None, **fields: str) -> Article:
    sighting = Sighting(uri=f"inbox:{key}", key=key, sha256=f"{len(key) % 16:x}" * 64, size=1)
    update = {"sighting": sighting, "published": published, "published_from": source, **fields}
    return of.model_copy(update=update)


def messages() -> list[Incoming]:
    """Return messages of 12 articles, each enriched in two versions and on two publish dates, with three sightings."""
    made: list[Incoming] = []
    for number in range(12):
        text = article(f"Report {number}: shelling near Rivertown.")
        first = seen(text, f"{number}/a", None, None, title="A")
        second = seen(text, f"{number}/bb", "2024-11-30", PublishedFrom.HEADER, publisher="B")
        third = seen(text, f"{number}/ccc", "2024-11-29", PublishedFrom.SIDECAR)
        merged = merge(one.seen_again() for one in (first, second))
        republished = Article.model_validate({**merged.model_dump(), "text": text.text})
        for version, of in ((1, first), (2, first), (1, republished), (2, republished)):
            made.append(record(enriched(of, version, entities=(_entity(of, version),)), ENRICHED))
        made += [record(one.seen_again(), SIGHTING) for one in (second, third)]
        for seq, type_ in ((1, RETRACTED), (2, RESTORED), (2, RETRACTED)):
            made.append(record(Retraction(article_id=text.article_id, reason=str(type_), at=AT, seq=seq), type_))
        refusal = Rejection.model_validate_json(example_bytes("rejected_by_ingest"))
        for at in ("2024-11-30T00:00:01Z", "2024-11-30T00:00:02Z"):
            copy = refusal.model_copy(update={"rejection_id": f"{number:032x}", "at": at})
            made.append(record(copy, REJECTED, "news.rejected"))
    return made


def _entity(of: Article, version: int) -> Entity:
    name = "Rivertown" if version == 2 else "Report"
    start = of.text.index(name)
    mention = Mention(start=start, end=start + len(name), text=name, label="GPE")
    id_ = local_entity_id(of.article_id, "GPE", name)
    return Entity(entity_id=id_, name=name, label="GPE", category="other", score=0.0, mentions=(mention,))


def test_rows_do_not_depend_on_order_repetition_or_batches(database: Database) -> None:
    everything = messages()
    expected: dict[str, list[str]] | None = None
    for seed in range(5):
        random = Random(seed)
        order = everything if seed == 0 else random.sample(everything * 2, len(everything) * 2)
        items = [item(incoming) for incoming in order]
        size = random.choice([1, 3, 17, 500])
        fresh = database.fresh(f"order_{seed}")
        assert store(fresh, [items[at : at + size] for at in range(0, len(items), size)]) == []
        found = snapshot(fresh)
        expected = expected or found
        assert found == expected, f"seed {seed}, batches of {size}"
    assert expected is not None
    assert [len(expected[table]) for table in ("articles", "sightings", "mentions", "retractions", "rejections")] == [
        12, 36, 12, 12, 12,
    ]  # fmt: skip
    assert all(json.loads(row)["retracted"] for row in expected["retractions"])
    assert all(json.loads(row)["text"] == "Rivertown" for row in expected["mentions"])


def test_merged_fields_are_those_of_the_contract(fresh: Fresh) -> None:
    text = article("Shelling near Rivertown.")
    copies = [
        seen(text, "a", None, None, title="A", byline="A"),
        seen(text, "bb", "2024-11-30T23:00:00-05:00", PublishedFrom.HEADER, publisher="B", language="uk"),
        seen(text, "ccc", "2024-12-01", PublishedFrom.HEADER, title="C", url="https://example.org/c"),
    ]
    sightings = [item(record(copy.seen_again(), SIGHTING)) for copy in copies]
    store(fresh, [sightings[:1], [item(record(enriched(copies[0]), ENRICHED))], sightings[1:]])
    best = merge(copy.seen_again() for copy in copies).model_dump(mode="json", exclude={"article_id", "sighting", "recipe"})
    columns = ", ".join(best)
    (found,) = fresh.rows(f"SELECT {columns} FROM articles")
    assert dict(zip(best, found, strict=True)) == best


def test_refused_item_does_not_take_the_others_with_it(fresh: Fresh) -> None:
    good = [item(record(enriched(article(f"Report {n}.")), ENRICHED)) for n in range(9)]
    bad = item(record(enriched(article("Report with NUL in its title.", title="\x00")), ENRICHED))
    refused = store(fresh, [[*good[:4], bad, *good[4:]]])
    assert [one for one, _ in refused] == [bad]
    assert "cannot contain NUL" in refused[0][1]
    assert fresh.rows("SELECT count(*) FROM articles") == [(9,)]


STORED = [path.stem for path in EXAMPLES if example(path.stem)["topic"] in {"news.enriched", "news.rejected"}]


@pytest.mark.parametrize("name", [name for name in STORED if name != "corrected"])
def test_every_example_message_can_be_stored(fresh: Fresh, name: str) -> None:
    message = example(name)
    topic = next(topic for topic in TOPICS if topic.name == message["topic"])
    type_ = next(type_ for type_ in topic.types if type_.name == message["type"])
    assert store(fresh, [[item(record(example_bytes(name), type_, topic.name))]]) == []


def test_correction_is_kept_for_a_store_that_knows_corrections() -> None:
    refused = read(record(example_bytes("corrected"), CORRECTED), AT)
    assert isinstance(refused, Rejection)
    assert refused.code == "unknown_type"
    assert refused.original is not None
    assert base64.b64decode(refused.original) == example_bytes("corrected")


@pytest.mark.parametrize("value", [b"\xff", b"{}", b"", b'{"rejection_id": "x"}'])
def test_unreadable_rejection_becomes_a_row_and_is_not_refused_again(fresh: Fresh, value: bytes) -> None:
    store(fresh, [[item(record(value, REJECTED, "news.rejected", offset=7))]])
    assert fresh.rows('SELECT code, stage, topic, "offset" FROM rejections') == [("bad_record", "store", "news.rejected", 7)]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE sitrep.claims",
        "ALTER TABLE sitrep.claims ADD COLUMN x int",
        "DELETE FROM sitrep.claims",
        "TRUNCATE sitrep.claims",
        "CREATE TABLE sitrep.x (a int)",
        "CREATE TABLE public.x (a int)",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT * FROM pg_authid",
        "SET ROLE sitrep_owner",
        "SELECT pg_read_file('/etc/passwd')",
        "CREATE FUNCTION sitrep.delete_everything() RETURNS void LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION sitrep.delete_children(of_article text) RETURNS void LANGUAGE sql AS 'SELECT 1'",
        "CREATE VIEW sitrep.x AS SELECT 1",
        "CREATE SCHEMA x",
        "SELECT * FROM public.sitrep_migrations",
        "UPDATE public.sitrep_migrations SET number = 9",
        "ALTER ROLE sitrep_owner PASSWORD 'x'",
        "COPY sitrep.claims TO '/tmp/claims'",
    ],
)
def test_writer_may_not(fresh: Fresh, statement: str) -> None:
    with psycopg.connect(fresh.uri("writer")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


@pytest.mark.parametrize(
    "statement", ["INSERT INTO articles DEFAULT VALUES", "SELECT delete_children('x')", "CREATE TEMP TABLE x ()"]
)
def test_reader_may_not(fresh: Fresh, statement: str) -> None:
    refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
    with psycopg.connect(fresh.uri("reader")) as connection, pytest.raises(refused):
        connection.execute(statement.encode())


def test_migrating_again_changes_nothing(fresh: Fresh) -> None:
    assert migrate(fresh.uri("owner")) == []
    with psycopg.connect(fresh.uri("owner")) as connection:
        done = connection.execute("SELECT number FROM public.sitrep_migrations ORDER BY number").fetchall()
    assert done == [(number,) for number, _ in migrations()]


def test_sighting_messages_are_read_as_such() -> None:
    made = item(record(example_bytes("sighting"), SIGHTING))
    assert made.sighting == SightingMessage.model_validate_json(example_bytes("sighting")).sighting.sighting_id
