"""What a person means by a word: a file or its name, or the id of an article, a claim or a refusal, or the beginning of an id.

`show`, `where` and `rejected` all go by this; only `rejected` knows no claims.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from services.ingest import names
from services.ingest.inbox import CLAIMED, DONE, REJECTED
from sitrep.cli.problem import Problem

ID = re.compile(r"[0-9a-f]{4,32}")
"""An id, or a beginning that is long enough to be meant as one."""

SHOWN = 5
_AREAS = (CLAIMED, DONE, REJECTED)
_BY_ID = """
SELECT article_id FROM articles WHERE article_id >= %(id)s AND article_id < %(after)s
UNION SELECT article_id FROM claims WHERE claim_id >= %(id)s AND claim_id < %(after)s
UNION SELECT article_id FROM rejections WHERE rejection_id >= %(id)s AND rejection_id < %(after)s AND article_id IS NOT NULL
ORDER BY article_id
"""
_BY_KEY = """
SELECT s.article_id FROM sightings AS s JOIN receipts AS r ON r.article_id = s.article_id AND r.sighting IN ('', s.sighting_id)
WHERE {where} GROUP BY s.article_id, s.key ORDER BY max(r.stored_at) DESC, s.article_id
"""
_SAME_KEY = _BY_KEY.format(where="md5(s.key) IN (SELECT md5(k) FROM unnest(%(keys)s::text[]) AS k) AND s.key = ANY(%(keys)s)")
_SAME_NAME = _BY_KEY.format(where="s.key LIKE %(like)s ESCAPE '\\'")
_SAME_BYTES = "SELECT DISTINCT article_id FROM sightings WHERE sha256 = %(sha256)s ORDER BY article_id"


def is_id(asked: str) -> bool:
    """Return whether a word is an id or its beginning, and not the name of a file that is here."""
    return ID.fullmatch(asked) is not None and not Path(asked).exists()


def after(prefix: str) -> str:
    """Return what comes after every id that begins so, in the order of strings."""
    return prefix + "g"  # ids are hexadecimal


def keys(asked: str, inbox: Path | None) -> list[str]:
    """Return the keys that a path may stand for: in the inbox, in one of its own directories, or as it was typed."""
    found = [names.key(asked)]
    for path in {Path(asked).absolute(), Path(asked).resolve()}:
        if inbox is not None and path.is_relative_to(inbox):
            parts = path.relative_to(inbox).parts
            found.append(names.key("/".join(parts[1:] if parts[0] in _AREAS else parts)))
    return list(dict.fromkeys(found))


def name_pattern(asked: str) -> str:
    """Return a pattern of LIKE (escaped by a backslash) for every key that ends with the name of a file."""
    name = names.key(Path(asked).name)
    return "%/" + name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def sha256(path: Path) -> str | None:
    """Return the hash of a file, None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def stored_article(connection: psycopg.Connection[Any], asked: str, inbox: Path | None) -> str | None:
    """Return the id of the one stored article that is meant, the newest version where a file had several; None where none is.

    Raises Problem where several are meant.
    """
    if is_id(asked):
        found = _ids(connection, _BY_ID, {"id": asked, "after": after(asked)})
        if found:
            return _only(found, asked)
    found = _ids(connection, _SAME_KEY, {"keys": keys(asked, inbox)})
    if found:
        return found[0]
    found = _ids(connection, _SAME_NAME, {"like": name_pattern(asked)})
    return _only(found, asked) if found else None


def stored_bytes(connection: psycopg.Connection[Any], path: Path) -> list[str]:
    """Return the ids of the stored articles that a file with just these bytes has brought."""
    digest = sha256(path)
    return _ids(connection, _SAME_BYTES, {"sha256": digest}) if digest else []


def _ids(connection: psycopg.Connection[Any], query: str, parameters: dict[str, Any]) -> list[str]:
    rows = connection.execute(query.encode(), parameters).fetchall()
    return list(dict.fromkeys(id_ for (id_,) in rows))


def _only(ids: Sequence[str], asked: str) -> str:
    if len(ids) > 1:
        more = ", …" if len(ids) > SHOWN else ""
        raise Problem(f"{asked} may mean {len(ids)} reports ({', '.join(ids[:SHOWN])}{more}): give more of it, or an id")
    return ids[0]
