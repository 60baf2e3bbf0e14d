"""Rates and quantiles from the metrics of several workers, as `sitrep top` shows them."""

import math

from prometheus_client import CollectorRegistry, Counter, Histogram

from sitrep.cli.scrape import Recent, Sample, scrape
from sitrep.runtime.endpoint import Endpoint
from sitrep.runtime.health import Health


def counters(at: float, **numbers: float) -> Sample:
    return Sample(at, {(name, ()): number for name, number in numbers.items()})


def test_a_rate_is_the_increase_over_the_last_minute() -> None:
    recent = Recent()
    recent.add(counters(0.0, received=10.0))
    assert recent.rate("received") is None
    recent.add(counters(10.0, received=60.0))
    assert recent.rate("received") == 5.0
    recent.add(counters(100.0, received=60.0))
    assert recent.rate("received") == 0.0, "what is older than a minute is forgotten"
    assert recent.rate("else") is None
    recent.add(counters(101.0, received=3.0))
    assert recent.rate("received") is None, "a worker has begun anew"


def test_workers_are_summed_and_one_that_does_not_answer_is_named() -> None:
    endpoints = []
    for count in (2, 3):
        registry = CollectorRegistry()
        Counter("seen_total", "Seen.", ["code"], registry=registry).labels("a").inc(count)
        endpoints.append(Endpoint("127.0.0.1", 0, registry, Health()))
    urls = [f"http://127.0.0.1:{endpoint.port}/metrics" for endpoint in endpoints]
    try:
        sample = scrape([*urls, "http://127.0.0.1:1/metrics"], 0.0)
    finally:
        for endpoint in endpoints:
            endpoint.close()
    assert sample.total("seen_total") == sample.total("seen_total", code="a") == 5.0
    assert sample.total("seen_total", code="b") is None
    assert sample.by("seen_total", "code") == {"a": 5.0}
    assert sample.silent == ("http://127.0.0.1:1/metrics",)


def test_a_quantile_is_that_of_the_last_minute_or_else_of_all() -> None:
    registry = CollectorRegistry()
    seconds = Histogram("took_seconds", "Took.", buckets=(1, 5, 10), registry=registry)
    endpoint = Endpoint("127.0.0.1", 0, registry, Health())
    url = f"http://127.0.0.1:{endpoint.port}/metrics"
    try:
        recent = Recent()
        recent.add(scrape([url], 0.0))
        assert recent.quantile("took_seconds", 0.5) is None
        for _ in range(9):
            seconds.observe(0.5)
        seconds.observe(7)
        recent.add(scrape([url], 1.0))
        assert (recent.quantile("took_seconds", 0.5), recent.quantile("took_seconds", 0.95)) == (1.0, 10.0)
        recent.add(scrape([url], 100.0))
        recent.add(scrape([url], 101.0))
        assert recent.quantile("took_seconds", 0.5) == 1.0, "nothing new: what is known since the start"
        seconds.observe(100)
        recent.add(scrape([url], 102.0))
        assert recent.quantile("took_seconds", 0.5) == math.inf
    finally:
        endpoint.close()
