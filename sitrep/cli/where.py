"""`sitrep where`: every state that a file or an article went through."""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console
from rich.text import Text

from services.ingest.inbox import CLAIMED, DONE, REJECTED
from sitrep.cli import history
from sitrep.cli.history import History, Row, histories
from sitrep.cli.lookup import is_id, keys, name_pattern, sha256, stored_article
from sitrep.cli.printable import printable
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running

_AREAS = {CLAIMED: "ingest is reading it", DONE: "done", REJECTED: "rejected; the .error.json beside it says what to do"}
STYLES = {"stored": "green", "rejected": "red", "on its way": "yellow", "ignored": "dim"}


def run_where(asked: str, data: Path, *, postgres: str, as_json: bool) -> int:
    """Print what became of a file or an article. Raises Problem where nothing is known of it."""
    running = Running.on(data)
    inbox = running.inbox
    transitions = _transitions(asked, data, inbox)
    lies = _lies(asked, inbox)
    connection, why_not = _connect(running, postgres)
    if connection is None:
        found = histories(transitions, None)
    else:
        with closing(connection):
            if not transitions:  # on a server the journal is elsewhere
                asked = stored_article(connection, asked, inbox) or asked
                transitions = history.of_store(connection, asked)
            found = histories(transitions, connection)
    if not found and not lies:
        raise Problem(f"nothing is known of {asked}: no file of that name was ever in the inbox, and no article has that id")
    if as_json:
        sys.stdout.write(json.dumps({"files": [one.as_json() for one in found], "lies": lies}, indent=1) + "\n")
    else:
        _print(found, lies, why_not)
    return 0


def _transitions(asked: str, data: Path, inbox: Path | None) -> list[Row]:
    """Return what the journal has of a file or an id. Raises Problem where the beginning of an id may be that of several."""
    if is_id(asked) and (found := history.of_id(data, asked)):
        ids = {row["article_id"] for row in found if row["article_id"]}
        if len(meant := sorted(id_ for id_ in ids if id_.startswith(asked))) > 1:
            raise Problem(f"{asked} may mean {len(meant)} reports ({', '.join(meant[:5])}): give more of it")
        return found
    found = history.of_keys(data, keys(asked, inbox))
    return found or history.of_name(data, name_pattern(asked), sha256(Path(asked)))


def _lies(asked: str, inbox: Path | None) -> dict[str, str]:
    """Return where in the inbox a file of that name lies now, and what that means."""
    if inbox is None:
        return {}
    found = {}
    for key in keys(asked, inbox):
        for area, meaning in ({"": "waiting in the inbox"} | _AREAS).items():
            path = inbox / area / key
            if not Path(key).is_absolute() and path.is_file():
                found[str(path)] = meaning
    return found


def _connect(running: Running, postgres: str) -> tuple[psycopg.Connection[Any] | None, str]:
    try:
        return running.connect(postgres), ""
    except Problem as problem:
        return None, str(problem)


def _print(found: list[History], lies: dict[str, str], why_not: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for one in found:
        console.print(Text.assemble((printable(one.key), "bold"), "  ", (one.state, STYLES[one.state])))
        for step in one.steps:
            console.print(Text.assemble((f"  {step.at[:23].replace('T', ' ')}  ", "dim"), step.what))
    for path, meaning in lies.items():
        console.print(Text.assemble((path, "bold"), f"  {meaning}"))
    if why_not:
        console.print(Text(f"What was stored is not known: {why_not}.", "yellow"))
