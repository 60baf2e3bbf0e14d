"""The counters that every stage has. Each service adds its own beside them, in its own registry."""

import platform
from importlib import metadata

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics

from sitrep.contracts.codes import CODES_OF, Stage
from sitrep.contracts.topics import MessageType

SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a counter was made says nothing that `process_start_time_seconds` does not


def service_registry() -> CollectorRegistry:
    """Return a registry that has what every process says of itself: its version, its memory, its open files."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    build = Gauge("sitrep_build_info", "1, with what runs as labels.", ["version", "python"], registry=registry)
    build.labels(metadata.version("sitrep"), platform.python_version()).set(1)
    return registry


class StageMetrics:
    """What came in, went out, was refused (by code) and was tried again, and how long a batch took.

    Every label that there can be is there from the start with 0: an increase from nothing is none to Prometheus.
    """

    def __init__(self, stage: Stage, sends: tuple[MessageType, ...]) -> None:
        self.registry = service_registry()
        name = f"sitrep_{stage}"
        self.received = Counter(f"{name}_received_total", "Inputs taken in.", registry=self.registry)
        self.sent = Counter(f"{name}_sent_total", "Results confirmed, by message type.", ["type"], registry=self.registry)
        self.rejected = Counter(f"{name}_rejected_total", "Inputs refused, by code.", ["code"], registry=self.registry)
        self.retried = Counter(f"{name}_retried_total", "Attempts that had to be repeated.", registry=self.registry)
        self.duration = Histogram(
            f"{name}_duration_seconds", "Time spent on one batch.", buckets=SECONDS, registry=self.registry
        )
        self.last_progress = Gauge(
            f"{name}_last_progress_timestamp_seconds",
            "When a batch was last finished; before the first one, when the process began.",
            registry=self.registry,
        )
        self.last_progress.set_to_current_time()
        for type_ in sends:
            self.sent.labels(type_.name)
        for code in CODES_OF[stage]:
            self.rejected.labels(code)
