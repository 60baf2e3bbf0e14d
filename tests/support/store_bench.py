"""How fast the store is: `make bench` beside a bare loop that copies and upserts the same rows, made ready before, in turns.

The store is the real service on a real topic: from bytes to committed rows, receipts and offsets. The bare loop has neither
Kafka nor checks, nor does it care what was there before; it writes to the same tables with the same indexes.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from services.store.app import slices
from services.store.database import receipts
from services.store.read import Item, read
from services.store.rows import CHILDREN, Row
from sitrep.contracts.topics import ENRICHED_TOPIC
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.kafka import Publisher, Record
from sitrep.runtime.records import Incoming
from tests.support import generator
from tests.support.servers import own_servers
from tests.support.service import Place, Service, tick_until

STAGED = {"articles": "article_id", "sightings": "article_id, sighting_id", "receipts": "article_id, sighting"}
Batch = dict[str, list[Row]]


def compare(rounds: int, count: int) -> dict[str, float]:
    """Return articles a second of the store and of the bare loop, in turns, and the median of their ratios."""
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as name:
        directory = Path(name)
        with own_servers(directory) as (broker, database):
            bare_uri = database.fresh("bare").uri("writer")
            place = Place(directory / "place", broker, database)
            ours, bare = [], []
            for number in range(rounds + 1):  # the first warms up
                records = list(generator.records(f"bench {number}", count))
                bare.append(count / _bare(bare_uri, records))
                ours.append(_store(place, records))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours[1:], bare[1:], strict=True))
    return {
        "bare_articles_per_second": round(statistics.median(bare[1:])),
        "store_articles_per_second": round(statistics.median(ours[1:])),
        "ratio": round(ratio, 2),
    }


def _store(place: Place, records: Sequence[Incoming]) -> float:
    """Return the articles a second of a store that finds these on the topic, from its first committed batch to its last."""
    asyncio.run(_send(place.broker.bootstrap, records))
    query = "SELECT count(*) FROM receipts"
    before = place.database.rows(query)[0][0]
    seen: list[tuple[float, int]] = []

    def done() -> bool:
        stored = place.database.rows(query)[0][0] - before
        if stored and (not seen or stored != seen[-1][1]):
            seen.append((time.perf_counter(), stored))
        return bool(stored == len(records))

    with Service("store", place) as store:
        tick_until([store], done, 600, "all is stored")
    (began, first), (ended, last) = seen[0], seen[-1]
    return (last - first) / (ended - began)


async def _send(bootstrap: str, records: Sequence[Incoming]) -> None:
    publisher = Publisher(Cluster(bootstrap), "bench")
    for at in range(0, len(records), 500):
        some = records[at : at + 500]
        sent = [Record(ENRICHED_TOPIC, str(r.offset), r.value or b"", [(n, v or b"") for n, v in r.headers]) for r in some]
        await publisher.publish(sent)
    await publisher.close()


def _bare(uri: str, records: Sequence[Incoming]) -> float:
    """Return the seconds that copying and upserting the rows of these takes."""
    batches = [
        _rows([item for record in some if isinstance(item := read(record, generator.AT), Item)]) for some in slices(records)
    ]
    with psycopg.connect(uri, autocommit=True) as connection:
        for table in STAGED:
            connection.execute(f"CREATE TEMP TABLE stage_{table} (LIKE sitrep.{table}) ON COMMIT DELETE ROWS".encode())
        began = time.perf_counter()
        for batch in batches:
            with connection.transaction():
                for table, rows in batch.items():
                    _write(connection, table, rows)
        return time.perf_counter() - began


def _rows(items: Sequence[Item]) -> Batch:
    batch = {table: [row for item in items for row in item.rows.of(table)] for table in ("articles", *CHILDREN, "sightings")}
    batch["receipts"] = [{**row, "rows": json.dumps(row["rows"])} for row in receipts(items, generator.AT)]
    return batch


def _write(connection: "psycopg.Connection[tuple[object, ...]]", table: str, rows: Sequence[Row]) -> None:
    columns = ", ".join(f'"{column}"' for column in rows[0])
    target = f"stage_{table}" if table in STAGED else f"sitrep.{table}"
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} ({columns}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))
    if table in STAGED:
        updates = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in rows[0])
        upsert = f"INSERT INTO sitrep.{table} ({columns}) SELECT {columns} FROM stage_{table}"
        connection.execute(f"{upsert} ON CONFLICT ({STAGED[table]}) DO UPDATE SET {updates}".encode())


def main() -> None:
    """Print the comparison as JSON."""
    sys.stdout.write(json.dumps(compare(rounds=3, count=3000)) + "\n")


if __name__ == "__main__":
    main()
