"""The whole of Sitrep on one machine: broker, database and services, from nothing to ready and back."""

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiokafka.errors import KafkaError

from sitrep.embedded import kafka, ports, postgres
from sitrep.embedded.child import Command, spawn
from sitrep.embedded.kafka_jars import jar_directory
from sitrep.embedded.layout import Layout, passwords, read_json, write_json
from sitrep.embedded.procs import ProcessId, StackError, end, tail
from sitrep.embedded.supervisor import Supervisor, wait_until
from sitrep.runtime.kafka import create_topics
from sitrep.runtime.locks import DirectoryLock, LockedError

KAFKA_LOCK = Path(__file__).parents[2] / "deploy" / "kafka.lock"
SERVICES = ("store", "enrich", "ingest")
PORTS = ["kafka", "kafka-controller", "postgres", *SERVICES]
LEAST_FREE = 512 * 1024 * 1024
READY_SECONDS = 90.0


@dataclass(frozen=True)
class Options:
    """What to run: the inbox, the data directory, the cache, and which services with which further variables."""

    inbox: Path
    data: Path
    cache: Path
    services: tuple[str, ...] = SERVICES
    env: dict[str, str] = field(default_factory=dict)


class Stack:
    """A running stack. `say` is given one sentence at a time for the person at the terminal."""

    def __init__(self, options: Options, say: Callable[[str], None]) -> None:
        self.options = options
        self.layout = Layout(options.data)
        self.ports: dict[str, int] = {}
        self._say = say
        self._lock = DirectoryLock(self.layout.lock)
        self._ready = False
        self.supervisor = Supervisor(self.layout.logs, say, self._write_state)

    @property
    def bootstrap(self) -> str:
        """Return the address of the broker."""
        return f"{ports.HOST}:{self.ports['kafka']}"

    def uri(self, role: str) -> str:
        """Return the connection URI of the database for `owner`, `writer` or `reader`."""
        return postgres.uri(f"sitrep_{role}", passwords(self.layout)[role], self.ports["postgres"])

    def start(self) -> None:
        """Bring everything up and return when it is ready. Raises StackError; `stop` must be called in any case."""
        self._claim_directories()
        jars = jar_directory(self.options.cache, KAFKA_LOCK, self._progress)
        last = read_json(self.layout.state).get("ports", {})
        self.ports = ports.choose(PORTS, last)
        for name in ("kafka", "postgres"):
            if last.get(name, self.ports[name]) != self.ports[name]:
                self._say(f"Port {last[name]} of the last run is in use; {name} is on {self.ports[name]} now.")
        self._start_servers(jars)
        self._prepare_servers()
        for name in self.options.services:
            self.supervisor.start(self._service(name))
        self._ready = True
        self._write_state()

    def _claim_directories(self) -> None:
        data, inbox = self.options.data, self.options.inbox
        try:
            for directory in (data, inbox, self.layout.logs):
                directory.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StackError(f"{problem.filename} cannot be made: {problem.strerror}") from problem
        if data.resolve().is_relative_to(inbox.resolve()):
            raise StackError(f"The data directory {data} is inside the inbox {inbox}; put it beside it")
        for directory in (data, inbox):
            if not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
                raise StackError(f"{directory} cannot be written by this user; use another directory or mend its mode")
        free = shutil.disk_usage(data).free
        if free < LEAST_FREE:
            raise StackError(f"Only {free / 2**20:.0f} MiB are free where {data} is, and {LEAST_FREE / 2**20:.0f} are needed; "
                             "free some space or use --data")  # fmt: skip
        try:
            self._lock.acquire()
        except LockedError:
            pid = read_json(self.layout.state).get("supervisor", {}).get("pid", "unknown")
            raise StackError(f"Sitrep runs on {data} already (process {pid}); stop it, or use another --data") from None
        self._end_leftovers()

    def _end_leftovers(self) -> None:
        """End what a killed run left behind, recognised by pid and start time; nothing else is signalled."""
        children = read_json(self.layout.state).get("children", {})
        left = [process for c in children.values() if (process := ProcessId(c["pid"], c["started"])).alive()]
        if left:
            self._say(f"An earlier run left {len(left)} processes; they are ended first.")
            end(left)

    def _progress(self, there: int, wanted: int, name: str) -> None:
        if there in {1, wanted} or there % 10 == 0:
            self._say(f"Kafka, first time only: {there} of {wanted} files ({name})")

    def _start_servers(self, jars: Path) -> None:
        kafka_dir, postgres_dir = self.layout.kafka, self.layout.postgres
        self._say("Starting Kafka and PostgreSQL …")
        properties = kafka.prepare(kafka_dir, jars, self.ports["kafka"], self.ports["kafka-controller"])
        self.supervisor.start(kafka.command(kafka_dir, jars, properties))
        cluster = postgres.prepare(postgres_dir, passwords(self.layout)["postgres"])
        postgres.clear_stale_pid(cluster)
        self.supervisor.start(postgres.command(postgres_dir, cluster, self.ports["postgres"]))

    def _prepare_servers(self) -> None:
        secret = passwords(self.layout)
        port = self.ports["postgres"]
        wait_until(lambda: postgres.ready(port, secret["postgres"]), self.watch, READY_SECONDS, "PostgreSQL")
        postgres.ensure_database(port, secret)
        env = {
            "SITREP_POSTGRES_OWNER_URI": self.uri("owner"),
            "SITREP_POSTGRES_WRITER_PASSWORD": secret["writer"],
            "SITREP_POSTGRES_READER_PASSWORD": secret["reader"],
            "SITREP_LOG_FORMAT": "text",
        }
        self._run_once(Command("migrate", [sys.executable, "-m", "services.store.migrate"], env))
        wait_until(self._topics, self.watch, READY_SECONDS, "Kafka")

    def _run_once(self, command: Command) -> None:
        """Run a command to its end under the same care as a child. Raises StackError where it fails."""
        log = self.layout.logs / f"{command.name}.log"
        process = spawn(command, log)
        try:
            wait_until(lambda: process.poll() is not None, self.watch, READY_SECONDS, command.name)
        finally:
            process.kill()
        if process.returncode != 0:
            raise StackError(f"{command.name} failed: {tail(log, 3)}")

    def _topics(self) -> bool:
        if not ports.answers(self.ports["kafka"]):
            return False
        try:
            asyncio.run(create_topics(self.bootstrap))
        except (KafkaError, OSError, TimeoutError):
            return False
        return True

    def _service(self, name: str) -> Command:
        env = {
            "SITREP_KAFKA_BOOTSTRAP": self.bootstrap,
            "SITREP_POSTGRES_URI": self.uri("writer"),
            "SITREP_INBOX": str(self.options.inbox),
            "SITREP_DATA": str(self.options.data),
            "SITREP_METRICS_PORT": str(self.ports[name]),
            "SITREP_SLOT": "0",
            "NO_CYTHON": "1",
            **self.options.env,
        }
        return Command(name, [sys.executable, "-m", f"services.{name}"], env)

    def watch(self) -> None:
        """Look after the children once. Raises StackError where one of them cannot be kept running."""
        self.supervisor.watch(time.monotonic())

    def stop(self) -> None:
        """Stop everything, the services first, and let go of the directory."""
        self.supervisor.stop()
        self._lock.release()

    def _write_state(self) -> None:
        me = ProcessId.of(os.getpid())
        running = self.supervisor.running()
        write_json(
            self.layout.state,
            {
                "supervisor": {"pid": me.pid, "started": me.started},
                "children": {name: {"pid": p.pid, "started": p.started} for name, p in running.items()},
                "ports": self.ports,
                "inbox": str(self.options.inbox),
                "ready": self._ready and bool(running),
            },
        )
