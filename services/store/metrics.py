"""What the store measures."""

from prometheus_client import Counter, Histogram

from sitrep.contracts.codes import Stage
from sitrep.runtime.metrics import SECONDS, StageMetrics


class StoreMetrics(StageMetrics):
    """The common counters, and what is particular to writing rows."""

    def __init__(self) -> None:
        super().__init__(Stage.STORE)
        self.rows = Counter("sitrep_store_rows_total", "Rows handed to Postgres.", ["table"], registry=self.registry)
        self.transaction = Histogram(
            "sitrep_store_transaction_seconds", "Time of one committed batch.", buckets=SECONDS, registry=self.registry
        )
