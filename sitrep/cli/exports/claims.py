"""The claims as one flat table, a row each, and that table as CSV for a spreadsheet."""

import csv
from collections.abc import Iterator
from typing import IO, Any

from psycopg.rows import dict_row

from sitrep.cli.selection import CLAIMS, Connection, Selection

Row = dict[str, Any]
TOGETHER = 5000

_QUERY = f"""
SELECT r.published_on, r.published, r.publisher, r.title, r.url, c.speaker_name AS speaker, c.speaker_entity_id AS speaker_id,
       c.type, c.polarity, c.quote, c.background, c.confidence, c.text AS claim, c.earliest, c.latest,
       names(c.article_id, c.places) AS places, c.places AS place_ids, e.lat, e.lon,
       names(c.article_id, c.actors) AS actors, c.actors AS actor_ids,
       ARRAY(SELECT q.text FROM quantities q WHERE q.claim_id = c.claim_id ORDER BY q.n) AS quantities,
       c.start_offset AS start, c.end_offset AS "end", c.claim_id, c.article_id
{CLAIMS.replace("JOIN reports", "LEFT JOIN article_entities e ON e.article_id = c.article_id AND e.entity_id = c.places[1] JOIN reports")}
ORDER BY r.published_on NULLS LAST, c.article_id, c.n
"""  # noqa: S608
COLUMNS = (
    "published_on", "published", "publisher", "title", "url", "speaker", "speaker_id", "type", "polarity", "quote",
    "background", "confidence", "claim", "earliest", "latest", "places", "place_ids", "lat", "lon",
    "actors", "actor_ids", "quantities", "start", "end", "claim_id", "article_id",
)  # fmt: skip
"""The columns; `start` and `end` count code points of the article's text."""


def rows(connection: Connection, selection: Selection) -> Iterator[list[Row]]:
    """Yield the claims, TOGETHER at a time, so that a million need no more memory than some thousands. Raises Problem."""
    parameters = selection.parameters(connection)
    with connection.cursor("claims", row_factory=dict_row) as cursor:
        cursor.execute(_QUERY.encode(), parameters)
        while found := cursor.fetchmany(TOGETHER):
            yield found


def write_csv(connection: Connection, selection: Selection, file: IO[str]) -> int:
    """Write the claims as CSV with a heading (UTF-8); lists are joined by `; `. Return how many there are."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for some in rows(connection, selection):
        writer.writerows([_cell(row[name]) for name in COLUMNS] for row in some)
        count += len(some)
    return count


def _cell(value: object) -> object:
    """Return a value as a cell; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value
