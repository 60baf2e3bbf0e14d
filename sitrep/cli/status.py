"""`sitrep status`: what runs, how fast, how far behind, what waits and what was refused."""

import asyncio
import json
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
from aiokafka.errors import KafkaError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.ingest.inbox import Inbox
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running, silent
from sitrep.embedded.layout import read_json
from sitrep.embedded.ports import HOST
from sitrep.embedded.procs import ProcessId
from sitrep.runtime.inflight import FLOW
from sitrep.runtime.lag import lags

_COUNTS = """
SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM reports WHERE published IS NULL),
       (SELECT count(*) FROM arrivals WHERE stored_at > now() - interval '1 minute'),
       (SELECT count(*) FROM arrivals WHERE stored_at > now() - interval '1 hour')
"""
_REFUSED = "SELECT stage, code, count(*) FROM rejections GROUP BY stage, code ORDER BY count(*) DESC, code"


@dataclass
class Status:
    """What is known at this moment; None where it could not be asked."""

    running: bool
    processes: dict[str, str] = field(default_factory=dict)
    waiting: int | None = None
    lag: dict[str, int] | None = None
    articles: int | None = None
    undated: int | None = None
    last_minute: int | None = None
    last_hour: int | None = None
    rejected: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def run_status(data: Path, *, as_json: bool) -> int:
    """Print the state of the stack; return 0 where everything works, 1 where something does not. Raises Problem."""
    running = Running.on(data)
    state = read_json(running.layout.state)
    if not state:
        raise Problem(f"nothing ever ran on {data}; start it with `make run` or `sitrep up`")
    status = look(running, state)
    if as_json:
        sys.stdout.write(json.dumps(asdict(status), indent=1) + "\n")
    else:
        _print(status, running)
    return 0 if status.running and not status.problems else 1


def look(running: Running, state: Mapping[str, Any]) -> Status:
    """Return what the processes, the broker, the database and the inbox say."""
    supervisor = ProcessId.read(state.get("supervisor"))
    status = Status(running=supervisor is not None and supervisor.alive() and bool(state.get("ready")))
    children = {name: ProcessId.read(found) for name, found in (state.get("children") or {}).items()}
    ports = state.get("ports") or {}
    for name, child in children.items():
        status.processes[name] = (
            _health(ports.get(name), served=name not in {"kafka", "postgres"}) if child and child.alive() else "not running"
        )
    status.problems += [f"{name}: {said}" for name, said in status.processes.items() if said not in {"ok", "running"}]
    status.waiting = _waiting(running.inbox)
    if status.running:
        _ask_broker(status, running)
        _ask_database(status, running)
    return status


def _health(port: object, *, served: bool) -> str:
    if not served:
        return "running"
    try:
        said = httpx.get(f"http://{HOST}:{port}/health", timeout=2, trust_env=False).json()
        return "ok" if said["status"] == "ok" else f"{said['status']}: {said['detail']}"
    except (httpx.HTTPError, ValueError, KeyError):
        return "does not answer"


def _waiting(inbox: Path | None) -> int | None:
    try:
        return None if inbox is None else Inbox(inbox).waiting()
    except OSError:
        return None


def _ask_broker(status: Status, running: Running) -> None:
    try:
        behind = asyncio.run(lags(running.bootstrap(), FLOW))
    except (KafkaError, OSError, TimeoutError, Problem) as problem:
        status.problems.append(f"Kafka does not answer: {problem}")
        return
    status.lag = {
        f"{group.removeprefix('sitrep-')} {topic.name}": lag for (group, topic), lag in zip(FLOW, behind, strict=True)
    }


def _ask_database(status: Status, running: Running) -> None:
    try:
        with closing(running.connect()) as connection:
            counts = connection.execute(_COUNTS).fetchone() or (None,) * 4
            status.articles, status.undated, status.last_minute, status.last_hour = counts
            refused = connection.execute(_REFUSED).fetchall()
    except (psycopg.OperationalError, Problem) as problem:
        status.problems.append(str(problem if isinstance(problem, Problem) else silent(problem)))
        return
    status.rejected = [{"stage": stage, "code": code, "count": count} for stage, code, count in refused]


def _print(status: Status, running: Running) -> None:
    console = Console(highlight=False)
    table = Table.grid(padding=(0, 2))
    said = Text("running", "green") if status.running else Text("not running", "red")
    table.add_row("Sitrep", Text.assemble(said, f" on {running.layout.data}"))
    for name, what in status.processes.items():
        table.add_row(f"  {name}", Text(what, "green" if what in {"ok", "running"} else "red"))
    table.add_row("inbox", f"{running.inbox}: {_said(status.waiting)} waiting")
    for name, lag in (status.lag or {}).items():
        stage, _, topic = name.partition(" ")
        table.add_row(f"{stage} lag", f"{lag:,} records of {topic}")
    if status.articles is not None:
        table.add_row("stored", f"{status.articles:,} articles, {status.undated:,} of them without a publish date")
        table.add_row("rate", f"{status.last_minute:,} in the last minute, {status.last_hour:,} in the last hour")
        refused = ", ".join(f"{one['count']:,} {one['code']} ({one['stage']})" for one in status.rejected)
        table.add_row("rejected", refused or "nothing")
    console.print(table)
    for problem in status.problems:
        console.print(Text(f"! {problem}", "red"))


def _said(count: int | None) -> str:
    return "unknown" if count is None else f"{count:,}"
