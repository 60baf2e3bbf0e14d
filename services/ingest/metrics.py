"""What ingest measures."""

from prometheus_client import Counter, Gauge

from sitrep.contracts.codes import Stage
from sitrep.runtime.metrics import StageMetrics


class IngestMetrics(StageMetrics):
    """The common counters, and what is particular to a directory."""

    def __init__(self) -> None:
        super().__init__(Stage.INGEST)
        self.files = Counter("sitrep_ingest_files_total", "Files finished, by where.", ["where"], registry=self.registry)
        self.ignored = Counter("sitrep_ingest_ignored_total", "Things left alone.", ["reason"], registry=self.registry)
        self.waiting = Gauge("sitrep_ingest_waiting_files", "Files in the inbox or claimed.", registry=self.registry)
