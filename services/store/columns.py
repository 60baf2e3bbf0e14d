"""The columns of the tables that are upserted: what names a row, what a later message replaces, and what stays as it was.

The statements of sql/ are written with these lists, so that a column is named here, in rows.py and in a migration.
"""

from dataclasses import dataclass

DESCRIBED = (
    "title", "language", "language_confidence", "encoding", "encoding_confidence", "publisher", "byline", "credit", "url",
    "authors", "published", "published_from", "published_on", "modified", "recipe", "canary", "warnings",
)  # fmt: skip
"""What an article and a sighting have in common: everything that is known of a report but its text."""


@dataclass(frozen=True)
class Upsert:
    """The columns that a message writes in a table."""

    key: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return every column that is written."""
        return (*self.key, *self.kept, *self.replaced)

    def fill(self, statement: str) -> str:
        """Return a statement with {columns}, {key} and {replaced} in their places."""
        replaced = ",\n    ".join(f'"{column}" = EXCLUDED."{column}"' for column in self.replaced)
        return statement.format(columns=listed(self.all), key=listed(self.key), replaced=replaced)


UPSERTS = {
    "articles": Upsert(
        key=("article_id",),
        replaced=(
            "text", *DESCRIBED, "version", "fingerprint", "model", "coverage", "enrichment_warnings", "anchor_order", "value_id",
        ),
    ),
    "sightings": Upsert(
        key=("article_id", "sighting_id"),
        kept=("key", "sha256"),
        replaced=("uri", "size", "mtime", *DESCRIBED, "sort_order", "from_article", "fields_id"),
    ),
    "rejections": Upsert(
        key=("rejection_id",),
        kept=("code", "stage", "key", "sha256"),
        replaced=(
            "sentence", "attempt", "at", "article_id", "uri", "topic", "partition", "offset", "headers", "size", "original",
        ),
    ),
    "refusal_times": Upsert(key=("rejection_id", "at")),
    "retractions": Upsert(key=("article_id",), replaced=("retracted", "reason", "at", "seq")),
    "receipts": Upsert(key=("article_id", "sighting"), kept=("stored_at",), replaced=("version", "rows")),
}  # fmt: skip


def listed(columns: tuple[str, ...]) -> str:
    """Return columns as they stand in a statement."""
    return ", ".join(f'"{column}"' for column in columns)
