"""What ingest measures."""

import time

from prometheus_client import Counter, Gauge

from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import ARTICLE, SIGHTING
from sitrep.runtime.metrics import StageMetrics


class IngestMetrics(StageMetrics):
    """The common counters, and what is particular to a directory."""

    def __init__(self) -> None:
        super().__init__(Stage.INGEST, (ARTICLE, SIGHTING))
        self.files = Counter("sitrep_ingest_files_total", "Files finished, by where.", ["where"], registry=self.registry)
        self.ignored = Counter("sitrep_ingest_ignored_total", "Things left alone.", ["reason"], registry=self.registry)
        self.waiting = Gauge("sitrep_ingest_waiting_files", "Files in the inbox or claimed.", registry=self.registry)
        self.oldest_ns: int | None = None
        """When the file that waits longest was complete (nanoseconds since 1970); None where none waits."""
        oldest = Gauge(
            "sitrep_ingest_oldest_waiting_seconds", "How long the file that waits longest has waited.", registry=self.registry
        )
        oldest.set_function(lambda: 0.0 if self.oldest_ns is None else max(0.0, time.time() - self.oldest_ns / 1e9))
        self.inbox_gone = Gauge(
            "sitrep_ingest_inbox_gone", "1 while the inbox is not there or cannot be read and written.", registry=self.registry
        )
        for where in ("done", "rejected"):
            self.files.labels(where)
