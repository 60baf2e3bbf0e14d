"""Intake's memory: what became of each file, and which sightings each article has. It can be made anew from the topics."""

import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sitrep.contracts.article import Article, Described, SightingMessage
from sitrep.contracts.merge import believability

log = logging.getLogger(__name__)

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
CREATE INDEX IF NOT EXISTS transitions_rejected ON transitions (rejection_id) WHERE rejection_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS sightings (
    article_id TEXT NOT NULL,
    sighting_id TEXT NOT NULL,
    own INTEGER NOT NULL,
    sort TEXT NOT NULL,
    fields_id TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (article_id, sighting_id)
);
CREATE INDEX IF NOT EXISTS sightings_best ON sightings (article_id, sort, fields_id);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Transition:
    """One step of one file or part: `claimed`, `published`, `rejected`, `released` or `ignored`."""

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
    """The journal file. Its methods raise sqlite3.OperationalError where the disk is full or the file is locked.

    They raise sqlite3.DatabaseError where the file is damaged: `set_aside` then makes room for a new one.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_SCHEMA)
        self._rank_anew()

    def _rank_anew(self) -> None:
        """Write the order of sightings as it is now: `defaults` had another rank before `filename` stood above it."""
        if self._db.execute("PRAGMA user_version").fetchone() == (0,):
            self._db.execute("UPDATE sightings SET sort = '7' || substr(sort, 2) WHERE sort LIKE '6|%'")
            self._db.execute("PRAGMA user_version = 1")

    @property
    def complete(self) -> bool:
        """Return whether it holds everything that the topics do: a new one has to be rebuilt first."""
        return self._db.execute("SELECT 1 FROM meta WHERE name = 'complete'").fetchone() is not None

    def mark_complete(self) -> None:
        """Note that the rebuilding is done."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('complete', '1')")

    def record(self, transitions: Iterable[Transition], sightings: Iterable[Described] = ()) -> None:
        """Write steps and the sightings that they made known, all or none.

        Of two that say different things of one sighting, its own message is believed before an article's, then the
        more believable one: never the later one.
        """
        columns = "at, key, state, sha256, size, article_id, sighting_id, rejection_id, detail"
        rows = [
            (t.at, t.key, t.state, t.sha256, t.size, t.article_id, t.sighting_id, t.rejection_id, t.detail) for t in transitions
        ]
        known = [_sighting_row(sighting) for sighting in sightings]
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.executemany(f"INSERT INTO transitions ({columns}) VALUES (?,?,?,?,?,?,?,?,?)", rows)  # noqa: S608
            self._db.executemany(
                "INSERT INTO sightings VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET own = excluded.own, "
                "sort = excluded.sort, fields_id = excluded.fields_id, fields = excluded.fields "
                "WHERE (-excluded.own, excluded.sort, excluded.fields_id) < (-own, sort, fields_id)",
                known,
            )
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def sightings(self, article_id: str, most: int = -1) -> list[SightingMessage]:
        """Return what is known of an article's sightings, the most believable first; `most` of them (-1: all)."""
        query = "SELECT fields FROM sightings WHERE article_id = ? ORDER BY sort, fields_id LIMIT ?"
        found = self._db.execute(query, (article_id, most))
        return [SightingMessage.model_validate_json(fields) for (fields,) in found]

    def is_ignored(self, key: str, reason: str) -> bool:
        """Return whether it was noted already that something is left alone."""
        query = "SELECT 1 FROM transitions WHERE key = ? AND state = 'ignored' AND detail = ?"
        return self._db.execute(query, (key, reason)).fetchone() is not None

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def open_journal(path: Path) -> Journal:
    """Return the journal at `path`; a damaged one is set aside, since it can be made anew from the topics."""
    try:
        return Journal(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        set_aside(path)
        return Journal(path)


def set_aside(path: Path) -> None:
    """Rename a damaged journal, so that the next one begins empty and is rebuilt."""
    log.error("the journal %s is damaged; it is set aside and made anew from the topics", path)
    for suffix in ("", "-wal", "-shm"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.replace(path.with_name(f"damaged-{path.name}{suffix}"))


def _sighting_row(seen: Described) -> tuple[str, str, int, str, str, str]:
    own = seen if isinstance(seen, SightingMessage) else seen.seen_again() if isinstance(seen, Article) else None
    if own is None:
        raise TypeError(f"{type(seen).__name__} is neither an article nor a sighting")
    is_own = int(isinstance(seen, SightingMessage))
    key = (seen.article_id, seen.sighting.sighting_id, is_own)
    return *key, believability(seen), own.fields_id, own.to_bytes().decode()
