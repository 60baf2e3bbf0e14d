"""`sitrep up` as a process, seen from outside as a person or another command sees it."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
import psycopg

from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.embedded.layout import Layout, read_json
from sitrep.embedded.procs import ProcessId
from tests.support.oracle import Oracle
from tests.support.wait import until


class Up:
    """One run of `sitrep up`; `prefix` stands before the command, `env` is added to the environment."""

    def __init__(
        self, inbox: Path, data: Path, *options: str, prefix: list[str] | None = None, env: dict[str, str] | None = None
    ) -> None:
        self.inbox = inbox
        self.layout = Layout(data)
        self.output = data.parent / "output.txt"
        command = [*(prefix or []), sys.executable, "-P", "-m", "sitrep.cli.entry", "up"]
        command += ["--inbox", str(inbox), "--data", str(data), *options]
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})

    def said(self) -> str:
        """Return all that it has written."""
        return self.output.read_text("utf-8")

    def ready(self) -> bool:
        """Return whether it has said that it is ready; fail if it has ended."""
        assert self.process.poll() is None, self.said()
        return "Sitrep is ready." in self.said()

    def child(self, name: str) -> ProcessId | None:
        """Return the process of a child."""
        return ProcessId.read((read_json(self.layout.state).get("children") or {}).get(name))

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query, as the reader of what runs."""
        with psycopg.connect(Running(self.layout).uri(), connect_timeout=5) as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    def stored(self, oracle: Oracle) -> int:
        """Return how many of the articles are stored; none while the database is away."""
        try:
            query = "SELECT count(*) FROM articles WHERE article_id = ANY(%s)"
            return int(self.rows(query, list(oracle.texts))[0][0])
        except (psycopg.OperationalError, Problem):
            return 0

    def end(self, number: signal.Signals = signal.SIGINT, seconds: float = 60) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def processes(self) -> list[str]:
        """Return the command lines of all processes that belong to this run."""
        found = []
        for process in psutil.process_iter(["cmdline", "status", "environ"]):
            info = process.info
            line = " ".join(info["cmdline"] or [])
            ours = str(self.layout.data) in line or (info["environ"] or {}).get("SITREP_DATA") == str(self.layout.data)
            if ours and info["status"] != psutil.STATUS_ZOMBIE and process.pid != os.getpid():
                found.append(line)
        return found

    def gone(self, seconds: float = 10) -> None:
        """Fail unless every process of this run is gone soon."""
        until(lambda: not self.processes(), seconds, "every process is gone", every=0.2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            try:
                self.end(signal.SIGTERM)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if kind is not None:
            sys.stderr.write(self.said()[-4000:])
