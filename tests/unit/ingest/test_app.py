"""The wiring of ingest, as far as it goes without a broker."""

import asyncio
import time
from pathlib import Path

from services.ingest.app import Ingest
from services.ingest.inbox import Inbox
from services.ingest.metrics import IngestMetrics
from services.ingest.settings import IngestSettings
from sitrep.runtime.health import Health


def test_every_batch_says_that_the_work_goes_on(tmp_path: Path) -> None:
    settings = IngestSettings(inbox=tmp_path / "inbox", data=tmp_path / "data")
    inbox, health = Inbox(settings.inbox), Health(patience=60.0)
    inbox.make()
    ingest = Ingest(settings, inbox, IngestMetrics(), health)
    assert health.read()[0] == "starting"
    asyncio.run(ingest._finished([], time.perf_counter()))
    assert health.read() == ("ok", "working")
