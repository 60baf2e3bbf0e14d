"""The server as docker-compose.yml has it: its commands, settings, health checks, metrics and dashboards, on real servers."""

import itertools
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import termios
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from confluent_kafka import ConsumerGroupTopicPartitions, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient
from jsonschema import Draft202012Validator

from deploy.contracts import HEADERS, schema, types
from deploy.dashboards import DASHBOARDS
from services.store.columns import UPSERTS, listed
from sitrep.contracts.topics import ALL
from sitrep.embedded import ports, postgres
from sitrep.embedded.child import Command, spawn
from tests.support import container
from tests.support.compose import COMPOSE, RUNNING, Compose
from tests.support.debian import library_path, unpacked
from tests.support.prometheus import RULES, Prometheus, binary
from tests.support.servers import Database
from tests.support.topics import read_all
from tests.support.wait import until

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
PERIOD = {"$__timeFrom()": "'2024-11-01T00:00:00Z'", "$__timeTo()": "'2024-12-31T00:00:00Z'"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, database: Database) -> Iterator[Compose]:
    with Compose(tmp_path_factory.mktemp("compose"), database, "compose") as running:
        yield running


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory, server: Compose) -> Iterator[Prometheus]:
    targets = {name: [f"127.0.0.1:{port}"] for name, port in server.ports.items()}
    with Prometheus(tmp_path_factory.mktemp("prometheus"), targets, RULES.read_text()) as running:
        yield running


@pytest.fixture(scope="module")
def story(server: Compose, prometheus: Prometheus) -> Compose:
    """The server with the examples stored, and something refused, while Prometheus looked on."""
    for name in ("done.bin", "again.bin"):
        (server.inbox / name).write_bytes(b"a\0b" + name.encode())
    for example in EXAMPLES:
        shutil.copy(example, server.inbox / f".{example.name}")
        (server.inbox / f".{example.name}").rename(server.inbox / example.name)
    until(lambda: server.rows("SELECT count(*) FROM reports") == [(len(EXAMPLES),)], 60, "the examples are rows")
    until(lambda: server.rows("SELECT count(*) FROM refusals") == [(2,)], 60, "the refusals are rows")
    return server


def test_every_service_runs_in_its_image_and_is_healthy(server: Compose) -> None:
    for name in RUNNING:
        assert server.health(name) == {"status": "ok", "detail": "working"}
        assert server.run(name, "python", "-c", "import pytest").returncode != 0
    assert server.run("store", "python", "-c", "import spacy").returncode != 0
    # Once more changes nothing.
    for name in ("migrate", "topics"):
        server.start(name)
        assert server.processes[name].wait(60) == 0


@pytest.mark.skipif(not container.possible(), reason="mounts and users take root")
@pytest.mark.parametrize("name", RUNNING)
def test_a_service_runs_as_its_container_would(server: Compose, name: str) -> None:
    (mount,) = COMPOSE["services"][name]["tmpfs"]
    size = int(mount.partition("size=")[2].partition("m")[0]) * 1024
    looked = server.run(
        name, "sh", "-c", "id -u; df -k --output=size /tmp | tail -n 1; touch /etc/x /usr/x; touch /tmp/x && echo written"
    )
    assert looked.stdout.split() == ["1000", str(size), "written"]
    assert looked.stderr.count("Read-only file system") == 2


@pytest.mark.skipif(not container.possible(), reason="mounts and users take root")
@pytest.mark.parametrize(("megabytes", "code"), [(None, 0), (48, 1)], ids=["as it is", "smaller"])
def test_the_temporary_files_of_ingest_have_room(
    server: Compose, monkeypatch: pytest.MonkeyPatch, megabytes: int | None, code: int
) -> None:
    if megabytes is not None:
        monkeypatch.setitem(COMPOSE["services"]["ingest"], "tmpfs", [f"/tmp:size={megabytes}m,mode=1777"])
    loaded = server.run("ingest", "python", "-c", "from services.ingest import language; language.load()")
    assert loaded.returncode == code
    assert ("No space left on device" in loaded.stderr) == bool(code)


