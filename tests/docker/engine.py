"""One run of docker-compose.yml on the engine in DOCKER_HOST, from a copy of this project, under a name and on ports of its own."""

import json
import os
import shlex
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sitrep.embedded import ports
from tests.support.wait import until

ROOT = Path(__file__).parents[2]
PROJECT = "sitrep-tried"
OURS = ("ingest", "enrich", "store", "monitor")
SERVERS = ("kafka", "postgres")
Done = subprocess.CompletedProcess[str]


@dataclass
class Engine:
    """The project in `directory`, and what Compose says of its containers."""

    directory: Path
    ports: dict[str, int] = field(default_factory=lambda: ports.choose(["prometheus", "grafana"], {}))
    dropped: int = 0

    def __post_init__(self) -> None:
        self.directory.mkdir(parents=True)
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
        )
        names = b"\n".join(name for name in listed.stdout.split(b"\0") if name and (ROOT / name.decode()).exists())
        packed = subprocess.run(["tar", "-c", "-T", "-"], cwd=ROOT, input=names, capture_output=True, check=True)
        subprocess.run(["tar", "-x"], cwd=self.directory, input=packed.stdout, check=True)
        published = {
            name: [f"127.0.0.1:{port}:{inner}"] for (name, port), inner in zip(self.ports.items(), (9090, 3000), strict=True)
        }
        lines = [f"  {name}:\n    ports: !override {json.dumps(listed)}\n" for name, listed in published.items()]
        (self.directory / "docker-compose.override.yml").write_text("services:\n" + "".join(lines))

    @property
    def inbox(self) -> Path:
        """Return the inbox of this run."""
        return self.directory / "inbox"

    def shell(self, command: str, *, check: bool = True, seconds: float = 300) -> Done:
        """Run a command as somebody types it in the project's directory."""
        env = {**os.environ, "COMPOSE_PROJECT_NAME": PROJECT}
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.directory, env=env, capture_output=True, text=True, check=False, timeout=seconds,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done

    def compose(self, words: str, *, check: bool = True, seconds: float = 300) -> str:
        """Return what a command of Compose prints."""
        return self.shell(f"docker compose {words}", check=check, seconds=seconds).stdout

    def containers(self, *names: str) -> list[dict[str, Any]]:
        """Return the containers of these services, or of all, with `Service`, `State` and `Health`."""
        lines = self.compose(f"ps --all --format json {' '.join(names)}").splitlines()
        return [json.loads(line) for line in lines]

    def healthy(self, names: Iterable[str] = (*SERVERS, *OURS, "prometheus", "grafana")) -> bool:
        """Return whether each container of these services runs and is healthy, and there is one at least."""
        found = self.containers(*names)
        there = {one["Service"] for one in found}
        return there == set(names) and all(one["State"] == "running" and one["Health"] == "healthy" for one in found)

    def wait(self, ready: Callable[[], object], seconds: float, what: str) -> float:
        """Return the seconds until something is so."""
        began = time.monotonic()
        until(ready, seconds, what, every=1.0)
        return time.monotonic() - began

    def sql(self, query: str) -> str:
        """Return what the reader gets from the database."""
        return self.compose(f"exec -T postgres psql -U sitrep_reader -d sitrep -tAc {shlex.quote(query)}").strip()

    def drop(self, count: int, series: str) -> None:
        """Put reports into the inbox, each by a rename, as the user whom it belongs to."""
        owner = self.inbox.stat()
        for number in range(count):
            hidden = self.inbox / f".{series}-{number}.part"
            hidden.write_text(
                f"Report {number} of {series}\n\nRebels shelled Aleppo on Friday, killing {number + 2} people, a monitor said.\n"
            )
            if os.geteuid() == 0:
                os.chown(hidden, owner.st_uid, owner.st_gid)
            hidden.rename(self.inbox / f"{series}-{number}.txt")
        self.dropped += count

    def stored(self) -> bool:
        """Return whether all that was dropped is stored; not while the database is away."""
        try:
            return self.sql("SELECT count(*) FROM reports") == str(self.dropped)
        except AssertionError:
            return False

    def remainders(self) -> dict[str, int]:
        """Return the remainder of each stage by the ledger."""
        lines = json.loads(self.compose("exec -T monitor sitrep ledger --json", check=False) or "[]")
        return {line["stage"]: line["remainder"] for line in lines}

    def even(self) -> bool:
        """Return whether nothing is missing anywhere."""
        return self.remainders() == {"ingest": 0, "enrich": 0, "store": 0}

    def holds(self, what: str, seconds: float = 240) -> None:
        """Return when all that was dropped is stored, and hold that the ledger has no remainder."""
        self.wait(self.stored, seconds, f"all {self.dropped} reports are stored {what}")
        self.wait(self.even, 60, f"nothing is missing {what}")

    def prometheus(self, query: str) -> list[dict[str, Any]]:
        """Return the vector that Prometheus answers."""
        url = f"http://127.0.0.1:{self.ports['prometheus']}/api/v1/query?{urllib.parse.urlencode({'query': query})}"
        with urllib.request.urlopen(url, timeout=5) as answer:
            found: list[dict[str, Any]] = json.loads(answer.read())["data"]["result"]
        return found

    def network(self, name: str) -> dict[str, Any]:
        """Return what the engine says of a network of the project."""
        found: dict[str, Any] = json.loads(self.shell(f"docker network inspect {PROJECT}_{name}").stdout)[0]
        return found

    def log_bytes(self, name: str, since: str) -> int:
        """Return how much a service has logged since a time (RFC 3339)."""
        return len(self.compose(f"logs --no-log-prefix --since {since} {name}").encode())

    def images(self) -> dict[str, str]:
        """Return what each foreign image says that it is, by its name."""
        document = yaml.safe_load((self.directory / "docker-compose.yml").read_text())
        names = {service["image"] for service in document["services"].values() if not service["image"].startswith("sitrep-")}
        names |= {
            line.split()[1]
            for line in (self.directory / "deploy" / "Dockerfile").read_text().splitlines()
            if line.startswith("FROM") and ":" in line.split()[1]
        }
        found = {}
        for name in sorted(names):
            inspected = json.loads(self.shell(f"docker image inspect {name}").stdout)[0]
            found[name] = (inspected.get("RepoDigests") or ["a stand-in, built here"])[0]
        return found
