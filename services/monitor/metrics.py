"""What the monitor measures."""

import math
from collections.abc import Iterable
from pathlib import Path
from shutil import disk_usage

from prometheus_client import Counter, Gauge, Histogram

from services.monitor.ledger import Line
from sitrep.runtime.metrics import service_registry

SECONDS = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)
REASONS = ("late", "entities", "claims", "not_dropped")


class MonitorMetrics:
    """Servers, lag, ledger, disks and canaries. What could not be asked is absent, never an old number."""

    def __init__(self, directories: Iterable[tuple[str, Path]]) -> None:
        self.registry = given = service_registry()
        self.kafka_up = Gauge("sitrep_kafka_up", "1 while Kafka answers.", registry=given)
        self.database_up = Gauge("sitrep_database_up", "1 while Postgres answers.", registry=given)
        for up in (self.kafka_up, self.database_up):
            up.set(math.nan)  # not known before the first look; a 0 would say that nobody answers
        self._lag = Gauge(
            "sitrep_consumer_lag_records",
            "Records that a consumer group has not committed.",
            ["group", "topic", "partition"],
            registry=given,
        )
        self._ends = Gauge(
            "sitrep_topic_end_offset", "Offset of the next record of a partition.", ["topic", "partition"], registry=given
        )
        self._committed = Gauge(
            "sitrep_consumer_committed_offset",
            "Offset up to which a consumer group is done.",
            ["group", "topic", "partition"],
            registry=given,
        )
        ledger = {name: f"Ledger: {text}" for name, text in Line.meanings().items()}
        self._ledger = {name: Gauge(f"sitrep_ledger_{name}", text, ["stage"], registry=given) for name, text in ledger.items()}
        self.canary = Histogram(
            "sitrep_canary_seconds", "From the drop of a canary to its rows.", buckets=SECONDS, registry=given
        )
        self.canary_passed = Gauge(
            "sitrep_canary_last_success_timestamp_seconds", "When a canary last came through whole.", registry=given
        )
        self.canary_failed = Counter(
            "sitrep_canary_failed_total", "Canaries that did not come through whole, by reason.", ["reason"], registry=given
        )
        for reason in REASONS:
            self.canary_failed.labels(reason)
        free = Gauge("sitrep_disk_free_bytes", "Free space where a directory is.", ["directory"], registry=given)
        size = Gauge("sitrep_disk_size_bytes", "Size of the disk where a directory is.", ["directory"], registry=given)
        for name, path in directories:
            free.labels(name).set_function(lambda path=path: _disk(path)[1])  # type: ignore[misc]
            size.labels(name).set_function(lambda path=path: _disk(path)[0])  # type: ignore[misc]

    def lag(self, found: Iterable[tuple[str, str, int, int, int]]) -> None:
        """Show group, topic, partition, records not committed and end offset, in place of what was shown before."""
        self._lag.clear()
        self._ends.clear()
        self._committed.clear()
        for group, topic, partition, behind, end in found:
            self._lag.labels(group, topic, partition).set(behind)
            self._ends.labels(topic, partition).set(end)
            self._committed.labels(group, topic, partition).set(end - behind)

    def ledger(self, lines: Iterable[Line]) -> None:
        """Show a ledger in place of the one before."""
        for gauge in self._ledger.values():
            gauge.clear()
        for line in lines:
            for name, count in line.counts().items():
                self._ledger[name].labels(line.stage).set(count)


def _disk(path: Path) -> tuple[float, float]:
    """Return size and free space in bytes; not a number where there is no such directory."""
    try:
        found = disk_usage(path)
    except OSError:
        return float("nan"), float("nan")
    return found.total, found.free
