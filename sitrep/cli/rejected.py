"""`sitrep rejected list` and `show`: what was refused, why, and where it stands."""

import base64
import json
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.ingest import names
from sitrep.cli.lookup import ID, name_pattern
from sitrep.cli.opened import opened
from sitrep.cli.printable import printable
from sitrep.cli.problem import Problem
from sitrep.contracts.codes import RejectionCode, Stage

Row = dict[str, Any]
STATES = {"open": "red", "redriven": "yellow", "stored": "green", "dismissed": "dim"}
STANDING = ("open", "redriven")
"""States of what is refused still; the others are settled."""

SHOWN = 2000
"""Characters of an original that `show` prints."""

_CALLED = """(w.is_id AND (starts_with(rejection_id, w.id) OR starts_with(article_id, w.id))
      OR file IN (w.id, w.name) OR key = w.id OR file LIKE w.pattern ESCAPE '\\')"""
_WHERE = f"""
FROM refusals
WHERE (%(stage)s::text IS NULL OR stage = %(stage)s) AND (%(code)s::text IS NULL OR code = %(code)s)
  AND (%(states)s::text[] IS NULL OR state = ANY(%(states)s))
  AND (%(since)s::date IS NULL OR at >= %(since)s::date) AND (%(until)s::date IS NULL OR at < %(until)s::date + 1)
  AND (%(ids)s::text[] IS NULL OR EXISTS (
      SELECT FROM unnest(%(ids)s::text[], %(are_ids)s::bool[], %(names)s::text[], %(patterns)s::text[])
          AS w (id, is_id, name, pattern),
          LATERAL (SELECT split_part(split_part(key, '#', 1), '!/', 1)) AS f (file)
      WHERE {_CALLED}
  ))
"""
LISTED = f"SELECT * {_WHERE} ORDER BY at DESC NULLS LAST, rejection_id LIMIT %(most)s"
IN_ORDER = f"SELECT * {_WHERE} ORDER BY at, rejection_id"
ORIGINAL = f"SELECT f.*, j.original FROM ({IN_ORDER}) AS f JOIN rejections AS j USING (rejection_id)"  # noqa: S608


@dataclass(frozen=True)
class Refused:
    """Which rejections are meant; None means all. Both days are included (UTC).

    `ids` are ids of rejections or of articles, or their beginnings, or files and their names.
    """

    stage: str | None = None
    code: str | None = None
    states: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None
    ids: tuple[str, ...] = ()

    def checked(self) -> "Refused":
        """Return it as it is. Raises Problem where there is no such stage, code or state, or an id is empty."""
        if not all(self.ids):
            raise Problem("an id is empty; without any id all are meant", code=2)
        for name, given, known in (
            ("stage", self.stage, [Stage.INGEST, Stage.ENRICH, Stage.STORE]),
            ("code", self.code, list(RejectionCode)),
            ("state", next((state for state in self.states or () if state not in STATES), None), list(STATES)),
        ):
            if given is not None and given not in known:
                raise Problem(f"there is no {name} {given}; there are {', '.join(known)}", code=2)
        return self

    def parameters(self) -> Row:
        """Return the parameters of the queries above."""
        lists = {
            "ids": list(self.ids) or None,
            "are_ids": [ID.fullmatch(id_) is not None for id_ in self.ids] or None,
            "names": [names.key(Path(id_).name) for id_ in self.ids] or None,
            "patterns": [name_pattern(id_) for id_ in self.ids] or None,
        }
        return {**vars(self), **lists, "states": None if self.states is None else list(self.states)}


def run_list(data: Path, which: Refused, *, postgres: str, most: int, as_json: bool) -> int:
    """Print what was refused, the newest first. Raises Problem."""
    with opened(data, postgres) as connection, connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(LISTED.encode(), {**which.parameters(), "most": most}).fetchall()
    if as_json:
        for row in found:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("Id", "When", "Stage", "Code", "State"):
        table.add_column(name, no_wrap=True)
    table.add_column("File", overflow="fold")
    for row in found:
        when = f"{row['at']:%Y-%m-%d %H:%M}" if row["at"] else "?"
        table.add_row(
            row["rejection_id"][:12],
            when,
            row["stage"],
            row["code"],
            Text(row["state"], STATES[row["state"]]),
            Text(printable(row["key"])),
        )
    console = Console(highlight=False)
    nothing = "Nothing is refused." if which.states == STANDING else "No refusal is like that."
    console.print(table if found else nothing)
    if any(row["state"] == "open" for row in found):
        console.print(
            "\n`sitrep rejected show ID` says what to do; `sitrep rejected redrive` sends again what was mended;\n"
            "`sitrep rejected dismiss ID` closes for good what nobody will mend.",
            style="dim",
        )
    return 0


def run_show(data: Path, id_: str, *, postgres: str, as_json: bool) -> int:
    """Print one refusal with what was refused. Raises Problem."""
    with opened(data, postgres) as connection:
        row = one(connection, id_)
    if as_json:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str, indent=1) + "\n")
        return 0
    console = Console(highlight=False)
    console.print(Text.assemble((printable(row["key"]), "bold"), "  ", (row["state"], STATES[row["state"]])))
    console.print(Text(row["sentence"]))
    came = f"{row['topic']}/{row['partition']}/{row['offset']}" if row["topic"] else "the inbox; it lies in _rejected/"
    facts = {
        "code": row["code"],
        "by": row["stage"],
        "at": row["at"] and f"{row['at']:%Y-%m-%d %H:%M:%S %Z}",
        "from": came,
        "bytes": row["size"],
    }
    facts |= {"sent again": f"{row['redriven']} times", "article": row["article_id"], "id": row["rejection_id"]}
    for name, said in facts.items():
        if said is not None:
            console.print(Text.assemble((f"  {name:<11}", "dim"), str(said)))
    console.print(Text("\n" + _original(row), "dim"))
    return 0


def one(connection: psycopg.Connection[Any], id_: str) -> Row:
    """Return the one refusal that is meant, with its original. Raises Problem."""
    parameters = Refused(ids=(id_,)).parameters()
    with closing(connection.cursor(row_factory=dict_row)) as cursor:
        found = cursor.execute(ORIGINAL.encode(), parameters).fetchall()
    if not found:
        raise Problem(f"there is no rejection {id_}; `sitrep rejected list --all` has all")
    if len(found) > 1:
        ids = ", ".join(row["rejection_id"][:12] for row in found[:5])
        raise Problem(f"{id_} may mean {len(found)} rejections ({ids}): give more of it, or an id")
    return found[0]


def _original(row: Row) -> str:
    if row["original"] is None:
        return "(it was never read)"
    data = base64.b64decode(row["original"])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return f"(not text; it begins with {data[:32].hex(' ')})"
    printable = "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)
    return printable if len(printable) <= SHOWN else printable[:SHOWN] + f"\n… and {len(printable) - SHOWN:,} characters more"
