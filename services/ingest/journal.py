"""Intake's memory: what became of each file, and which sightings each article has. It can be made anew from the topics."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sitrep.contracts.article import Described, SightingMessage

_SCHEMA = """
CREATE TABLE IF NOT EXISTS transitions (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    sha256 TEXT,
    size INTEGER,
    article_id TEXT,
    sighting_id TEXT,
    rejection_id TEXT,
    detail TEXT
);
CREATE INDEX IF NOT EXISTS transitions_key ON transitions (key);
CREATE INDEX IF NOT EXISTS transitions_article ON transitions (article_id);
CREATE TABLE IF NOT EXISTS sightings (
    article_id TEXT NOT NULL,
    sighting_id TEXT NOT NULL,
    own INTEGER NOT NULL,
    fields BLOB NOT NULL,
    PRIMARY KEY (article_id, sighting_id)
);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Transition:
    """One step of one file or part: `claimed`, `published`, `rejected` or `ignored`."""

    at: str
    key: str
    state: str
    sha256: str | None = None
    size: int | None = None
    article_id: str | None = None
    sighting_id: str | None = None
    rejection_id: str | None = None
    detail: str | None = None


class Journal:
    """The journal file. Its methods raise sqlite3.OperationalError where the disk is full or the file is locked."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_SCHEMA)

    @property
    def complete(self) -> bool:
        """Return whether it holds everything that the topics do: a new one has to be rebuilt first."""
        return self._db.execute("SELECT 1 FROM meta WHERE name = 'complete'").fetchone() is not None

    def mark_complete(self) -> None:
        """Note that the rebuilding is done."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('complete', '1')")

    def record(self, transitions: Iterable[Transition], sightings: Iterable[Described] = ()) -> None:
        """Write steps and the sightings that they made known, all or none.

        A sighting's own message (`SightingMessage`) replaces what an article message said of it, never the reverse.
        """
        columns = "at, key, state, sha256, size, article_id, sighting_id, rejection_id, detail"
        rows = [
            (t.at, t.key, t.state, t.sha256, t.size, t.article_id, t.sighting_id, t.rejection_id, t.detail) for t in transitions
        ]
        known = [
            (s.article_id, s.sighting.sighting_id, type(s) is SightingMessage, s.model_dump_json(exclude={"text"}))
            for s in sightings
        ]
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.executemany(f"INSERT INTO transitions ({columns}) VALUES (?,?,?,?,?,?,?,?,?)", rows)  # noqa: S608
            self._db.executemany(
                "INSERT INTO sightings VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET own = excluded.own, "
                "fields = excluded.fields WHERE excluded.own >= own",
                known,
            )
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def sightings(self, article_id: str) -> list[SightingMessage]:
        """Return what is known of an article's sightings."""
        found = self._db.execute("SELECT fields FROM sightings WHERE article_id = ?", (article_id,))
        return [SightingMessage.model_validate_json(fields) for (fields,) in found]

    def is_ignored(self, key: str, reason: str) -> bool:
        """Return whether it was noted already that something is left alone."""
        query = "SELECT 1 FROM transitions WHERE key = ? AND state = 'ignored' AND detail = ?"
        return self._db.execute(query, (key, reason)).fetchone() is not None

    def history(self, key: str) -> list[Transition]:
        """Return the steps of a file and its parts, oldest first."""
        query = (
            "SELECT at, key, state, sha256, size, article_id, sighting_id, rejection_id, detail FROM transitions "
            "WHERE key = ? OR substr(key, 1, ?) = ? ORDER BY n"
        )
        return [Transition(*row) for row in self._db.execute(query, (key, len(key) + 1, key + "#"))]

    def close(self) -> None:
        """Close the file."""
        self._db.close()
