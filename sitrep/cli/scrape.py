"""The metrics of the services as a command reads them: numbers now, rates and quantiles since a moment ago."""

import math
import socket
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

import httpx
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

WINDOW = 60.0
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sample:
    """All numbers of one moment (monotonic seconds), by name and labels; of several workers their sums."""

    at: float
    numbers: dict[tuple[str, Labels], float]
    silent: tuple[str, ...] = ()

    def total(self, name: str, **labels: str) -> float | None:
        """Return the sum over everything of a name that has these labels; None where there is nothing."""
        wanted = labels.items()
        found = [n for (said, has), n in self.numbers.items() if said == name and wanted <= dict(has).items()]
        return sum(found) if found else None

    def by(self, name: str, label: str) -> dict[str, float]:
        """Return the sums of a name by one of its labels."""
        sums: dict[str, float] = {}
        for (said, has), number in self.numbers.items():
            if said == name:
                key = dict(has)[label]
                sums[key] = sums.get(key, 0.0) + number
        return sums


def scrape(urls: Iterable[str], at: float) -> Sample:
    """Return what these addresses say; those that do not answer are named in `silent`."""
    numbers: dict[tuple[str, Labels], float] = {}
    silent = []
    with httpx.Client(timeout=2, trust_env=False) as client:
        for url in urls:
            try:
                found = [family for address in addresses(url) for family in _families(client, address)]
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):  # or it is not metrics that is said there
                silent.append(url)
                continue
            for sample in (sample for family in found for sample in family.samples):
                key = (sample.name, tuple(sorted(sample.labels.items())))
                numbers[key] = numbers.get(key, 0.0) + sample.value
    return Sample(at, numbers, tuple(silent))


def addresses(url: str) -> list[str]:
    """Return the URL with each address that its host has: workers that were made by scaling share one name. Raises OSError."""
    parts = httpx.URL(url)
    found = socket.getaddrinfo(parts.host, parts.port or 80, type=socket.SOCK_STREAM)
    return sorted({str(parts.copy_with(host=str(address[0]))) for *_, address in found})


def _families(client: httpx.Client, url: str) -> list[Metric]:
    return list(text_string_to_metric_families(client.get(url).raise_for_status().text))


@dataclass
class Recent:
    """The samples of the last minute."""

    samples: deque[Sample] = field(default_factory=deque)

    def add(self, sample: Sample) -> None:
        """Add the newest, and forget what is older than a minute."""
        self.samples.append(sample)
        while len(self.samples) > 2 and sample.at - self.samples[0].at > WINDOW:
            self.samples.popleft()

    @property
    def now(self) -> Sample:
        """Return the newest sample."""
        return self.samples[-1]

    def rate(self, name: str) -> float | None:
        """Return the increase a second of a counter; None where that cannot be said yet."""
        first, last = self.samples[0], self.samples[-1]
        before, after = first.total(name), last.total(name)
        if before is None or after is None or last.at <= first.at or after < before:
            return None
        return (after - before) / (last.at - first.at)

    def quantile(self, name: str, share: float) -> float | None:
        """Return an upper bound of a quantile of a histogram, over the last minute, or else since the start; None of nothing."""
        first = self.samples[0].by(f"{name}_bucket", "le") if len(self.samples) > 1 else {}
        last = self.now.by(f"{name}_bucket", "le")
        recent = {le: count - first.get(le, 0.0) for le, count in last.items()}
        counts = recent if max(recent.values(), default=0.0) > 0 else last
        total = max(counts.values(), default=0.0)
        if total <= 0:
            return None
        return min((float(le) for le, count in counts.items() if count >= share * total), default=math.inf)
