"""The server on a real engine, in the order in which somebody would live through it; the ledger is even throughout."""

import ipaddress
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.docker.engine import OURS, ROOT, SERVERS, Engine

AWAY_SECONDS = 120
LOG_BYTES = 20_000
"""Of one service while Kafka is away for that long and comes back: at 565 MB a day it was forty times that."""

RUNBOOKS = ("kafka-down", "service-down", "rejection-burst")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = Engine(tmp_path_factory.mktemp("docker") / "sitrep")
    made.shell("umask 077 && ./deploy/prepare.sh")
    try:
        made.compose("build", seconds=1800)
        began = time.monotonic()
        made.compose("up --detach", seconds=600)
        seconds = made.wait(made.healthy, 180, "every container is healthy")
        print(f"\nup: {time.monotonic() - began - seconds:.0f} s, healthy after {seconds:.0f} s more; {made.images()}")
        yield made
    finally:
        logs = made.compose("logs --tail 20", check=False)
        print(made.compose("ps --all", check=False), logs)
        made.compose("down --volumes --remove-orphans", check=False)


def test_reports_become_rows(engine: Engine) -> None:
    for example in sorted((ROOT / "examples").glob("*.txt")):
        (engine.inbox / f".{example.name}").write_bytes(example.read_bytes())
        (engine.inbox / f".{example.name}").rename(engine.inbox / example.name)
        engine.dropped += 1
    (engine.inbox / "bad.bin").write_bytes(b"\0")
    engine.holds("after the start")
    assert engine.sql("SELECT count(*) > 20 FROM said") == "t"
    assert engine.sql("SELECT string_agg(code, ',') FROM refusals") == "binary"
    engine.wait(lambda: engine.prometheus("sitrep_canary_last_success_timestamp_seconds > 0"), 150, "a canary")


def test_what_an_operator_asks_is_answered(engine: Engine) -> None:
    status = engine.compose("exec -T monitor sitrep status")
    for name in OURS:
        assert name in status
    assert "does not answer" not in status
    assert "Sarmada" in engine.compose("exec -T monitor sitrep search Sarmada")
    assert "casualties" in engine.compose("exec -T monitor sitrep top --once")
    assert "would be sent again" in engine.compose("run --rm rejected redrive --dry-run")
    assert engine.compose("exec -T --no-TTY monitor sitrep export --format csv").count("\n") > 20


def test_the_host_has_no_way_to_kafka_and_postgres(engine: Engine) -> None:
    # Nothing is sent to them: where the host has a route into their network, its users have one too.
    network = engine.network("inside")
    routes = {line.split()[1:2][0] for line in Path("/proc/net/route").read_text().splitlines()[1:] if line.split()[0] != "lo"}
    packed = ipaddress.ip_network(network["IPAM"]["Config"][0]["Subnet"]).network_address.packed
    assert packed[::-1].hex().upper() not in routes
    assert network["Internal"] is True
    outside = ipaddress.ip_network(engine.network("outside")["IPAM"]["Config"][0]["Subnet"]).network_address.packed
    assert outside[::-1].hex().upper() in routes, "as there is one into the network of Prometheus and Grafana"


def test_more_workers_and_fewer(engine: Engine) -> None:
    engine.compose("up --detach --scale enrich=2")
    engine.drop(60, "scaled")
    engine.wait(lambda: len(engine.containers("enrich")) == 2 and engine.healthy(["enrich"]), 180, "two workers are healthy")
    engine.wait(lambda: len(engine.prometheus('up{job="enrich"} == 1')) == 2, 90, "Prometheus sees both")
    engine.holds("with two workers")
    engine.compose("up --detach --scale enrich=1")
    began = time.monotonic()
    while time.monotonic() - began < 150:
        firing = engine.prometheus('ALERTS{alertname="SitrepServiceDown",alertstate="firing"}')
        assert firing == [], "a worker that was removed on purpose is not down"
        time.sleep(5)
    engine.holds("with one worker again")