def test_a_canary_comes_through_and_nobody_sees_it(server: Compose) -> None:
    def passed() -> bool:
        found = re.search(r"^sitrep_canary_last_success_timestamp_seconds (\S+)", server.metrics("monitor"), re.MULTILINE)
        return found is not None and float(found[1]) > 0

    until(passed, 60, "a canary has come through")
    (canaries,) = server.rows("SELECT count(*) FROM articles WHERE canary")[0]
    assert canaries >= 1
    for view in ("reports", "said", "about", "control", "casualties", "first_said", "arrivals", "undated", "entities"):
        assert server.rows(
            f"SELECT count(*) FROM {view} AS v WHERE v::text ILIKE '%test report%' OR v::text ILIKE '%Geneva%'"
        ) == [(0,)], view
    assert server.rows("SELECT count(*) FROM search('Geneva')") == [(0,)]
    assert server.rows("SELECT count(*) FROM search_claims('town captured')") == [(0,)]
    until(lambda: not list((server.inbox / "_done").rglob("canary/*")), 15, "its files are cleared away")


def test_a_health_check_sees_a_service_that_cannot_work(server: Compose) -> None:
    server.stop("monitor")
    probe = server.run("monitor", "python", "-m", "sitrep.runtime.probe", str(server.ports["monitor"]))
    assert probe.returncode == 1
    assert "refused" in probe.stdout
    server.start("monitor")
    until(lambda: server.healthy("monitor"), 30, "the monitor is back")


@pytest.mark.apt
@pytest.mark.parametrize(
    "command",
    [["tail", "--from-beginning", "--until-end", "--format", "json"], ["export", "--format", "jsonl"]],
    ids=["tail", "export"],
)
def test_canaries_are_left_out_of(story: Compose, command: list[str]) -> None:
    done = story.run("monitor", "sitrep", *command)
    assert done.returncode == 0, done.stderr
    articles = [json.loads(line)["article"] for line in done.stdout.splitlines()]
    assert {article["canary"] for article in articles} == {False}
    assert len({article["article_id"] for article in articles}) == len(EXAMPLES)


