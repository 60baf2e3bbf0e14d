"""A real Prometheus on a port of its own, with the rules of the project."""

import json
import re
import signal
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml

from sitrep.embedded import ports
from sitrep.embedded.child import Command, spawn
from tests.support.debian import unpacked
from tests.support.wait import until

ROOT = Path(__file__).parents[2]
RULES = ROOT / "deploy" / "prometheus" / "rules.yml"
ALERTS: dict[str, dict[str, Any]] = {
    rule["alert"]: rule
    for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"]
    for rule in group["rules"]
    if "alert" in rule
}
"""The rules that are alerts, by name."""

_DURATION = re.compile(r"(?<![\w.])(\d+)(s|m|h|d)(?![\w.])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def binary(name: str) -> str:
    """Return the path of `prometheus` or `promtool`."""
    return str(unpacked("prometheus") / "usr" / "bin" / name)


def sooner(text: str, times: int) -> str:
    """Return rules in which every duration, and every number of seconds that is compared, is so many times shorter.

    `for` is 5 s at least: on a busy machine a single look may be late.
    """

    def shorter(match: re.Match[str]) -> str:
        return f"{max(5, int(match[1]) * _SECONDS[match[2]] // times)}s"

    rules = yaml.safe_load(text)
    for group in rules["groups"]:
        for rule in group["rules"]:
            expr = re.sub(r"> 300\b", f"> {300 // times}", rule["expr"])
            expr = re.sub(r"\[(\w+)\]", lambda m: f"[{max(4, _seconds(m[1]) // times)}s]", expr)
            rule["expr"] = re.sub(r"offset (\w+)", lambda m: f"offset {max(1, _seconds(m[1]) // times)}s", expr)
            if "for" in rule:
                rule["for"] = _DURATION.sub(shorter, rule["for"])
    return yaml.safe_dump(rules)


def _seconds(duration: str) -> int:
    return int(duration[:-1]) * _SECONDS[duration[-1]]


class Prometheus:
    """Scrapes `targets` (job: addresses) every second, and judges by `rules` (the text of a rules file) every second."""

    def __init__(self, directory: Path, targets: dict[str, list[str]], rules: str) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "rules.yml").write_text(rules)
        config = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": ["rules.yml"],
            "scrape_configs": [
                {"job_name": job, "static_configs": [{"targets": addresses}]} for job, addresses in targets.items()
            ],
        }
        (directory / "prometheus.yml").write_text(yaml.safe_dump(config))
        self.port = ports.choose(["prometheus"], {})["prometheus"]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        argv = [
            binary("prometheus"),
            f"--config.file={self._directory / 'prometheus.yml'}",
            f"--storage.tsdb.path={self._directory / 'tsdb'}",
            f"--web.listen-address={ports.HOST}:{self.port}",
            "--enable-feature=exemplar-storage",
        ]
        self._process = spawn(Command("prometheus", argv), self._directory / "prometheus.log")
        try:
            until(self._has_scraped, 60, "Prometheus has scraped")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _has_scraped(self) -> bool:
        try:
            return bool(self.vector("up"))
        except OSError:  # it listens before it is ready
            return False

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(10)

    def ask(self, path: str, **parameters: str) -> Any:
        """Return the data of an answer of the API."""
        address = f"http://{ports.HOST}:{self.port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            return json.loads(answer.read())["data"]

    def vector(self, query: str) -> list[Any]:
        """Return the series that a query has now."""
        result: list[Any] = self.ask("query", query=query)["result"]
        return result

    def firing(self) -> set[tuple[str, str]]:
        """Return name and whom it is about (job, stage or group) of each alert that fires."""
        alerts = self.ask("alerts")["alerts"]
        return {
            (a["labels"]["alertname"], next((a["labels"][n] for n in ("job", "stage", "group") if n in a["labels"]), ""))
            for a in alerts
            if a["state"] == "firing"
        }
