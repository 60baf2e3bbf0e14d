"""A real broker and a real database, each owning its directory, its port and its process."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

from services.store.migrate import migrate, set_passwords
from sitrep.embedded import kafka, ports, postgres
from sitrep.embedded.child import Command, spawn
from sitrep.embedded.kafka_jars import Jars
from sitrep.embedded.layout import cache_directory
from sitrep.embedded.procs import tail
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.kafka import create_topics
from tests.support.wait import until


class Server:
    """A process that can be started, stopped, killed, paused, and is gone at the end."""

    process: subprocess.Popen[bytes] | None = None

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.log = directory / "server.log"
        directory.mkdir(parents=True, exist_ok=True)

    def run(self, command: Command) -> None:
        """Run a command to its end."""
        code = spawn(command, self.log).wait(120)
        assert code == 0, tail(self.log)

    def command(self) -> Command:
        """Return how it is started."""
        raise NotImplementedError

    def start(self) -> None:
        """Start the process without waiting for it."""
        self.process = spawn(self.command(), self.log)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        """End it with SIGKILL and wait until it is gone."""
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait(10)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()


class Broker(Server):
    """A real Kafka on a port of its own."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        chosen = ports.choose(["kafka", "controller"], {})
        self.port, controller = chosen["kafka"], chosen["controller"]
        self.bootstrap = f"{ports.HOST}:{self.port}"
        jars = Jars(cache_directory(os.environ))
        jars.fetch()
        self._jars = jars.directory
        self._properties = kafka.prepare(directory, self._jars, self.port, controller, self.run)

    def behind(self, port: int) -> None:
        """Tell clients, from the next start on, to come over another port, as where a proxy stands before the broker."""
        told = self._properties.read_text("ascii")
        wanted = f"advertised.listeners=PLAINTEXT://{ports.HOST}:"
        self._properties.write_text(told.replace(f"{wanted}{self.port}", f"{wanted}{port}"), "ascii")
        self.bootstrap = f"{ports.HOST}:{port}"

    def command(self) -> Command:
        return kafka.command(self.directory, self._jars, self._properties)

    def ready(self) -> None:
        """Return when it answers and has the topics."""
        until(lambda: ports.answers(self.port), 60, "Kafka listens")
        asyncio.run(create_topics(Cluster(self.bootstrap)))


class Database(Server):
    """A real Postgres on a port of its own, migrated, with the passwords of the roles set to their names."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.port = ports.choose(["postgres"], {})["postgres"]
        self._cluster = postgres.prepare(directory, "postgres", self.run)
        self.passwords = {"postgres": "postgres", "owner": "owner"}

    def command(self) -> Command:
        return postgres.command(self.directory, self._cluster, self.port)

    def start(self) -> None:
        postgres.clear_leftovers(self._cluster)
        super().start()

    def uri(self, role: str) -> str:
        """Return the URI for `owner`, `writer` or `reader`."""
        return postgres.uri(f"sitrep_{role}", role, self.port)

    def up(self) -> bool:
        """Return whether it takes connections."""
        return postgres.ready(self.port, "postgres")

    def ready(self) -> None:
        """Return when it answers and is migrated."""
        self.migrated()

    def migrated(self, last: int | None = None) -> None:
        """Return when it answers and is migrated, as far as migration `last`."""
        until(self.up, 60, "Postgres answers")
        postgres.ensure_database(self.port, self.passwords)
        migrate(self.uri("owner"), last)
        set_passwords(self.uri("owner"), {"sitrep_writer": "writer", "sitrep_reader": "reader"})

    def fresh(self, name: str, last: int | None = None) -> "Fresh":
        """Return a new, empty database on this server, migrated (as far as migration `last`)."""
        with psycopg.connect(postgres.uri("postgres", "postgres", self.port, "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER sitrep_owner").format(sql.Identifier(name)))
        made = Fresh(self.port, name)
        migrate(made.uri("owner"), last)
        return made

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query, as the reader sees them."""
        with psycopg.connect(self.uri("reader"), connect_timeout=5) as connection:
            return connection.execute(query.encode(), parameters).fetchall()


class Fresh:
    """One more database on the server of a test run."""

    def __init__(self, port: int, name: str) -> None:
        self._port = port
        self._name = name

    def uri(self, role: str) -> str:
        """Return the URI for `owner`, `writer` or `reader`."""
        return postgres.uri(f"sitrep_{role}", role, self._port, self._name)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, as the reader sees them."""
        with psycopg.connect(self.uri("reader")) as connection:
            return connection.execute(query.encode()).fetchall()


@contextmanager
def own_servers(directory: Path) -> Iterator[tuple[Broker, Database]]:
    """Give a broker and a database that are ready and that nobody else uses."""
    with Broker(directory / "kafka") as broker, Database(directory / "postgres") as database:
        broker.ready()
        database.ready()
        yield broker, database
