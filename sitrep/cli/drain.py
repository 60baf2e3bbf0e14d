"""Whether everything that was in the inbox is stored or refused: the journal of ingest joined with Postgres."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from services.ingest.inbox import CLAIMED, INBOX, Found
from services.ingest.inbox import Inbox as Directory


@dataclass
class Drain:
    """Looks at the inbox, at the journal since this run began, and at the receipts and rejections in Postgres."""

    inbox: Path
    data: Path
    uri: str
    stored: int = 0
    refused: int = 0
    undated: int = 0
    waiting: int = 0
    pending: int = 0
    _from: int = field(default=-1)

    def __post_init__(self) -> None:
        self._from = self._last()

    @property
    def _journal(self) -> Path:
        return self.data / "ingest" / "journal.sqlite"

    def _last(self) -> int:
        rows = self._rows("SELECT coalesce(max(n), 0) FROM transitions", ())
        return rows[0][0] if rows else 0

    def _rows(self, query: str, parameters: tuple[object, ...]) -> list[tuple]:  # type: ignore[type-arg]
        if not self._journal.exists():
            return []
        with sqlite3.connect(f"file:{self._journal}?mode=ro", uri=True, timeout=10) as db:
            try:
                return db.execute(query, parameters).fetchall()
            except sqlite3.OperationalError:  # just being made
                return []

    def done(self) -> bool:
        """Return whether nothing is in the inbox or on its way any more."""
        self.waiting = self._waiting()
        if self.waiting:
            return False
        rows = self._rows("SELECT state, article_id, sighting_id, rejection_id FROM transitions WHERE n > ?", (self._from,))
        articles = {(row[1], row[2]) for row in rows if row[0] == "published"}
        rejections = {row[3] for row in rows if row[0] == "rejected"}
        with psycopg.connect(self.uri, connect_timeout=10) as connection:
            self._compare(connection, {a for a, _ in articles}, rejections)
        return self.pending == 0 and self._waiting() == 0

    def _waiting(self) -> int:
        directory = Directory(self.inbox)
        found = (f for area in (INBOX, CLAIMED) for f in directory.walk(area) if isinstance(f, Found))
        return sum(1 for _ in found)

    def _compare(self, connection: "psycopg.Connection[tuple]", articles: set[str], rejections: set[str]) -> None:  # type: ignore[type-arg]
        ids = list(articles)
        row = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE published IS NULL) FROM articles WHERE article_id = ANY(%s)", (ids,)
        ).fetchone()
        self.stored, self.undated = row or (0, 0)
        refused = connection.execute(
            "SELECT count(*) FILTER (WHERE article_id IS NOT NULL), count(*) FROM rejections "
            "WHERE rejection_id = ANY(%s) OR (article_id = ANY(%s) AND article_id NOT IN (SELECT article_id FROM articles))",
            (list(rejections), ids),
        ).fetchone()
        late, self.refused = refused or (0, 0)
        self.pending = max(0, len(articles) - self.stored - late) + max(0, len(rejections) - (self.refused - late))

    def progress(self) -> str:
        """Return how far it is."""
        return f"… {self.waiting} files in the inbox, {self.stored} articles stored, {self.pending} on their way"

    def summary(self) -> str:
        """Return what became of everything."""
        lines = [f"{self.stored} articles stored, {self.refused} refused."]
        if self.refused:
            lines.append(f"What was refused is in {self.inbox / '_rejected'}, each with an .error.json that says what to do.")
        if self.undated:
            lines.append(
                f"{self.undated} articles carry no publish date, so `Friday` in them stays unresolved; "
                "give one with --published, a sidecar, or a _defaults.toml."
            )
        return "\n".join(lines)
