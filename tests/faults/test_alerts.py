"""The alerts live: each fires when what it is about happens, only its consequences fire with it, and it clears."""

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.support.compose import RUNNING, Compose
from tests.support.oracle import Oracle
from tests.support.prometheus import ALERTS, RULES, Prometheus, binary, sooner
from tests.support.servers import Database
from tests.support.wait import until

TIMES = 60
"""So many times sooner than on a server everything is judged in the live run: a minute is a second."""


@dataclass
class Live:
    """The whole server with reports flowing, judged every second."""

    compose: Compose
    database: Database
    prometheus: Prometheus
    oracle: Oracle
    dropped: int = 0
    fired: set[tuple[str, str]] = field(default_factory=set)

    def drop(self) -> None:
        """Drop one report, look after the services, and note what fires."""
        self.oracle.drop(range(self.dropped, self.dropped + 1))
        self.dropped += 1
        self.compose.tick()
        self.fired |= self.firing()

    def firing(self) -> set[tuple[str, str]]:
        """Return what fires now; the disk is that of the machine, which other tests fill meanwhile."""
        return {alert for alert in self.prometheus.firing() if alert[0] != "SitrepDiskFilling"}

    def wait(self, ready: Callable[[], object], seconds: float, what: str) -> None:
        """Go on until something is so."""

        def look() -> object:
            self.drop()
            return ready()

        until(look, seconds, f"{what}; fired: {sorted(self.fired)}", every=0.5)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    changed = {
        "SITREP_MODEL": "light", "SITREP_POOL_SIZE": "1", "SITREP_CANARY": "false", "SITREP_SETTLE_SECONDS": "0.3",
        "SITREP_LOOK_SECONDS": "1", "SITREP_LEDGER_SECONDS": "1",
        "SITREP_UNSURE_SECONDS": "0.3",  # for the files are of another user, and have to settle longer
    }  # fmt: skip
    with Database(tmp_path_factory.mktemp("postgres")) as database:
        database.ready()
        with Compose(tmp_path_factory.mktemp("compose"), database, "alerts", changed) as compose:
            targets = {name: [f"127.0.0.1:{port}"] for name, port in compose.ports.items()}
            rules = sooner(RULES.read_text(), TIMES)
            with Prometheus(tmp_path_factory.mktemp("prometheus"), targets, rules) as prometheus:
                yield Live(compose, database, prometheus, Oracle(compose.inbox, "alerts"))


def _idle_series(compose: Compose) -> list[dict[str, str]]:
    """Return what the services show now as series that stay as they are for 15 minutes."""
    series = [{"series": f'up{{job="{name}"}}', "values": "1x15"} for name in RUNNING]
    for name in RUNNING:
        for family in text_string_to_metric_families(compose.metrics(name)):
            for sample in family.samples:
                # promtool's clock begins at 0: what is a moment is counted from now.
                value = sample.value - time.time() if sample.name.endswith("timestamp_seconds") else sample.value
                labels = ", ".join(f'{key}="{value}"' for key, value in {**sample.labels, "job": name}.items())
                series.append({"series": f"{sample.name}{{{labels}}}", "values": f"{value!r}x15"})
    return series


@pytest.mark.apt
def test_ten_idle_minutes_fire_nothing(live: Live, tmp_path: Path) -> None:
    live.wait(lambda: live.compose.rows("SELECT 1 FROM reports LIMIT 1"), 60, "reports flow")
    until(
        lambda: " 0.0" in re.findall(r"^sitrep_ingest_waiting_files.*", live.compose.metrics("ingest"), re.MULTILINE)[0],
        30,
        "idle",
    )
    until(
        lambda: not re.search(r"^sitrep_consumer_lag_records.* [1-9]", live.compose.metrics("monitor"), re.MULTILINE),
        30,
        "no lag",
    )
    checks: list[dict[str, Any]] = [
        {"eval_time": f"{minute}m", "alertname": alert, "exp_alerts": []} for minute in (1, 5, 10, 15) for alert in ALERTS
    ]
    case = {"interval": "1m", "input_series": _idle_series(live.compose), "alert_rule_test": checks}
    order = ["sitrep-recorded", "sitrep"]
    test = {"rule_files": [str(RULES)], "group_eval_order": order, "evaluation_interval": "1m", "tests": [case]}
    (tmp_path / "idle.yml").write_text(yaml.safe_dump(test))
    done = subprocess.run(
        [binary("promtool"), "test", "rules", "idle.yml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


CONSEQUENCES = {("SitrepNothingFlows", "")}
"""Of whatever reports have to pass."""
BEFORE_ENRICH = {("SitrepStageStalled", "sitrep-enrich")}
BEFORE_THE_STORE = {("SitrepStageStalled", "sitrep-store")}


@pytest.mark.apt
@pytest.mark.parametrize(
    ("name", "alert", "consequences"),
    [
        ("ingest", ("SitrepServiceDown", "ingest"), set()),
        ("enrich", ("SitrepServiceDown", "enrich"), CONSEQUENCES | BEFORE_ENRICH),
        ("store", ("SitrepServiceDown", "store"), CONSEQUENCES | BEFORE_THE_STORE),
        ("monitor", ("SitrepServiceDown", "monitor"), set()),
        (
            "kafka",
            ("SitrepKafkaDown", "monitor"),
            # The seconds that groups take to find Kafka again are minutes at this pace.
            CONSEQUENCES
            | BEFORE_ENRICH
            | BEFORE_THE_STORE
            | {("SitrepServiceDown", "enrich"), *(("SitrepServiceUnhealthy", job) for job in RUNNING)},
        ),
        (
            "postgres",
            ("SitrepDatabaseRefused", "monitor"),
            CONSEQUENCES | BEFORE_THE_STORE | {("SitrepServiceUnhealthy", job) for job in ("store", "monitor")},
        ),
    ],
)
def test_the_right_alert_fires_and_clears(
    live: Live, name: str, alert: tuple[str, str], consequences: set[tuple[str, str]]
) -> None:
    live.wait(lambda: not live.firing(), 60, "nothing fires before")
    live.fired.clear()
    (live.database.kill if name == "postgres" else lambda: live.compose.stop(name))()
    live.wait(lambda: alert in live.fired, 60, f"{alert} fires")
    enough = time.monotonic() + 8  # seconds that what follows of it has to fire as well
    live.wait(lambda: time.monotonic() > enough, 20, "it goes on")
    (live.database.start if name == "postgres" else lambda: live.compose.start(name))()
    live.wait(lambda: not live.firing(), 60, "it clears")
    assert live.fired - consequences == {alert}
    live.wait(lambda: live.compose.rows("SELECT count(*) FROM reports")[0][0] >= live.dropped - 5, 60, "all is stored")
