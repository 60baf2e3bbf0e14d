"""The schema: its columns and what the store writes in them, instants, comments, constraints, and indexes that are used."""

import json

import psycopg
import pytest

from services.store.columns import DESCRIBED, UPSERTS
from sitrep.cli.stored import load
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.topics import ENRICHED, REJECTED, RETRACTED, SIGHTING
from tests.integration.test_store import item, record, store
from tests.support.make import example, example_bytes
from tests.support.servers import Database, Fresh


@pytest.fixture(scope="module")
def fresh(database: Database) -> Fresh:
    return database.fresh("test_the_schema")


def test_every_new_field_is_stored_and_read_back(fresh: Fresh) -> None:
    """The fields that nothing fills yet, in the columns that wait for them."""
    message = example("enriched")["value"]
    town = message["entities"][0]["entity_id"]
    message["article"] |= {"authors": ["A. Reporter", "B. Reporter"], "modified": "2024-12-01T10:00:00+02:00"}
    message["entities"][0]["within"] = ["kb:a-district", "gn:458258"]
    message["dates"][0]["warning"] = "weekday_contradicts"
    message["claims"][0] |= {
        "confidence": None, "origins": [town], "destinations": ["kb:a-camp"], "affected": ["kb:a-people"],
        "said": {"earliest": "2024-11-30", "latest": None},
    }  # fmt: skip
    value = EnrichedArticle.model_validate_json(json.dumps(message))
    assert store(fresh, [[item(record(value, ENRICHED))]]) == []
    with psycopg.connect(fresh.uri("reader")) as connection:
        (read_back,) = load(connection, [value.article.article_id])
    assert read_back == value
    assert fresh.rows("SELECT modified_at = '2024-12-01 08:00:00Z', published_at FROM articles") == [(True, None)]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2024-11-30T10:00:00+02:00", "2024-11-30T08:00:00Z"),
        ("2024-11-30 10:00:00.5z", "2024-11-30T10:00:00.5Z"),
        ("2024-11-30", None),
        ("2024-11-30T10:00:00", None),
        ("2024-02-30T10:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata"])
def test_instant_is_what_was_written_or_nothing(fresh: Fresh, zone: str, written: str | None, instant: str | None) -> None:
    with psycopg.connect(fresh.uri("owner")) as connection:
        connection.execute(f"SET timezone = '{zone}'".encode())
        query = "SELECT sitrep.instant(%s) IS NOT DISTINCT FROM %s::timestamptz"
        assert connection.execute(query, (written, instant)).fetchone() == (True,)


OBVIOUS = {
    "article_id", "entity_id", "claim_id", "sighting_id", "rejection_id", "name", "text", "title", "publisher", "url", "uri",
    "encoding", "encoding_confidence", "language_confidence", "start_offset", "end_offset", "sentence_start", "sentence_end",
    "speaker_start", "speaker_end", "speaker_entity_id", "cue_start", "cue_end", "category", "kind", "granularity", "type", "code",
    "sentence", "key", "partition", "offset", "sha256", "reason", "retracted", "authors", "model", "at", "stored_at",
}  # fmt: skip
"""Columns whose name says it all."""

AS_IN_ARTICLES = {("sightings", column) for column in DESCRIBED} | {("rejections", "attempt")}


def test_every_table_and_every_column_that_is_not_obvious_has_a_comment(fresh: Fresh) -> None:
    query = """
        SELECT c.relname, a.attname FROM pg_class AS c LEFT JOIN pg_attribute AS a
            ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND col_description(c.oid, a.attnum) IS NULL
        WHERE c.relnamespace = 'sitrep'::regnamespace AND c.relkind = 'r'
    """
    assert fresh.rows(query + " AND obj_description(c.oid) IS NULL") == []
    silent = {(table, column) for table, column in fresh.rows(query) if column is not None and column not in OBVIOUS}
    assert {(table, column) for table, column in silent if (table, column) not in AS_IN_ARTICLES} == set()


def test_rows_have_the_columns_that_are_described(fresh: Fresh) -> None:
    for name, type_ in (
        ("enriched", ENRICHED),
        ("sighting_passed_on", SIGHTING),
        ("retracted", RETRACTED),
        ("rejected_by_enrich", REJECTED),
    ):
        topic = "news.rejected" if type_ is REJECTED else "news.enriched"
        rows = item(record(example_bytes(name), type_, topic)).rows
        for table in rows.counts().keys() & UPSERTS.keys():
            assert [set(row) for row in rows.of(table)] == [set(UPSERTS[table].all)], table
    for table, upsert in UPSERTS.items():
        query = f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND is_generated = 'NEVER'"
        written = {row[0] for row in fresh.rows(query)}
        assert set(upsert.all) == written - {"stored_again_at"}, table


def test_a_former_store_can_stage_its_rows(fresh: Fresh) -> None:
    """It copies NOT NULL to its own tables, and no default: a column that it does not write must not have that."""
    with psycopg.connect(fresh.uri("writer")) as connection:
        for table in ("articles", "sightings", "rejections", "refusal_times", "retractions", "receipts"):
            connection.execute(f"CREATE TEMP TABLE former_{table} (LIKE sitrep.{table}) ON COMMIT DROP".encode())
            query = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnotnull AND attnum > 0"
            required = {row[0] for row in connection.execute(query, (f"former_{table}",))}
            assert required.isdisjoint({"authors", "modified", "published_at", "modified_at", "refused_at", "decided_at"}), (
                table
            )