@pytest.mark.parametrize("name", [*OURS, *SERVERS])
def test_a_container_is_restarted_at_work(engine: Engine, name: str) -> None:
    engine.drop(20, f"restarted-{name}")
    engine.compose(f"restart {name}")
    engine.holds(f"after {name} was restarted")
    engine.wait(engine.healthy, 240, "all are healthy")


@pytest.mark.parametrize("name", [*OURS, *SERVERS])
def test_a_container_is_killed_at_work(engine: Engine, name: str) -> None:
    engine.drop(20, f"killed-{name}")
    if name in OURS:  # everything in it, so that it ends by itself and is started again by the engine
        engine.compose(f"exec -T {name} sh -c 'kill -9 -1'", check=False)
    else:
        engine.compose(f"kill {name}")
        engine.compose(f"up --detach {name}")
    engine.holds(f"after {name} was killed")
    engine.wait(engine.healthy, 240, "all are healthy")


def test_kafka_is_away_and_everybody_says_so(engine: Engine) -> None:
    since = datetime.now(UTC).isoformat()
    engine.compose("stop kafka")
    began = time.monotonic()

    def unhealthy() -> bool:
        return {one["Service"] for one in engine.containers(*OURS) if one["Health"] == "unhealthy"} == set(OURS)

    engine.wait(unhealthy, 150, "all of ours are unhealthy")
    engine.drop(3, "meanwhile")
    engine.wait(lambda: time.monotonic() - began > AWAY_SECONDS, AWAY_SECONDS + 5, "it is away for a while")
    assert len(list(engine.inbox.glob("meanwhile-*.txt"))) == 3, "what cannot be sent stays where it was dropped"
    sizes = {name: engine.log_bytes(name, since) for name in OURS}
    print(sizes)
    assert max(sizes.values()) < LOG_BYTES
    engine.compose("start kafka")
    engine.holds("after Kafka came back")
    engine.wait(engine.healthy, 240, "all are healthy")


def test_down_and_up_again(engine: Engine) -> None:
    engine.drop(20, "before-down")
    engine.compose("down")
    engine.drop(20, "while-down")
    engine.compose("up --detach", seconds=600)
    engine.holds("after down and up")
    engine.wait(engine.healthy, 240, "all are healthy")


def test_new_passwords_are_taken_up(engine: Engine) -> None:
    secrets = engine.directory / "deploy" / "secrets"
    old = (secrets / "postgres_writer_password").read_text()
    for path in secrets.glob("postgres_writer_*"):
        path.chmod(0o644)
        path.write_text(path.read_text().replace(old, "another" + old[:20]))
    runbook = (engine.directory / "docs" / "runbooks" / "database-refused.md").read_text()
    commands = [
        line.strip() for line in runbook.partition("After new passwords")[2].splitlines() if line.startswith("    docker")
    ]
    assert commands
    for command in commands:
        engine.shell(command, seconds=300)
    engine.drop(5, "new-password")
    engine.holds("with a new password of the writer")


@pytest.mark.parametrize("name", RUNBOOKS)
def test_a_runbook_is_followed_to_the_letter(engine: Engine, name: str) -> None:
    text = (engine.directory / "docs" / "runbooks" / f"{name}.md").read_text().replace("\\\n", " ")
    commands = [line.strip() for line in text.splitlines() if line.startswith("    docker")]
    assert commands
    for command in commands:
        engine.shell(
            command.replace("docker compose exec ", "docker compose exec -T ").replace("NAME-OF-A-FILE", "bad.bin"), seconds=300
        )
    engine.drop(5, f"after-{name}")
    engine.holds(f"after {name}")


def test_a_prometheus_that_fails_holds_nobody_up(engine: Engine, tmp_path: Path) -> None:
    config = engine.directory / "deploy" / "prometheus" / "prometheus.yml"
    good = config.read_text()
    engine.compose("down")
    config.write_text("nonsense: [")
    engine.compose("up --detach", check=False, seconds=600)
    engine.drop(5, "without-prometheus")
    engine.holds("without Prometheus")
    config.write_text(good)
    engine.compose("up --detach", seconds=600)
    engine.wait(engine.healthy, 240, "all are healthy")
