"""What the store measures."""

from prometheus_client import Counter, Histogram

from services.store.rows import Rows
from sitrep.contracts.codes import Stage
from sitrep.contracts.topics import RECEIPT
from sitrep.runtime.metrics import SECONDS, StageMetrics

RECORDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
ON_THE_WAY = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 21_600, 86_400)
SINCE_PUBLISHED = (300, 900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 172_800, 604_800, 2_592_000)


class StoreMetrics(StageMetrics):
    """The common counters, and what is particular to writing rows."""

    def __init__(self) -> None:
        super().__init__(Stage.STORE, (RECEIPT,))
        given = self.registry
        self.rows = Counter("sitrep_store_rows_total", "Rows handed to Postgres.", ["table"], registry=given)
        self.batch = Histogram("sitrep_store_batch_records", "Records written together.", buckets=RECORDS, registry=given)
        self.transaction = Histogram(
            "sitrep_store_transaction_seconds", "Time of one committed batch.", buckets=SECONDS, registry=given
        )
        self.since_ready = Histogram(
            "sitrep_store_ready_to_row_seconds",
            "From a file that is complete in the inbox to its committed rows.",
            buckets=ON_THE_WAY,
            registry=given,
        )
        self.since_published = Histogram(
            "sitrep_store_published_to_row_seconds",
            "From the publish date of an article (a mere day: its beginning, UTC) to its committed rows.",
            buckets=SINCE_PUBLISHED,
            registry=given,
        )
        for table in Rows.__dataclass_fields__:
            self.rows.labels(table)
