"""Whether everything that was in the inbox is stored or refused: the journal of ingest joined with Postgres."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from services.enrich.language.reading import language_name, languages_read
from services.ingest.inbox import Inbox as Directory
from sitrep.cli.history import History, histories, since
from sitrep.cli.journal import rows

CHUNK = 10_000

_PUBLISHED = """
SELECT count(*) FILTER (WHERE s.article_id IS NULL OR (a.article_id IS NULL AND j.article_id IS NULL))
FROM unnest(%s::text[], %s::text[]) AS wanted (article_id, sighting_id)
LEFT JOIN sightings s ON s.article_id = wanted.article_id AND s.sighting_id = wanted.sighting_id
LEFT JOIN articles a ON a.article_id = wanted.article_id
LEFT JOIN (SELECT DISTINCT article_id FROM rejections) j ON j.article_id = wanted.article_id
"""


@dataclass
class Drain:
    """Looks at the inbox, at the journal, and at what Postgres has of it. Made before ingest begins, to know what is new."""

    inbox: Path
    data: Path
    stored: int = 0
    refused: int = 0
    undated: int = 0
    not_read: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    pending: int = 0
    _began_at: int = field(default=0)
    _settled: int = field(default=0)

    def __post_init__(self) -> None:
        self._began_at = self._last()

    def _last(self) -> int:
        found = rows(self.data, "SELECT coalesce(max(n), 0) FROM transitions")
        return int(found[0][0]) if found else 0

    def done(self, uri: str) -> bool:
        """Return whether nothing is in the inbox or on its way any more, from this run or an earlier one."""
        self.waiting = self._waiting()
        if self._last() < self._settled:  # the journal is another one: it was lost, and made anew
            self._settled = self._began_at = 0
        try:
            with psycopg.connect(uri, connect_timeout=10) as connection:
                everything = self._settle(connection)
                self._count(connection)
        except psycopg.OperationalError:  # the database is being started again
            return False
        return everything and self.waiting == 0 and self._waiting() == 0

    def _waiting(self) -> int:
        try:
            return Directory(self.inbox).waiting()
        except FileNotFoundError:  # ingest makes its directories again
            return 0

    def _settle(self, connection: psycopg.Connection[Any]) -> bool:
        """Go through the journal from where everything before is settled; return whether all of it is."""
        query = (
            "SELECT n, state, article_id, sighting_id, rejection_id FROM transitions "
            "WHERE n > ? AND state IN ('published', 'rejected') ORDER BY n LIMIT ?"
        )
        while found := rows(self.data, query, self._settled, CHUNK):
            published = [row for row in found if row[1] == "published"]
            rejected = [row[4] for row in found if row[1] == "rejected"]
            ids = ([row[2] for row in published], [row[3] for row in published])
            missing = connection.execute(_PUBLISHED, ids).fetchone() or (0,)
            known = connection.execute("SELECT count(*) FROM rejections WHERE rejection_id = ANY(%s)", (rejected,)).fetchone()
            self.pending = int(missing[0]) + len(set(rejected)) - int((known or (0,))[0])
            if self.pending:
                return False
            self._settled = found[-1][0]
        return True

    def _count(self, connection: psycopg.Connection[Any]) -> None:
        """Count what this run has brought."""
        seen = rows(self.data, "SELECT state, article_id, rejection_id FROM transitions WHERE n > ?", self._began_at)
        articles = list({row[1] for row in seen if row[0] == "published"})
        rejections = list({row[2] for row in seen if row[0] == "rejected"})
        query = "SELECT language, count(*) FROM articles WHERE article_id = ANY(%s) AND coverage = 'partial' GROUP BY language"
        self.not_read = Counter()
        for language, count in connection.execute(query, (articles,)):
            self.not_read[language_name(language)] += count
        query = "SELECT count(*), count(*) FILTER (WHERE published IS NULL) FROM articles WHERE article_id = ANY(%s)"
        self.stored, self.undated = connection.execute(query, (articles,)).fetchone() or (0, 0)
        query = "SELECT count(*) FROM rejections WHERE rejection_id = ANY(%s) OR article_id = ANY(%s)"
        (self.refused,) = connection.execute(query, (rejections, articles)).fetchone() or (0,)

    def files(self, uri: str) -> list[History]:
        """Return what became of each file, and each part of one, that this run has taken in."""
        with psycopg.connect(uri, connect_timeout=10) as connection:
            return histories(since(self.data, self._began_at), connection)

    def progress(self) -> str:
        """Return how far it is."""
        return f"… {self.waiting} files in the inbox, {self.stored} articles stored, {self.pending} on their way"

    def summary(self) -> str:
        """Return what became of everything."""
        lines = [f"{self.stored} articles stored, {self.refused} refused."]
        if self.refused:
            lines.append(f"What was refused is in {self.inbox / '_rejected'}, each with an .error.json that says what to do.")
        if count := sum(self.not_read.values()):
            languages = ", ".join(sorted(self.not_read))
            lines.append(
                f"{count} of them {'is' if count == 1 else 'are'} not read: {languages}. Sitrep reads {languages_read()}."
            )
        if self.undated:
            lines.append(
                f"{self.undated} articles carry no publish date, so `Friday` in them stays unresolved; "
                "give one with --published, a sidecar, or a _defaults.toml."
            )
        return "\n".join(lines)
