"""/metrics and /health."""

import json
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import RECEIPT
from sitrep.runtime.endpoint import Endpoint
from sitrep.runtime.health import Health
from sitrep.runtime.metrics import StageMetrics
from sitrep.runtime.outcomes import Cause


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.read().decode()


def test_endpoint_serves_metrics_and_health() -> None:
    metrics, health = StageMetrics(Stage.STORE, (RECEIPT,)), Health()
    endpoint = Endpoint("127.0.0.1", 0, metrics.registry, health)
    try:
        metrics.received.inc(3)
        assert "sitrep_store_received_total 3.0" in get(endpoint.port, "/metrics")[1]
        assert get(endpoint.port, "/health")[0] == 503
        health.ok()
        assert get(endpoint.port, "/health") == (200, json.dumps({"status": "ok", "detail": "working"}))
        health.trouble(Cause.KAFKA, "no broker")
        assert get(endpoint.port, "/health?x")[0] == 503
        shown = get(endpoint.port, "/metrics")[1]
        assert 'sitrep_trouble_attempts_total{cause="kafka"} 1.0' in shown
        assert "sitrep_healthy 0.0" in shown
        assert get(endpoint.port, "/else")[0] == 404
        with pytest.raises(OSError, match="in use"):
            Endpoint("127.0.0.1", endpoint.port, metrics.registry, health)
    finally:
        endpoint.close()


def test_who_has_to_say_so_again_is_failing_when_silent() -> None:
    health = Health(patience=0.0)
    assert health.read()[0] == "starting"
    health.ok()
    state, said = health.read()
    assert (state, said) == ("failing", "nothing was done for 0 s")
    patient = Health(patience=60.0)
    patient.ok()
    assert patient.read()[0] == "ok"


def test_a_probe_says_what_the_service_says() -> None:
    health = Health()
    endpoint = Endpoint("127.0.0.1", 0, StageMetrics(Stage.STORE, (RECEIPT,)).registry, health)

    def probe(port: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "sitrep.runtime.probe", port]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    try:
        assert probe(str(endpoint.port)) == (1, '{"status": "starting", "detail": "not ready yet"}\n')
        health.ok()
        assert probe(str(endpoint.port)) == (0, '{"status": "ok", "detail": "working"}\n')
    finally:
        endpoint.close()
    assert probe(str(endpoint.port))[0] == 1
    assert probe("what")[0] == 1
