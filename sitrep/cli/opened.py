"""The store of a data directory for as long as a command needs it, whether Sitrep runs there or not."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from sitrep.cli.problem import Problem
from sitrep.cli.running import Running, silent
from sitrep.embedded.layout import Layout
from sitrep.runtime.cluster import Cluster

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Servers:
    """Where the servers of a data directory are: the broker, and the database as its owner."""

    kafka: Cluster
    owner: str


@contextmanager
def opened(data: Path, uri: str = "") -> Iterator[Connection]:
    """Yield a connection to the store as the reader, without the reader's limit of time.

    Where nothing runs on the data directory, its PostgreSQL is started and stopped again. Raises Problem.
    """
    running = Running.on(data)
    if uri or running.ready:
        with _reading(running, uri) as connection:
            yield connection
        return
    _stored_on(data)
    from sitrep.cli.started import started  # noqa: PLC0415 - an image of a service has no servers in it

    with started(data, servers=("postgres",)) as stack, _reading(running, stack.uri("reader")) as connection:
        yield connection


@contextmanager
def servers_of(data: Path) -> Iterator[Servers]:
    """Yield the broker and the database of a data directory, started for this where nothing runs there. Raises Problem."""
    running = Running.on(data)
    if running.ready:
        yield Servers(Cluster(running.bootstrap()), running.uri("owner"))
        return
    _stored_on(data)
    from sitrep.cli.started import started  # noqa: PLC0415

    with started(data) as stack:
        yield Servers(Cluster(stack.bootstrap), stack.uri("owner"))


def _stored_on(data: Path) -> None:
    if not (Layout(data).postgres / "initialised").exists():
        raise Problem(f"nothing was ever stored on {data}; start it with `make run` or `sitrep up`")


@contextmanager
def _reading(running: Running, uri: str) -> Iterator[Connection]:
    try:
        with closing(running.connect(uri)) as connection:
            # One moment for all that a command reads: an article that is enriched again meanwhile is read whole.
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.execute("SET statement_timeout = 0")
            yield connection
    except psycopg.OperationalError as problem:
        raise silent(problem) from problem
    except psycopg.errors.InsufficientPrivilege as problem:
        raise Problem(f"this user may not read that ({problem.diag.message_primary}); connect as sitrep_reader") from problem
    except (psycopg.errors.UndefinedFunction, psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as problem:
        raise Problem("the schema of this database is not that of this version of Sitrep; run `sitrep migrate`") from problem
