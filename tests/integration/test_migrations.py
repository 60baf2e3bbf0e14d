"""The way from every earlier schema to the newest: with its rows, and to the very same schema as from nothing."""

import hashlib
import json
import shutil
from pathlib import Path

import psycopg
import pytest

from deploy.queries import schema
from services.store.migrate import DIRECTORY, NewerSchemaError, migrate, migrations
from tests.support.former import fill, rows_of
from tests.support.servers import Database, Fresh

VERSIONS = [number for number, _ in migrations()]
NEWEST = VERSIONS[-1]


def test_landed_migrations_are_never_changed() -> None:
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for _, path in migrations()]
    assert (DIRECTORY / "SHA256SUMS").read_text().splitlines() == sums


def test_migrations_are_numbered_without_gaps() -> None:
    assert list(range(1, NEWEST + 1)) == VERSIONS


@pytest.mark.parametrize("version", range(2, NEWEST + 1))
def test_earlier_version_with_rows_becomes_the_newest(database: Database, version: int) -> None:
    fresh: Fresh = database.fresh(f"from_{version}", last=version)
    rows = rows_of(version)
    fill(fresh.uri("owner"), rows)
    assert migrate(fresh.uri("owner")) == list(range(version + 1, NEWEST + 1))
    database.fresh(f"from_nothing_{version}")
    assert schema(database.port, f"from_{version}") == schema(database.port, f"from_nothing_{version}")
    for table, some in rows.items():
        kept = [row[0] for row in fresh.rows(f"SELECT to_jsonb(t) FROM {table} t")]
        expected = sorted(json.dumps(row, sort_keys=True) for row in some)
        assert sorted(json.dumps({c: row[c] for c in some[0]}, sort_keys=True) for row in kept) == expected, table
    ((claims,),) = fresh.rows("SELECT count(*) FROM said")
    assert claims > 0
    assert fresh.rows("SELECT count(*) > 0 FROM search('fighting')") == [(True,)]


def test_second_cut_fails_on_nothing_that_a_table_holds(database: Database) -> None:
    """Values that are in no list stay, instants that cannot be read are null, and `defaults` has the rank that it has now."""
    fresh = database.fresh("anything", last=6)
    rows = rows_of(6)
    rows["claims"][0]["polarity"] = "perhaps"
    rows["article_entities"][0]["label"] = "PLACE"
    rows["dates"][0]["anchor"] = "guessed"
    rows["quantities"][0]["unit"] = "money"
    rows["articles"][0] |= {"coverage": "half", "published": "last week", "anchor_order": "6|x"}
    rows["sightings"][0] |= {"published_from": "defaults", "sort_order": "6|x", "mtime": "0000-00-00"}
    rows["rejections"][0]["at"] = "2024-13-45T99:00:00Z"
    rows["refusal_times"][0]["at"] = ""
    fill(fresh.uri("owner"), rows)
    assert migrate(fresh.uri("owner")) == list(range(7, NEWEST + 1))
    assert fresh.rows("SELECT count(*) FROM claims WHERE polarity = 'perhaps'") == [(1,)]
    assert fresh.rows("SELECT published_at FROM articles WHERE published = 'last week'") == [(None,)]
    assert fresh.rows("SELECT refused_at FROM rejections") == [(None,)]
    assert fresh.rows("SELECT sort_order FROM sightings WHERE published_from = 'defaults'") == [("7|x",)]
    assert fresh.rows("SELECT coverage FROM articles WHERE anchor_order = '7|x'") == [("partial",)]
    with pytest.raises(psycopg.errors.CheckViolation):
        fill(fresh.uri("owner"), {"claims": [{**rows["claims"][1], "claim_id": "f" * 16, "polarity": "perhaps"}]})


def test_database_of_a_newer_sitrep_is_refused(database: Database) -> None:
    fresh = database.fresh("newer")
    with psycopg.connect(fresh.uri("owner"), autocommit=True) as connection:
        connection.execute("INSERT INTO public.sitrep_migrations VALUES (9999, 'from the future')")
    with pytest.raises(NewerSchemaError, match="newer Sitrep \\(migration 9999"):
        migrate(fresh.uri("owner"))


def test_migration_that_fails_changes_nothing_and_is_done_the_next_time(database: Database, tmp_path: Path) -> None:
    fresh = database.fresh("failing", last=2)
    for _, path in migrations()[:2]:
        shutil.copy(path, tmp_path)
    (tmp_path / "0003_broken.sql").write_text("CREATE TABLE sitrep.half (a int); SELECT no_such_thing;")
    with pytest.raises(psycopg.errors.UndefinedColumn):
        migrate(fresh.uri("owner"), directory=tmp_path)
    assert fresh.rows("SELECT to_regclass('sitrep.half') IS NULL") == [(True,)]
    assert migrate(fresh.uri("owner")) == VERSIONS[2:]
