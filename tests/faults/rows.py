"""All rows there are, by id."""

from tests.faults import enrich_rows, failpoint_rows, ingest_rows, kafka_rows, poison_rows, store_rows
from tests.faults.lab import Row

ROWS: dict[str, Row] = {
    row.id: row
    for rows in (ingest_rows.ROWS, kafka_rows.ROWS, failpoint_rows.ROWS, enrich_rows.ROWS, store_rows.ROWS, poison_rows.ROWS)
    for row in rows
}
