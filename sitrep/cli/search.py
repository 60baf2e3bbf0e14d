"""`sitrep search`: stored reports and claims by their words, the best first, with what was found marked."""

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from psycopg.rows import dict_row
from rich.console import Console
from rich.text import Text

from sitrep.cli.cards import TYPE_COLOURS
from sitrep.cli.opened import opened
from sitrep.cli.selection import Selection

Row = dict[str, Any]
_QUERY = "SELECT * FROM {function}(%(question)s, %(since)s, %(until)s, %(most)s)"
_MARKED = re.compile("⟪(.*?)⟫", re.DOTALL)


def run_search(
    question: str, data: Path, selection: Selection, *, postgres: str, claims: bool, most: int, as_json: bool
) -> int:
    """Print what was found; return 1 where that is nothing. Raises Problem."""
    parameters = {"question": question, "since": selection.since, "until": selection.until, "most": most}
    with opened(data, postgres) as connection, connection.cursor(row_factory=dict_row) as cursor:
        function = "search_claims" if claims else "search"
        found = cursor.execute(_QUERY.format(function=function).encode(), parameters).fetchall()
    if as_json:
        for row in found:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    else:
        console = Console(highlight=False)
        for row in found:
            console.print(_claim(row) if claims else _report(row))
        if not found:
            console.print(f"Nothing stored has {question}.", style="yellow")
    return 0 if found else 1


def _report(row: Row) -> Text:
    head = Text.assemble((row["title"] or "(no title)", "bold"), (f"  {_from(row)}\n", "dim"))
    return Text.assemble(head, marked(row["found"]), (f"\nsitrep show {row['article_id']}\n", "dim"))


def _claim(row: Row) -> Text:
    polarity = "" if row["polarity"] == "asserted" else f" ({row['polarity']})"
    by = Text.assemble((row["type"], TYPE_COLOURS[row["type"]]), " ", (row["speaker"] or "the article", "bold"), polarity, ": ")
    where = f"\n  {row['title'] or '(no title)'} · {_from(row)}\n  sitrep show {row['claim_id']}\n"
    return Text.assemble(by, marked(row["found"]), (where, "dim"))


def _from(row: Row) -> str:
    day: date | None = row["published_on"]
    return " · ".join(part for part in (row["publisher"], str(day) if day else "no publish date") if part)


def marked(found: str) -> Text:
    """Return a text in which what stands between ⟪ and ⟫ is highlighted."""
    made = Text()
    for n, piece in enumerate(_MARKED.split(" ".join(found.split()))):
        made.append(piece, "bold yellow" if n % 2 else "")
    return made
