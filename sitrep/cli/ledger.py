"""`sitrep ledger`: what went into each stage, and where it is now."""

import asyncio
import json
import sqlite3
import sys
from pathlib import Path

import psycopg
from aiokafka.errors import KafkaError
from rich.console import Console
from rich.table import Table

from services.monitor.ledger import Answers, Journal, Line, lost, made_up, missing
from sitrep.cli.kafka import cluster
from sitrep.cli.kafka import silent as kafka_silent
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running, silent
from sitrep.runtime.inflight import FLOW, uncommitted


def run_ledger(data: Path, inbox: Path | None, *, bootstrap: str, postgres: str, as_json: bool) -> int:
    """Print the ledger; return 1 where something is missing, or is not known. Raises Problem."""
    running = Running.on(data)
    kafka = cluster(running, bootstrap)
    try:
        journal = Journal(data, inbox or running.inbox or Path("inbox"))
        intake = journal.read()
        flow = asyncio.run(uncommitted(kafka, FLOW))
        absent = missing(postgres or running.uri(), journal) if intake is not None else []
        nowhere, answered = lost(flow, absent), None
        if nowhere:
            sys.stderr.write("Something is missing; looking through the topics for the stage that lost it …\n")
            answered = asyncio.run(Answers(kafka).look(nowhere, journal))
        lines = made_up(intake, flow, absent, answered)
    except (KafkaError, OSError, TimeoutError) as problem:
        raise kafka_silent(kafka, problem) from problem
    except sqlite3.Error as problem:
        raise Problem(f"the journal of ingest cannot be read just now: {problem}") from problem
    except psycopg.OperationalError as problem:
        raise silent(problem) from problem
    if as_json:
        sys.stdout.write(json.dumps([{"stage": line.stage, **line.counts()} for line in lines], indent=1) + "\n")
    else:
        _print(lines, known=intake is not None)
    return 0 if intake is not None and not any(line.remainder for line in lines) else 1


def _print(lines: list[Line], *, known: bool) -> None:
    console = Console(highlight=False)
    table = Table("stage", box=None, padding=(0, 2))
    for name in Line.meanings():
        table.add_column(name, justify="right")
    for line in lines:
        numbers = [f"{number:,}" for number in line.counts().values()]
        table.add_row(line.stage, *numbers, style="red" if line.remainder else None)
    console.print(table)
    if not known:
        console.print("There is no journal of ingest here, so that what it took in is not known.", style="yellow")
    if any(line.remainder for line in lines):
        console.print("A remainder that stays is a loss: see docs/runbooks/ledger-remainder.md.", style="red")
