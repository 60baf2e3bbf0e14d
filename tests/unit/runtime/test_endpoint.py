"""/metrics and /health."""

import json
import urllib.error
import urllib.request

import pytest

from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import RECEIPT
from sitrep.runtime.endpoint import Endpoint, Health
from sitrep.runtime.metrics import StageMetrics


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
        health.failing("no broker")
        assert get(endpoint.port, "/health?x")[0] == 503
        assert get(endpoint.port, "/else")[0] == 404
        with pytest.raises(OSError, match="in use"):
            Endpoint("127.0.0.1", endpoint.port, metrics.registry, health)
    finally:
        endpoint.close()