@pytest.mark.apt
@pytest.mark.parametrize("name", RUNNING)
def test_metrics_are_clean(story: Compose, name: str) -> None:
    done = subprocess.run(
        [binary("promtool"), "check", "metrics"], input=story.metrics(name), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


@pytest.mark.apt
def test_latencies_carry_articles_as_exemplars(story: Compose, prometheus: Prometheus) -> None:
    ids = {id_ for (id_,) in story.rows("SELECT article_id FROM articles")}
    shown = story.metrics("store", "application/openmetrics-text; version=1.0.0")
    found = re.findall(r'sitrep_store_ready_to_row_seconds_bucket\{.*\} \S+ # \{article_id="(\w+)"\}', shown)
    assert found
    assert set(found) <= ids
    assert "sitrep_store_published_to_row_seconds_bucket" in shown

    def stored() -> Any:
        return prometheus.ask("query_exemplars", query="sitrep_store_ready_to_row_seconds_bucket", start="0", end="99999999999")

    until(stored, 15, "Prometheus has an exemplar")


@pytest.mark.apt
def test_the_ledger_has_no_remainder(story: Compose) -> None:
    done = story.run("monitor", "sitrep", "ledger", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = {line["stage"]: line for line in json.loads(done.stdout)}
    assert set(lines) == {"ingest", "enrich", "store"}
    assert lines["ingest"]["rejected"] == 2
    assert lines["ingest"]["inputs"] >= len(EXAMPLES) + 2
    assert lines["store"]["outputs"] == lines["ingest"]["outputs"]
    assert all(line["remainder"] == line["waiting"] == 0 for line in lines.values())


@pytest.mark.apt
def test_the_ledger_sees_a_row_that_is_gone(story: Compose) -> None:
    with psycopg.connect(story.uri("owner"), autocommit=True) as owner:
        owner.execute("CREATE TEMP TABLE kept AS SELECT * FROM sitrep.sightings ORDER BY article_id LIMIT 1")
        owner.execute("DELETE FROM sitrep.sightings AS s USING kept AS k WHERE s.article_id = k.article_id")
        try:
            done = story.run("monitor", "sitrep", "ledger", "--json")
        finally:
            columns = listed(UPSERTS["sightings"].all)  # the others are generated
            owner.execute(f"INSERT INTO sitrep.sightings ({columns}) SELECT {columns} FROM kept".encode())
    assert done.returncode == 1
    assert {line["stage"]: line["remainder"] for line in json.loads(done.stdout)} == {"ingest": 0, "enrich": 0, "store": 1}


@pytest.mark.apt
def test_top_shows_the_story_once(story: Compose) -> None:
    done = story.run("monitor", "sitrep", "top", "--once")
    assert done.returncode == 0, done.stderr
    for expected in ("ingest", "enrich", "store", "inbox 0 files", "casualties", "binary", "half within"):
        assert expected in done.stdout


@pytest.mark.apt
@pytest.mark.parametrize("ending", [b"q", b"\x03"], ids=["q", "Ctrl-C"])
def test_top_is_live_and_quits_cleanly(story: Compose, ending: bytes) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        env = {**os.environ, **story.env("monitor"), "TERM": "xterm", "COLUMNS": "120", "LINES": "40"}
        os.execvpe("sitrep", ["sitrep", "top", "--seconds", "0.5"], env)
    seen = b""

    def read() -> bool:
        nonlocal seen
        while select.select([terminal], [], [], 0)[0]:
            try:
                found = os.read(terminal, 65_536)
            except OSError:  # it has ended
                return True
            seen += found
        return seen.count(b"last reports") >= 3

    try:
        before = termios.tcgetattr(terminal)
        until(read, 30, "it has drawn three times")
        os.write(terminal, ending)
        until(lambda: read() and os.waitpid(pid, os.WNOHANG)[0] == pid, 10, "it has ended")
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise
    assert b"\x1b[?1049h" in seen, "on a screen of its own"
    assert seen.rstrip().endswith(b"\x1b[?1049l"), "which it has left"
    assert termios.tcgetattr(terminal)[3] == before[3], "with the terminal as it was"
    os.close(terminal)


def _panels(source: str) -> list[Any]:
    return [
        pytest.param(target, id=f"{file.removesuffix('.json')}: {panel['title']} {target['refId']}")
        for file, made in DASHBOARDS.items()
        for panel in made()["panels"]
        for target in panel["targets"]
        if target["datasource"]["type"] == source
    ]


@pytest.mark.apt
@pytest.mark.parametrize("target", _panels("prometheus"))
def test_every_panel_of_prometheus_has_data(story: Compose, prometheus: Prometheus, target: dict[str, Any]) -> None:
    query = target["expr"].replace("$__rate_interval", "1m")
    until(lambda: prometheus.vector(query), 30, query)


@pytest.mark.apt
@pytest.mark.parametrize("target", _panels("postgres"))
def test_every_panel_of_postgres_has_data(story: Compose, target: dict[str, Any]) -> None:
    query = target["rawSql"]
    for macro, value in PERIOD.items():
        query = query.replace(macro, value)
    assert "$" not in query
    assert story.rows(query)


@pytest.mark.apt
def test_live_messages_follow_their_schemas(story: Compose) -> None:
    schemas = {name: Draft202012Validator(schema(type_)) for name, type_ in types().items()}
    seen = set()
    for topic in ALL:
        for record in read_all(story.bootstrap, topic):
            head = {name: value.decode() for name, value in record.headers}
            assert head["ce_type"] in {type_.name for type_ in topic.types}
            assert set(head) <= set(HEADERS)
            errors = [error.message for error in schemas[head["ce_type"]].iter_errors(json.loads(record.value))]
            assert errors == []
            seen.add(head["ce_type"])
    assert seen >= {"sitrep.article.v1", "sitrep.enriched.v1", "sitrep.rejected.v1", "sitrep.receipt.v1"}


def _snippet(kind: str) -> str:
    text = (ROOT / "docs" / "consume.md").read_text("utf-8")
    (found,) = re.findall(rf"<!-- run: {kind} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    return str(found)


@pytest.mark.apt
def test_the_consumer_in_python(story: Compose, tmp_path: Path) -> None:
    (tmp_path / "consumer.py").write_text(_snippet("python"))
    env = {**story.env("store"), "KAFKA": story.bootstrap, "HOME": str(tmp_path)}
    with subprocess.Popen(
        ["python", "consumer.py"], cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as consumer:
        try:
            assert consumer.stdout is not None
            lines = [consumer.stdout.readline() for _ in range(3)]
        finally:
            consumer.kill()
    assert all(re.match(r"2024-11-\d\d .+: .+", line) for line in lines), lines


@pytest.mark.apt
def test_the_consumer_in_a_terminal(story: Compose) -> None:
    root = unpacked("kcat")
    env = {"PATH": f"{root / 'usr' / 'bin'}:/usr/bin:/bin", "LD_LIBRARY_PATH": library_path(root), "KAFKA": story.bootstrap}
    done = subprocess.run(["sh", "-c", _snippet("kcat")], env=env, capture_output=True, text=True, check=True, timeout=60)
    found = [line.split("\t", 2) for line in done.stdout.splitlines()]
    assert len(found) >= len(EXAMPLES)
    for key, head, value in found:
        assert "ce_type=sitrep.enriched.v1" in head or "ce_type=sitrep.sighting.v1" in head
        assert key in value


@pytest.mark.apt
def test_stored_articles_are_counted_for_another_reading(story: Compose) -> None:
    code, said = _docker(story, ["docker", "compose", "exec", "monitor", "sitrep", "reenrich", "--dry-run"])
    assert (code, "0 articles of an older version are meant" in said) == (0, True), said


RUNBOOKS = sorted(path for path in (ROOT / "docs" / "runbooks").glob("*.md") if path.name != "README.md")
DONE: dict[str, tuple[int, str]] = {}
"""What each command came to: many runbooks begin with the same look."""


@pytest.mark.apt
@pytest.mark.parametrize("runbook", RUNBOOKS, ids=[path.stem for path in RUNBOOKS])
def test_the_commands_of_a_runbook_run(story: Compose, runbook: Path) -> None:
    text = runbook.read_text("utf-8").replace("\\\n", " ")
    commands = re.findall(r"^    (\S.*)$", text, re.MULTILINE) + re.findall(r"`(docker [^`]+)`", text.replace("\n", " "))
    (id_,) = story.rows("SELECT article_id FROM reports ORDER BY 1 LIMIT 1")[0]
    for command in commands:
        refused = command.replace("dismiss NAME-OF-A-FILE", "dismiss done.bin")
        mapped = refused.replace("NAME-OF-A-FILE", EXAMPLES[0].name).replace("ARTICLE-ID", id_)
        if mapped not in DONE:
            DONE[mapped] = _docker(story, mapped.split())
        code, said = DONE[mapped]
        assert code == 0, f"{command}: {said}"
    assert commands


def _docker(server: Compose, words: list[str]) -> tuple[int, str]:
    """Do what a docker command would do, and return its exit code and what it says; fail on one that is not known."""
    match words:
        case ["docker", "compose", "exec", "kafka", "env", _, "/opt/kafka/bin/kafka-consumer-groups.sh", *options]:
            return _set_back(server, dict(itertools.pairwise(options)))
        case ["docker", "compose", "exec", name, *command]:
            done = server.run(name, *[server.mapped(name, word) for word in command])
            return done.returncode, done.stdout + done.stderr
        case ["docker", "compose", "run", "--rm", name, *options]:
            service = COMPOSE["services"][name]
            command = [*service.get("entrypoint", ()), *(options or service.get("command", ()))]
            done = server.run(name, *command)
            return done.returncode, done.stdout + done.stderr
        case ["docker", "compose", "restart", name]:
            server.stop(name)
            server.start(name)
            until(lambda: server.healthy(name), 60, f"{name} is healthy again")
            return 0, ""
        case ["docker", "compose", "stop", name]:
            server.stop(name)
            return 0, ""
        case ["docker", "compose", "start", name]:
            server.start(name)
            until(lambda: server.healthy(name), 60, f"{name} is healthy again")
            return 0, ""
        case ["docker", "compose", "logs", "--tail", "50", *names] | ["docker", "compose", "ps", *names]:
            return int(not set(names) <= set(COMPOSE["services"])), f"services {names}"
        case ["docker", "compose", "up", "--detach", *rest]:
            names = [word for word in rest if not word.startswith("--") and "=" not in word]
            return int(not set(names) <= set(COMPOSE["services"])), f"services {names}"
        case ["docker", "system", "df"]:
            return 0, ""
    raise AssertionError(f"nobody knows what {' '.join(words)} does")


def _set_back(server: Compose, options: dict[str, str]) -> tuple[int, str]:
    """Do what `kafka-consumer-groups.sh --reset-offsets --to-earliest --execute` does, with a client that is at hand."""
    assert options["--bootstrap-server"] == "localhost:9092"
    assert {"--reset-offsets", "--to-earliest"} <= options.keys()
    admin = AdminClient({"bootstrap.servers": server.bootstrap})
    topic = options["--topic"]
    partitions = [TopicPartition(topic, n, 0) for n in admin.list_topics(topic, timeout=10).topics[topic].partitions]
    wanted = ConsumerGroupTopicPartitions(options["--group"], partitions)

    def done() -> bool:
        try:
            admin.alter_consumer_group_offsets([wanted])[options["--group"]].result(10)
        except KafkaException:  # the member that was killed is still in its group
            return False
        return True

    until(done, 30, "the group is empty")
    return 0, ""


@pytest.mark.apt
def test_prometheus_starts_as_it_is_told(tmp_path: Path) -> None:
    config = (ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text("utf-8")
    mapped = config.replace("/etc/prometheus/rules.yml", str(RULES))
    assert mapped != config
    (tmp_path / "prometheus.yml").write_text(mapped)
    checked = subprocess.run(
        [binary("promtool"), "check", "config", str(tmp_path / "prometheus.yml")], capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    jobs = {job["job_name"] for job in yaml.safe_load(config)["scrape_configs"]}
    assert jobs == set(RUNNING)
    service = COMPOSE["services"]["prometheus"]
    port = ports.choose(["prometheus"], {})["prometheus"]
    places = {"/etc/prometheus/prometheus.yml": str(tmp_path / "prometheus.yml"), "=/prometheus": f"={tmp_path / 'tsdb'}"}
    command = service["command"]
    for said, meant in places.items():
        command = [word.replace(said, meant) for word in command]
    argv = [binary("prometheus"), *command, f"--web.listen-address=127.0.0.1:{port}"]
    url = service["healthcheck"]["test"][-1].replace("localhost:9090", f"127.0.0.1:{port}")

    def ready() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    process = spawn(Command("prometheus", argv), tmp_path / "log")
    try:
        until(ready, 30, "its health check")
    finally:
        process.kill()
        process.wait()


def test_postgres_is_made_and_asked_as_it_is_told(tmp_path: Path, database: Database) -> None:
    service = COMPOSE["services"]["postgres"]
    (tmp_path / "pw").write_text("secret")
    for path in (tmp_path, tmp_path / "pw"):
        path.chmod(0o777)
    options = service["environment"]["POSTGRES_INITDB_ARGS"].split()
    how = ["--username=sitrep_owner", f"--pwfile={tmp_path / 'pw'}", "-D", str(tmp_path / "cluster")]
    command = [*postgres.as_ordinary_user(tmp_path), str(postgres.binary("initdb")), *options, *how]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    rules = [
        line.split() for line in (tmp_path / "cluster" / "pg_hba.conf").read_text().splitlines() if line and line[0] != "#"
    ]
    assert {(rule[0], rule[-1]) for rule in rules} == {("local", "trust"), ("host", "scram-sha-256")}
    kind, _, *check = service["healthcheck"]["test"]
    assert kind == "CMD"
    asked = [str(postgres.binary("pg_isready")), *check, "--port"]
    assert subprocess.run([*asked, str(database.port)], capture_output=True, check=False).returncode == 0
    assert subprocess.run([*asked, "1"], capture_output=True, check=False).returncode != 0
