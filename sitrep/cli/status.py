"""`sitrep status`: what runs, how fast, how far behind, what waits and what was refused."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
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

from services.enrich.language.reading import language_name
from services.enrich.language.version import VERSION
from services.ingest.inbox import Inbox
from sitrep.cli.kafka import cluster
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running, silent
from sitrep.cli.scrape import addresses
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
_NOT_READ = """
SELECT language, count(*) FROM reports WHERE coverage = 'partial' GROUP BY language ORDER BY count(*) DESC, language
"""
_VERSIONS = "SELECT version, count(*) FROM articles WHERE NOT canary GROUP BY version ORDER BY version DESC"
_REFUSED = """
SELECT stage, code, count(*) FROM refusals WHERE state IN ('open', 'redriven') GROUP BY stage, code ORDER BY count(*) DESC, code
"""


@dataclass
class Status:
    """What is known at this moment; None where it could not be asked.

    `not_read` counts the reports in each language that is not read, `versions` the articles of each version of the enrichment.
    """

    running: bool
    processes: dict[str, str] = field(default_factory=dict)
    waiting: int | None = None
    lag: dict[str, int] | None = None
    articles: int | None = None
    undated: int | None = None
    last_minute: int | None = None
    last_hour: int | None = None
    not_read: dict[str, int] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Server:
    """Where the parts of a server are, as its containers know it; all empty on a machine that runs everything itself."""

    metrics: Sequence[str] = ()
    bootstrap: str = ""
    postgres: str = ""
    inbox: Path | None = None

    @property
    def named(self) -> bool:
        """Return whether a server is named, so that the data directory is not asked."""
        return bool(self.metrics or self.bootstrap or self.postgres)


def run_status(data: Path, server: Server, *, as_json: bool) -> int:
    """Print the state of what runs; return 0 where everything works, 1 where something does not. Raises Problem."""
    running = Running.on(data)
    state = {} if server.named else read_json(running.layout.state)
    if state:
        server = Server(inbox=running.inbox)
    elif not server.named:
        raise Problem(f"nothing ever ran on {data}; start it with `make run` or `sitrep up`")
    status = look(running, state, server)
    if as_json:
        sys.stdout.write(json.dumps(asdict(status), indent=1) + "\n")
    else:
        _print(status, f"on {data}" if state else "on a server", server.inbox)
    return 0 if status.running and not status.problems else 1


def look(running: Running, state: Mapping[str, Any], server: Server) -> Status:
    """Return what the processes, the broker, the database and the inbox say."""
    status = _processes(state) if state else _services(server.metrics)
    status.problems += [f"{name}: {said}" for name, said in status.processes.items() if said not in {"ok", "running"}]
    status.waiting = _waiting(server.inbox)
    if server.inbox is not None and status.waiting is None:
        status.problems.append(f"the inbox {server.inbox} is gone or cannot be read")
    if status.running:
        _ask_broker(status, running, server.bootstrap)
        _ask_database(status, running, server.postgres)
    return status


def _processes(state: Mapping[str, Any]) -> Status:
    """Return how the processes of a supervisor are."""
    supervisor = ProcessId.read(state.get("supervisor"))
    status = Status(running=supervisor is not None and supervisor.alive() and bool(state.get("ready")))
    children = {name: ProcessId.read(found) for name, found in (state.get("children") or {}).items()}
    ports = state.get("ports") or {}
    for name, child in children.items():
        if child is None or not child.alive():
            status.processes[name] = "not running"
        elif name in {"kafka", "postgres"}:
            status.processes[name] = "running"
        else:
            status.processes[name] = _health(f"http://{HOST}:{ports.get(name)}/health")
    return status


def _services(metrics: Sequence[str]) -> Status:
    """Return how the services of a server are, each worker of a name by itself."""
    status = Status(running=True)
    for url in metrics:
        name = httpx.URL(url).host
        try:
            workers = addresses(url)
        except OSError:
            status.processes[name] = "does not answer"
            continue
        for number, address in enumerate(workers, 1):
            label = name if len(workers) == 1 else f"{name} {number}"
            status.processes[label] = _health(str(httpx.URL(address).copy_with(path="/health")))
    return status


def _health(url: str) -> str:
    try:
        said = httpx.get(url, timeout=2, trust_env=False).json()
        return "ok" if said["status"] == "ok" else f"{said['status']}: {said['detail']}"
    except (httpx.HTTPError, ValueError, KeyError):
        return "does not answer"


def _waiting(inbox: Path | None) -> int | None:
    try:
        return None if inbox is None else Inbox(inbox).waiting()
    except OSError:
        return None


def _ask_broker(status: Status, running: Running, bootstrap: str) -> None:
    try:
        behind = asyncio.run(lags(cluster(running, bootstrap), FLOW))
    except (KafkaError, OSError, TimeoutError, Problem) as problem:
        status.problems.append(f"Kafka does not answer: {problem}")
        return
    status.lag = {
        f"{group.removeprefix('sitrep-')} {topic.name}": lag for (group, topic), lag in zip(FLOW, behind, strict=True)
    }


def _ask_database(status: Status, running: Running, uri: str) -> None:
    try:
        with closing(running.connect(uri)) as connection:
            connection.execute("SET statement_timeout = '30s'")
            counts = connection.execute(_COUNTS).fetchone() or (None,) * 4
            status.articles, status.undated, status.last_minute, status.last_hour = counts
            refused = connection.execute(_REFUSED).fetchall()
            for language, count in connection.execute(_NOT_READ):
                name = language_name(language)
                status.not_read[name] = status.not_read.get(name, 0) + count
            status.versions = dict(connection.execute(_VERSIONS).fetchall())
    except (psycopg.OperationalError, Problem) as problem:
        status.problems.append(str(problem if isinstance(problem, Problem) else silent(problem)))
        return
    status.rejected = [{"stage": stage, "code": code, "count": count} for stage, code, count in refused]


def _print(status: Status, where: str, inbox: Path | None) -> None:
    console = Console(highlight=False)
    table = Table.grid(padding=(0, 2))
    said = Text("running", "green") if status.running else Text("not running", "red")
    table.add_row("Sitrep", Text.assemble(said, f" {where}"))
    for name, what in status.processes.items():
        table.add_row(f"  {name}", Text(what, "green" if what in {"ok", "running"} else "red"))
    if inbox is not None:
        table.add_row("inbox", f"{inbox}: {_said(status.waiting)} waiting")
    for stage, topics in _by_stage(status.lag or {}).items():
        parts = ", ".join(f"{lag:,} of {topic}" for topic, lag in topics.items() if lag) if len(topics) > 1 else ""
        table.add_row(f"{stage} lag", f"{sum(topics.values()):,} records" + (f" ({parts})" if parts else ""))
    if status.articles is not None:
        table.add_row("stored", f"{status.articles:,} articles, {status.undated:,} of them without a publish date")
        if status.not_read:
            table.add_row("not read", ", ".join(f"{count:,} {name}" for name, count in status.not_read.items()))
        if status.versions:
            table.add_row("versions", _versions(status.versions))
        table.add_row("rate", f"{status.last_minute:,} in the last minute, {status.last_hour:,} in the last hour")
        refused = ", ".join(f"{one['count']:,} {one['code']} ({one['stage']})" for one in status.rejected)
        table.add_row("refused", refused or "nothing")
    console.print(table)
    for problem in status.problems:
        console.print(Text(f"! {problem}", "red"))


def _versions(counts: Mapping[int, int]) -> str:
    """Return how many articles have which version of the enrichment, and what to do about those of an older one."""
    parts = ", ".join(f"{count:,} of version {version}" for version, count in counts.items())
    return parts + (
        "; `sitrep reenrich --all` brings the older ones to the present one" if any(v < VERSION for v in counts) else ""
    )


def _by_stage(lag: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return the lag of each stage by topic."""
    found: dict[str, dict[str, int]] = {}
    for name, count in lag.items():
        stage, _, topic = name.partition(" ")
        found.setdefault(stage, {})[topic] = count
    return found


def _said(count: int | None) -> str:
    return "unknown" if count is None else f"{count:,}"
