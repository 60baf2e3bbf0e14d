"""The stack that runs on a data directory, as the other commands find it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from sitrep.cli.problem import Problem
from sitrep.embedded import postgres
from sitrep.embedded.layout import Layout, passwords, read_json
from sitrep.embedded.ports import HOST, answers
from sitrep.embedded.procs import ProcessId

CONNECT_SECONDS = 3


def silent(problem: psycopg.OperationalError) -> Problem:
    """Return what to say where the database does not answer."""
    return Problem(f"Postgres does not answer: {str(problem).splitlines()[0]}")


@dataclass(frozen=True)
class Running:
    """Where a stack is, by what it has written down; whether it runs is asked for each server."""

    layout: Layout

    @classmethod
    def on(cls, data: Path) -> "Running":
        """Return the stack of a data directory, running or not."""
        return cls(Layout(data))

    @property
    def inbox(self) -> Path | None:
        """Return the directory that it watches, None where it never ran."""
        found = read_json(self.layout.state).get("inbox")
        return Path(found) if isinstance(found, str) else None

    @property
    def ready(self) -> bool:
        """Return whether a whole stack runs, which does not go away when some other command has ended."""
        state = read_json(self.layout.state)
        supervisor = ProcessId.read(state.get("supervisor"))
        return bool(state.get("ready")) and supervisor is not None and supervisor.alive()

    def port(self, name: str) -> int:
        """Return the port of a server that answers. Raises Problem."""
        port = self._port(name)
        if port is None or not answers(port):
            raise Problem(f"nothing runs on {self.layout.data}; start it with `make run` or `sitrep up`")
        return port

    def _port(self, name: str) -> int | None:
        port = (read_json(self.layout.state).get("ports") or {}).get(name)
        return port if isinstance(port, int) else None

    def bootstrap(self) -> str:
        """Return the address of the broker. Raises Problem."""
        return f"{HOST}:{self.port('kafka')}"

    def connect(self, uri: str = "") -> "psycopg.Connection[Any]":
        """Return a connection to the database, or to another one that is named. Raises Problem."""
        try:
            return psycopg.connect(uri or self.uri(), connect_timeout=CONNECT_SECONDS)
        except psycopg.OperationalError as problem:
            raise silent(problem) from problem
        except psycopg.ProgrammingError:  # what it says may have the password in it
            raise Problem(
                "what is given for Postgres is no address of a database, such as postgresql://host/sitrep", code=2
            ) from None

    def uri(self, role: str = "reader") -> str:
        """Return the address of the database, for a role. Raises Problem."""
        return postgres.uri(f"sitrep_{role}", passwords(self.layout).get(role, ""), self.port("postgres"))
