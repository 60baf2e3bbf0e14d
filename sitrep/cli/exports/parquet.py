"""The claims as a Parquet file, for pandas, DuckDB, R."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sitrep.cli.exports.claims import rows
from sitrep.cli.selection import Connection, Selection

_TEXT, _DAY, _WORDS = pa.string(), pa.date32(), pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        ("published_on", _DAY), ("published", _TEXT), ("publisher", _TEXT), ("title", _TEXT), ("url", _TEXT),
        ("speaker", _TEXT), ("speaker_id", _TEXT), ("type", _TEXT), ("polarity", _TEXT), ("quote", _TEXT),
        ("background", pa.bool_()), ("confidence", pa.float64()), ("claim", _TEXT), ("earliest", _DAY), ("latest", _DAY),
        ("places", _WORDS), ("place_ids", _WORDS), ("lat", pa.float64()), ("lon", pa.float64()),
        ("actors", _WORDS), ("actor_ids", _WORDS), ("quantities", _WORDS),
        ("start", pa.int32()), ("end", pa.int32()), ("claim_id", _TEXT), ("article_id", _TEXT),
    ]
)  # fmt: skip


def write_parquet(connection: Connection, selection: Selection, path: Path) -> int:
    """Write the claims as a Parquet file and return how many there are."""
    count = 0
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for some in rows(connection, selection):
            known = [{name: row[name] for name in SCHEMA.names} for row in some]
            writer.write_table(pa.Table.from_pylist(known, schema=SCHEMA))
            count += len(some)
    return count
