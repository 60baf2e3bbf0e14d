"""Faults of the broker and of the way to it."""

from functools import partial

from tests.faults.lab import Lab, Row
from tests.faults.scenario import Outcome, Scenario
from tests.support.proxy import Proxy
from tests.support.servers import Broker

LONG = 5
"""From so many faults on, the waits are those of the plan; below, shorter ones, so that CI is not made of waiting."""


def k1(lab: Lab) -> Outcome:
    """Kill the broker and start it again after 0 to 10 s; nobody helps the services."""
    with lab.own_broker() as (broker, _), lab.scenario(lab.place(broker=broker)) as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.warm()
        for number in range(lab.faults):
            scenario.inflict(lambda: _kill(scenario, broker, 10.0 if lab.faults > LONG else 2.0))
            scenario.go_on(scenario.random.uniform(2.0, 6.0))
            scenario.wait(partial(scenario.recovered, number + 1), 60, "work goes on")
        return scenario.finish()


def _kill(scenario: Scenario, broker: Broker, longest: float) -> None:
    broker.kill()
    scenario.go_on(scenario.random.uniform(0.0, longest))
    broker.start()
    broker.ready()


def k5(lab: Lab) -> Outcome:
    """Reset connections, hold everything back for 15 s, leave connections half open, make everything 200 ms slower."""
    with lab.own_broker(proxy=True) as (broker, proxy), lab.scenario(lab.place(broker=broker)) as scenario:
        assert proxy is not None
        scenario.start("store", "enrich", "ingest")
        scenario.warm()
        for number in range(lab.faults):
            scenario.inflict(partial(_break, scenario, proxy, number % 3, long=lab.faults > LONG))
            scenario.go_on(scenario.random.uniform(0.5, 2.0))
        if lab.faults > LONG:
            proxy.delay = 0.2
            scenario.go_on(300.0)
            proxy.delay = 0.0
        return scenario.finish()


def _break(scenario: Scenario, proxy: Proxy, kind: int, *, long: bool) -> None:
    scenario.wait(lambda: proxy.connections >= 3, 30, "the services are connected")
    before = proxy.faults
    _do(scenario, proxy, kind, long=long)
    assert proxy.faults > before, "no connection was hit"


def _do(scenario: Scenario, proxy: Proxy, kind: int, *, long: bool) -> None:
    if kind == 0:
        proxy.reset()
    elif kind == 1:
        proxy.stall()
        scenario.go_on(15.0 if long else 5.0)
        proxy.flow()
    else:
        proxy.strand()


ROWS = [
    Row("K1", "kill -9 the broker, back after 0 to 10 s", k1, in_ci=(3, 480), full=(20, 20_000)),
    Row(
        "K5",
        "connections to the broker reset, stalled for 15 s, half open, 200 ms slower",
        k5,
        in_ci=(3, 480),
        full=(210, 10_000),
    ),
]
