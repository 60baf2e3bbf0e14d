"""Faust is set up exactly as the decision record says."""

import os
from pathlib import Path

os.environ["NO_CYTHON"] = "1"

from services.enrich.app import GROUP, build
from services.enrich.enricher import Enricher
from services.enrich.metrics import EnrichMetrics
from services.enrich.settings import EnrichSettings
from services.enrich.watchdog import Progress
from sitrep.runtime.health import Health


def test_faust_has_every_safe_setting(tmp_path: Path) -> None:
    settings = EnrichSettings(model="light", data=tmp_path, slot="3")
    app = build(settings, Enricher(settings, EnrichMetrics(), Health(), Progress()))
    expected = {
        "id": GROUP, "version": 1, "consumer_group_instance_id": "enrich-3", "broker_session_timeout": 10,
        "broker_heartbeat_interval": 3, "broker_commit_interval": 1, "broker_request_timeout": 15,
        "broker_rebalance_timeout": 20, "broker_max_poll_records": 64, "broker_max_poll_interval": 86400,
        "stream_buffer_maxsize": 64, "stream_wait_empty": False, "key_serializer": "raw", "value_serializer": "raw",
        "web_enabled": False, "topic_allow_declare": False, "topic_disable_leader": True,
    }  # fmt: skip
    assert {name: getattr(app.conf, name) for name in expected} == expected
    (agent,) = app.agents.values()
    assert agent.concurrency == 1
    assert GROUP == "sitrep-enrich"
