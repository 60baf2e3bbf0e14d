"""The journal of ingest, read by commands while ingest writes it."""

import sqlite3
from pathlib import Path
from typing import Any


def rows(data: Path, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Return the rows of a query; none where there is no journal, or it is just being made, or it is damaged."""
    journal = data / "ingest" / "journal.sqlite"
    if not journal.exists():
        return []
    connection = sqlite3.connect(f"{journal.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(query, parameters).fetchall()
    except sqlite3.DatabaseError:  # ingest makes it anew
        return []
    finally:
        connection.close()
