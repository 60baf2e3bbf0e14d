"""The whole of Sitrep on one machine: broker, database and services, from nothing to ready and back."""

import asyncio
import os
import shutil
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from aiokafka.errors import KafkaError

from sitrep.embedded import kafka, ports, postgres
from sitrep.embedded.child import Command, python, spawn
from sitrep.embedded.kafka_jars import Jars
from sitrep.embedded.layout import Layout, make_passwords, passwords, read_json, write_json
from sitrep.embedded.procs import ProcessId, StackError, end, tail
from sitrep.embedded.supervisor import Supervisor
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.kafka import create_topics
from sitrep.runtime.locks import DirectoryLock, LockedError

SERVERS = ("kafka", "postgres")
SERVICES = ("store", "enrich", "ingest", "monitor")
PORTS = ["kafka", "kafka-controller", "postgres", *SERVICES]
LEAST_FREE = 512 * 1024 * 1024
ROUND_SECONDS = 0.1
SAY_EVERY = 10.0
LONGEST_WAIT = 1800.0


@dataclass(frozen=True)
class Options:
    """What to run: the inbox, the data directory, the cache, and which servers and services with which further variables."""

    inbox: Path
    data: Path
    cache: Path
    services: tuple[str, ...] = SERVICES
    servers: tuple[str, ...] = SERVERS
    env: dict[str, str] = field(default_factory=dict)


