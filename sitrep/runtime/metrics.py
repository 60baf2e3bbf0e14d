"""The counters that every stage has. Each service adds its own beside them, in its own registry."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from sitrep.contracts.codes import Stage

SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class StageMetrics:
    """What came in, went out, was refused (by code) and was tried again, and how long a batch took."""

    def __init__(self, stage: Stage) -> None:
        self.registry = CollectorRegistry()
        name = f"sitrep_{stage}"
        self.received = Counter(f"{name}_received_total", "Inputs taken in.", registry=self.registry)
        self.sent = Counter(f"{name}_sent_total", "Results confirmed, by message type.", ["type"], registry=self.registry)
        self.rejected = Counter(f"{name}_rejected_total", "Inputs refused, by code.", ["code"], registry=self.registry)
        self.retried = Counter(f"{name}_retried_total", "Attempts that had to be repeated.", registry=self.registry)
        self.duration = Histogram(
            f"{name}_duration_seconds", "Time spent on one batch.", buckets=SECONDS, registry=self.registry
        )
        self.last_progress = Gauge(
            f"{name}_last_progress_timestamp_seconds", "When a batch was last finished.", registry=self.registry
        )
