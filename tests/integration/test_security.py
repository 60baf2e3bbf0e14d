"""Kafka with passwords over TLS: the right ones are let in everywhere, and each wrong one is refused with a sentence."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sitrep.embedded import ports
from tests.support.secure import SecureBroker
from tests.support.servers import Database
from tests.support.service import Place, Service, tick_until

NAMES = ("ingest", "enrich", "store", "monitor")


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureBroker]:
    with SecureBroker(tmp_path_factory.mktemp("secure")) as broker:
        broker.ready()
        yield broker


def sitrep(environ: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """Run one command as somebody who has these settings."""
    command = [sys.executable, "-P", "-m", "sitrep.cli.entry", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **environ})


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "PLAIN"])
def test_a_report_goes_the_whole_way(tmp_path: Path, secure: SecureBroker, database: Database, mechanism: str) -> None:
    environ = secure.environ(SITREP_KAFKA_MECHANISM=mechanism)
    place = Place(tmp_path, secure, database, extra=environ)
    with ExitStack() as stack:
        readers = {"monitor": {"SITREP_POSTGRES_URI": database.uri("reader")}}
        services = [stack.enter_context(Service(name, place, readers.get(name))) for name in NAMES]
        (place.inbox / "a.txt").write_text(f"Shelling near Rivertown, {tmp_path.name}.")
        stored = "SELECT 1 FROM articles WHERE text LIKE %s"
        tick_until(services, lambda: database.rows(stored, f"%{tmp_path.name}%"), 90, "it is stored")
        assert [code for service in services for code in service.exits] == []
        environ |= {"SITREP_POSTGRES_URI": database.uri("reader"), "SITREP_DATA": str(tmp_path / "data")}
        environ["SITREP_INBOX"] = str(place.inbox)
        assert sitrep(environ, "topics").stdout == "all topics are there\n"
        tailed = sitrep(environ, "tail", "--from-beginning", "--until-end", "--format", "json")
        assert tmp_path.name in tailed.stdout, tailed.stderr
        lines = json.loads(sitrep(environ, "ledger", "--json").stdout)
        assert {line["stage"] for line in lines} == {"ingest", "enrich", "store"}
        assert all(secure.directory.joinpath("password").read_text().strip() not in service.said() for service in services)


def wrong(broker: SecureBroker, kind: str) -> tuple[dict[str, str], str]:
    """Return settings that are wrong in one way, and what has to be said of them."""
    return {
        "authority": (
            broker.environ(SITREP_KAFKA_CA_FILE=str(broker.directory / "stranger.pem")),
            "its certificate is not accepted: self-signed certificate in certificate chain",
        ),
        "expired": (broker.environ(broker.expired), "its certificate is not accepted: certificate has expired"),
        "plain text": (
            {"SITREP_KAFKA_BOOTSTRAP": broker.secure, "SITREP_KAFKA_PROTOCOL": "PLAINTEXT"},
            "it does not accept plain text on this port",
        ),
        "password": (
            broker.environ(SITREP_KAFKA_PASSWORD="another", SITREP_KAFKA_PASSWORD_FILE=""),
            "it refuses the user sitrep with this password",
        ),
        "TLS without need": (broker.environ(broker.bootstrap), "it does not speak TLS on this port"),
    }[kind]


KINDS = ("authority", "expired", "plain text", "password", "TLS without need")


@pytest.mark.parametrize("kind", KINDS)
def test_a_command_that_is_let_in_nowhere_says_why(secure: SecureBroker, kind: str) -> None:
    environ, sentence = wrong(secure, kind)
    for words in (["topics"], ["tail", "--until-end"]):
        done = sitrep(environ, *words)
        assert done.returncode == 1
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "kind"), [*(("ingest", kind) for kind in KINDS), *((name, "password") for name in NAMES if name != "ingest")]
)
def test_a_service_that_is_let_in_nowhere_says_why_and_is_not_healthy(
    tmp_path: Path, secure: SecureBroker, database: Database, name: str, kind: str
) -> None:
    environ, sentence = wrong(secure, kind)
    port = ports.choose([name], {})[name]
    place = Place(tmp_path, secure, database, extra={**environ, "SITREP_METRICS_PORT": str(port)})

    def health() -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                return f"well: {answer.read().decode()}"
        except urllib.error.HTTPError as problem:
            return str(json.loads(problem.read())["detail"])
        except OSError:
            return ""

    with Service(name, place) as service:
        tick_until([service], lambda: sentence in health(), 30, f"{name} says why: {sentence}")
        assert "waiting for Kafka:" in service.said()


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"SITREP_KAFKA_PROTOCOL": "SASL_SSL"}, "SITREP_KAFKA_USER and SITREP_KAFKA_PASSWORD_FILE are needed"),
        ({"SITREP_KAFKA_PROTOCOL": "SSL", "SITREP_KAFKA_CA": "nonsense"}, "SITREP_KAFKA_CA_FILE is no certificate in PEM"),
        ({"SITREP_KAFKA_PROTOCOL": "TLS"}, "SITREP_KAFKA_PROTOCOL: input should be 'PLAINTEXT', 'SSL'"),
        ({"SITREP_KAFKA_PASSWORD_FILE": "/nowhere"}, "SITREP_KAFKA_PASSWORD_FILE: /nowhere cannot be read"),
    ],
)
def test_settings_that_cannot_be_are_refused(environ: dict[str, str], sentence: str) -> None:
    done = sitrep({"SITREP_KAFKA_BOOTSTRAP": "127.0.0.1:1", **environ}, "topics")
    assert done.returncode in {2, 78}
    assert sentence in done.stderr
    served = sitrep({"SITREP_KAFKA_BOOTSTRAP": "127.0.0.1:1", **environ}, "serve", "ingest")
    assert served.returncode == 78
    assert sentence in served.stderr