class Stack:
    """A running stack.

    `say` is given one sentence at a time for the person at the terminal. `pause` waits for some seconds and raises
    whatever it likes where the person wants an end: it is called in every wait.
    """

    def __init__(self, options: Options, say: Callable[[str], None], pause: Callable[[float], None]) -> None:
        self.options = options
        self.layout = Layout(options.data)
        self.ports: dict[str, int] = {}
        self.ready = False
        self._say = say
        self._pause = pause
        self._lock = DirectoryLock(self.layout.lock)
        self._locked = False
        self.supervisor = Supervisor(self.layout.logs, say, self._write_state)

    @property
    def bootstrap(self) -> str:
        """Return the address of the broker."""
        return f"{ports.HOST}:{self.ports['kafka']}"

    def uri(self, role: str) -> str:
        """Return the connection URI of the database for `owner`, `writer` or `reader`."""
        return postgres.uri(f"sitrep_{role}", passwords(self.layout)[role], self.ports["postgres"])

    def start(self) -> None:
        """Bring everything up and return when it works. Raises StackError or OSError; `stop` is called in any case."""
        self._claim_directories()
        with_kafka = "kafka" in self.options.servers
        jars = self._jars() if with_kafka else None
        self._choose_ports()
        self._say(f"Starting {'Kafka and ' * with_kafka}PostgreSQL …")
        if jars is not None:
            self._start_kafka(jars)
        self._start_postgres()
        self._prepare_postgres()
        if with_kafka:
            self._wait(self._topics, "kafka")
        if self.options.services:
            self._say("Starting the services; loading the language model takes some seconds …")
        for name in self.options.services:
            self.supervisor.start(self._service(name))
        for name in self.options.services:
            self._wait(lambda name=name: self.healthy(name), name)  # type: ignore[misc]
        self.ready = bool(self.options.services)
        self._write_state()

    def _claim_directories(self) -> None:
        data, inbox = self.options.data, self.options.inbox
        if data.resolve().is_relative_to(inbox.resolve()):
            raise StackError(f"The data directory {data} is inside the inbox {inbox}; put it beside it")
        for directory in (data, inbox):
            try:
                directory.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise StackError(f"The directory {directory} cannot be made: {problem.strerror}") from problem
            if not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
                raise StackError(f"{directory} cannot be written by this user; use another directory or mend its mode")
        free = shutil.disk_usage(data).free
        if free < LEAST_FREE:
            raise StackError(
                f"Only {free / 2**20:.0f} MiB are free where {data} is, and {LEAST_FREE / 2**20:.0f} are needed; "
                "free some space or use --data"
            )
        self._take_lock()
        self.layout.logs.mkdir(exist_ok=True)
        self._end_leftovers()

    def _take_lock(self) -> None:
        began = said = time.monotonic()
        while not self._locked:
            try:
                self._lock.acquire()
                self._locked = True
            except LockedError:
                state = read_json(self.layout.state)
                running = ProcessId.read(state.get("supervisor"))
                who = f" (process {running.pid})" if running else ""
                if not state.get("temporary") or time.monotonic() - began > LONGEST_WAIT:
                    raise StackError(
                        f"Sitrep runs on {self.options.data} already{who}; stop it, or use another --data"
                    ) from None
                if said == began or time.monotonic() - said > SAY_EVERY:
                    said = time.monotonic()
                    self._say(f"Another command has the database{who}; waiting until it has ended …")
                self._pause(ROUND_SECONDS)
            except OSError as problem:
                raise StackError(f"{self.layout.lock} cannot be opened: {problem.strerror}; is it another user's?") from problem

    def _end_leftovers(self) -> None:
        """End what a killed run left behind, recognised by pid and start time; nothing else is signalled."""
        children = read_json(self.layout.state).get("children")
        known = (ProcessId.read(child) for child in (children or {}).values())
        if left := [process for process in known if process is not None and process.alive()]:
            self._say(f"An earlier run left {len(left)} processes; they are ended first.")
            end(left)

    def _jars(self) -> Path:
        jars = Jars(self.options.cache)
        if not jars.whole():
            wanted = len(jars.wanted)
            command = Command("kafka-download", python("sitrep.embedded.kafka_jars", str(jars.cache)))
            self._run(command, lambda: f"Downloading Kafka, the first time only: {jars.there()} of {wanted} files", 2.0)
        return jars.directory

    def _choose_ports(self) -> None:
        found = read_json(self.layout.state).get("ports")
        last = {name: port for name, port in (found or {}).items() if isinstance(port, int)}
        self.ports = ports.choose(PORTS, last)
        for name in ("kafka", "postgres"):
            if last.get(name, self.ports[name]) != self.ports[name]:
                self._say(f"Port {last[name]} of the last run is in use; {name} is on {self.ports[name]} now.")

    def _start_kafka(self, jars: Path) -> None:
        directory = self.layout.kafka
        chosen = (self.ports["kafka"], self.ports["kafka-controller"])
        properties = kafka.prepare(directory, jars, *chosen, self._run)
        self.supervisor.start(kafka.command(directory, jars, properties))

    def _start_postgres(self) -> None:
        directory = self.layout.postgres
        if not self.layout.secrets.exists() and not (directory / "initialised").exists():
            make_passwords(self.layout)
        if not passwords(self.layout):
            raise StackError(f"{self.layout.secrets}, with the passwords of the database, is lost or cannot be read")
        cluster = postgres.prepare(directory, passwords(self.layout)["postgres"], self._run)
        postgres.clear_leftovers(cluster)
        self.supervisor.start(postgres.command(directory, cluster, self.ports["postgres"]))

    def _prepare_postgres(self) -> None:
        secret = passwords(self.layout)
        port = self.ports["postgres"]
        self._wait(lambda: postgres.ready(port, secret["postgres"]), "postgres")
        postgres.ensure_database(port, secret)
        env = {
            "SITREP_POSTGRES_OWNER_URI": self.uri("owner"),
            "SITREP_POSTGRES_WRITER_PASSWORD": secret["writer"],
            "SITREP_POSTGRES_READER_PASSWORD": secret["reader"],
            "SITREP_LOG_FORMAT": "text",
        }
        self._run(Command("migrate", python("services.store.migrate"), env))

    def _run(self, command: Command, progress: Callable[[], str] | None = None, every: float = SAY_EVERY) -> None:
        """Run a command to its end under the same care as a child. Raises StackError where it fails."""
        log = self.layout.logs / f"{command.name}.log"
        log.unlink(missing_ok=True)
        process = spawn(command, log)
        said = progress or (lambda: f"… {command.name} is still at work")
        try:
            self._wait(lambda: process.poll() is not None, command.name, said, every)
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0:
            raise StackError(f"{command.name} failed: {tail(log, 3) or f'exit code {process.returncode}'}")

    def _wait(
        self, ready: Callable[[], bool], name: str, progress: Callable[[], str] | None = None, every: float = SAY_EVERY
    ) -> None:
        """Return when `ready` says so, looking after the children meanwhile and saying every few seconds what is waited for.

        A database that recovers takes its time, and one that fails is noticed as a child. Raises StackError after
        LONGEST_WAIT seconds all the same, for a child may fail so slowly that it never counts as failing.
        """
        began = said = time.monotonic()
        while not ready():
            self.watch()
            self._pause(ROUND_SECONDS)
            if time.monotonic() - began > LONGEST_WAIT:
                raise StackError(f"{name} is not ready after {LONGEST_WAIT / 60:.0f} minutes; see {self.layout.logs}")
            if time.monotonic() - said >= every:
                said = time.monotonic()
                log = self.layout.logs / f"{name}.log"
                self._say(progress() if progress else f"… waiting for {name}; it last said: {tail(log, 1)[:200]}")

    def _topics(self) -> bool:
        if not ports.answers(self.ports["kafka"]):
            return False
        try:
            asyncio.run(create_topics(Cluster(self.bootstrap)))
        except (KafkaError, OSError, TimeoutError):
            return False
        return True

    def healthy(self, name: str) -> bool:
        """Return whether a service says that it works."""
        try:
            with urllib.request.urlopen(f"http://{ports.HOST}:{self.ports[name]}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, HTTPException):  # not there yet, or somebody else who has taken its port
            return False

    def _service(self, name: str) -> Command:
        env = {
            "SITREP_KAFKA_BOOTSTRAP": self.bootstrap,
            "SITREP_POSTGRES_URI": self.uri("reader" if name == "monitor" else "writer"),
            "SITREP_INBOX": str(self.options.inbox),
            "SITREP_DATA": str(self.options.data),
            "SITREP_METRICS_PORT": str(self.ports[name]),
            "SITREP_SLOT": "0",
            "NO_CYTHON": "1",
            **self.options.env,
        }
        return Command(name, python(f"services.{name}"), env)

    def watch(self) -> None:
        """Look after the children once. Raises StackError where one of them cannot be kept running."""
        self.supervisor.watch(time.monotonic())

    def stop(self) -> None:
        """Stop everything, the services first, and let go of the directory. Nothing where it never was ours."""
        if self._locked:
            self.ready = False
            self.supervisor.stop()
            self._lock.release()
            self._locked = False

    def _write_state(self) -> None:
        """Write down what runs; without a place to write, the run goes on all the same."""
        if not self.ports:
            return  # what the last run wrote is still what is known
        running = self.supervisor.running()
        state = {
            "supervisor": ProcessId.of(os.getpid()).as_json(),
            "children": {name: process.as_json() for name, process in running.items()},
            "ports": self.ports,
            "inbox": str(self.options.inbox),
            "ready": self.ready,
            "temporary": not self.options.services,  # for one command, which others wait for
        }
        try:
            write_json(self.layout.state, state)
        except OSError as problem:
            self._say(f"{self.layout.state} cannot be written: {problem.strerror}")
