"""Faults of enrich: the worker and its language processes killed, stopped, blocked."""

import signal
from functools import partial
from random import Random

import psutil

from sitrep.runtime.outcomes import EXIT_RETRY
from tests.faults.lab import Lab, Row
from tests.faults.scenario import STORM, Outcome, Scenario, pause
from tests.support.service import Service

BURST = 0.3
"""Share of the kills that come as a burst, 0.1 to 1 s apart."""


def e1(lab: Lab) -> Outcome:
    """Kill the worker, 1 to 5 s apart, and at the end in a burst; its language processes die with it."""
    burst = round(lab.faults * BURST)
    with lab.scenario(amplification=STORM) as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.warm()
        for number in range(lab.faults):
            scenario.inflict(lambda: scenario.kill("enrich"))
            quick = number >= lab.faults - burst
            scenario.go_on(scenario.random.uniform(0.1, 1.0) if quick else scenario.random.uniform(1.0, 5.0))
        return scenario.finish()


def e2(lab: Lab) -> Outcome:
    """Kill a language process; the pool is whole again soon, and nothing is refused for it."""
    with lab.scenario() as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.warm()
        for _ in range(lab.faults):
            scenario.wait(partial(_children, scenario), 10, "there is a language process")
            scenario.inflict(partial(_kill_child, scenario))
            scenario.wait(partial(_children, scenario), 5, "the pool is whole again")
            scenario.go_on(scenario.random.uniform(0.5, 2.0))
        outcome = scenario.finish()
        assert scenario.services["enrich"].exits == []
        return outcome


def _kill_child(scenario: Scenario) -> None:
    _children(scenario)[0].kill()


def _children(scenario: Scenario) -> list[psutil.Process]:
    process = scenario.services["enrich"].process
    if process is None:
        return []
    try:
        found = psutil.Process(process.pid).children()
        return [one for one in found if "services.enrich.child" in one.cmdline() and one.status() != psutil.STATUS_ZOMBIE]
    except psutil.NoSuchProcess:
        return []


def e4(lab: Lab) -> Outcome:
    """Stop a worker for 15 s, longer than its session: another takes over, and it comes back as a zombie."""
    with lab.scenario(amplification=STORM) as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.start("enrich", slot="1")
        scenario.warm()
        for number in range(lab.faults):
            name = ("enrich", "enrich-1")[number % 2]
            service = scenario.services[name]
            scenario.wait(partial(_runs, service), 20, f"{name} runs")
            scenario.inflict(partial(pause, service, signal.SIGSTOP))
            left = set(scenario.load.open)
            scenario.go_on(15.0)
            # The other one has taken over: what was on its way when this one stopped is stored while it still stands.
            scenario.wait(partial(_none_of, left, scenario), 15, "the other worker takes over")
            pause(service, signal.SIGCONT)
            scenario.go_on(2.0)
        return scenario.finish()


def _none_of(left: set[str], scenario: Scenario) -> bool:
    return not left & scenario.load.open


def _runs(service: Service) -> bool:
    return service.process is not None


def e7(lab: Lab) -> Outcome:
    """Block the agent for longer than its poll interval: it goes on, or the watchdog ends it and the next one goes on."""
    blocked = {"SITREP_FAILPOINT": "enrich.blocked:2:8", "SITREP_MAX_POLL_INTERVAL_SECONDS": "3", "SITREP_STALL_SECONDS": "6"}
    place = lab.place(env={**blocked, "SITREP_ENRICH_BATCH": "5"})
    with lab.scenario(place, amplification=STORM) as scenario:
        scenario.start("store", "enrich", "ingest")
        for number in range(lab.faults):
            scenario.load.total += 30
            scenario.load.share = scenario.load.total
            place.arm("enrich.blocked", 1)
            scenario.wait(lambda: place.fired("enrich.blocked", 1), 60, "the agent is blocked")
            scenario.inflict(lambda: None)
            scenario.wait(partial(scenario.recovered, number + 1), 60, "work goes on")
        outcome = scenario.finish()
        assert set(scenario.services["enrich"].exits) <= {EXIT_RETRY}
        return outcome


def r1(lab: Lab) -> Outcome:
    """Start and kill further workers of enrich and store every 2 to 5 s: one rebalance after the other."""
    with lab.scenario(amplification=STORM) as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.warm()
        log = scenario.place.directory / "enrich.log"
        for number in range(lab.faults):
            scenario.inflict(partial(_join_or_leave, scenario, scenario.random))
            if number == 0:  # a worker takes seconds to start, and one that is killed before it has joined disturbs nobody
                scenario.wait(
                    lambda: log.read_text("utf-8").count("_on_partitions_assigned") > 1, 60, "a second worker has joined"
                )
            scenario.go_on(scenario.random.uniform(2.0, 5.0))
        outcome = scenario.finish()
        assigned = log.read_text("utf-8").count("_on_partitions_assigned")
        # The first one is the start; about half of the others are of enrich, and those that follow at once are one.
        assert assigned > 1 + lab.faults // 10, f"{assigned} assignments: the group was hardly disturbed"
        return outcome


def _join_or_leave(scenario: Scenario, random: Random) -> None:
    # Enrich first: a row of few faults has to disturb it as well.
    name, slot = "enrich" if scenario.seen == 0 else random.choice(["enrich", "store"]), random.choice(["1", "2"])
    service = scenario.services.pop(f"{name}-{slot}", None)
    if service is None:
        scenario.start(name, slot=slot)
    else:
        service.close()


ROWS = [
    Row("E1", "kill -9 an enrich worker, 1 to 5 s apart, then in a burst", e1, in_ci=(3, 240), full=(100, 20_000)),
    Row("E2", "kill -9 a language process", e2, in_ci=(3, 240), full=(100, 10_000)),
    Row("E4", "SIGSTOP an enrich worker for 15 s, a zombie comes back", e4, in_ci=(3, 240), full=(20, 10_000)),
    Row("E7", "the agent blocked beyond the poll interval", e7, in_ci=(3, 30), full=(3, 1_000)),
    Row("R1", "further enrich and store workers join and are killed every 2 to 5 s", r1, in_ci=(3, 240), full=(100, 20_000)),
]
