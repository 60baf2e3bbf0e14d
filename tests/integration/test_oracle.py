"""The oracle of the fault rows sees what it is there to see: each loss and each effect that is there twice."""

import asyncio
import base64
from pathlib import Path

import psycopg
import pytest

from services.store.database import Database as Writer
from services.store.read import Item, read
from sitrep.contracts import identity
from sitrep.contracts.topics import ENRICHED
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.records import Incoming
from tests.support.make import article, enriched
from tests.support.oracle import Oracle
from tests.support.servers import Database

AT = "2024-11-30T00:00:00Z"
COLUMNS = """SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = 'sitrep' AND table_name = %s AND is_generated = 'NEVER'"""


def town(text: str) -> dict[str, object]:
    """Return the one town that the texts of the oracle name."""
    start = text.index("Rivertown")
    mention = {"start": start, "end": start + 9, "text": "Rivertown", "label": "GPE"}
    return {
        "entity_id": f"local:{0:016x}",
        "name": "Rivertown",
        "label": "GPE",
        "category": "city",
        "score": 0.5,
        "mentions": (mention,),
    }


def claim(text: str) -> dict[str, object]:
    """Return a claim over the whole last line of a text."""
    start = text.index("\n\n") + 2
    spans = {"start": start, "end": len(text), "text": text[start:], "sentence": {"start": start, "end": len(text)}}
    return {
        "claim_id": identity.content_sha256(text.encode())[:16],
        **spans,
        "quote": "none",
        "type": "other",
        "polarity": "asserted",
        "confidence": 0.5,
    }


def copy(connection: "psycopg.Connection[tuple[object, ...]]", table: str, changed: dict[str, str], where: str) -> None:
    """Insert a row once more, some of its columns changed."""
    (columns,) = connection.execute(COLUMNS, (table,)).fetchone() or ("",)
    names = str(columns).split(", ")
    values = [changed.get(name.strip('"'), name) for name in names]
    done = connection.execute(
        f"INSERT INTO sitrep.{table} ({columns}) SELECT {', '.join(values)} FROM sitrep.{table} WHERE {where} LIMIT 1".encode()
    )
    assert done.rowcount == 1


OTHER = {"entity_id": "'local:1111111111111111'"}
PLANTED = {
    "article": [("articles", {"article_id": "'other'"})],
    "sighting": [("sightings", {"sighting_id": "'other'"})],
    "mention": [("article_entities", OTHER), ("mentions", OTHER)],
    "claim": [("claims", {"claim_id": "'other'", "n": "n + 1"})],
}


@pytest.mark.parametrize("kind", PLANTED)
def test_an_effect_under_a_second_id_is_counted(tmp_path: Path, database: Database, kind: str) -> None:
    oracle = Oracle(tmp_path, f"planted-{kind}")
    made = article(oracle.text(1), "1.txt")
    value = enriched(made, entities=(town(made.text),), claims=(claim(made.text),)).to_bytes()
    item = read(Incoming("news.enriched", 0, 0, made.article_id.encode(), value, [("ce_type", ENRICHED.name.encode())]), AT)
    assert isinstance(item, Item)
    oracle.owe(made.text)

    async def write() -> None:
        writer = Writer(database.uri("writer"), Failpoints())
        assert await writer.write([item], AT) == []
        await writer.close()

    asyncio.run(write())
    assert oracle.doubled(database) == {}
    with psycopg.connect(database.uri("owner"), autocommit=True) as owner:
        for table, changed in PLANTED[kind]:
            copy(owner, table, changed, f"article_id = '{made.article_id}'")
        try:
            assert oracle.doubled(database) == {kind: 1}
        finally:
            for name in ("receipts", "claims", "mentions", "article_entities", "sightings", "articles"):
                owner.execute(f"DELETE FROM sitrep.{name} WHERE article_id IN ('other', '{made.article_id}')".encode())


def test_a_refusal_under_a_second_id_is_counted(tmp_path: Path, database: Database) -> None:
    oracle = Oracle(tmp_path, "planted-rejection")
    original = base64.b64encode(oracle.text(1).encode()).decode()
    assert identity.article_id(oracle.text(1))
    insert = """INSERT INTO sitrep.rejections (rejection_id, code, sentence, stage, attempt, at, key, size, sha256, original, headers)
    VALUES (%s, 'malformed', 'no', 'ingest', 1, now(), '1.txt', 1, 'x', %s, '{}')"""
    with psycopg.connect(database.uri("owner"), autocommit=True) as owner:
        try:
            owner.execute(insert, ("planted-1", original))
            assert oracle.doubled(database) == {}
            owner.execute(insert, ("planted-2", original))
            assert oracle.doubled(database) == {"rejection": 1}
        finally:
            owner.execute("DELETE FROM sitrep.rejections WHERE rejection_id LIKE 'planted-%'")
