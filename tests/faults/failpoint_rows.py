"""A process that dies at the worst moments, by failpoints: I2 (ingest), E3 (enrich) and S2 (store)."""

import json
from dataclasses import replace
from signal import SIGKILL

from tests.faults.lab import Lab, Row
from tests.faults.scenario import Outcome, Scenario
from tests.support.service import Place

POINTS = {
    "ingest": ["after_claim:5", "mid_read:4", "after_send:1", "after_ack:1"],
    "enrich": ["after_decode:1", "in_nlp:1", "in_child:1", "after_send:1", "before_ack:1", "after_ack:1"],
    "store": ["after_begin:1", "after_insert:1", "after_db_commit:1", "after_offset_commit:1"],
}
TINY = {"SITREP_INGEST_BATCH": "6", "SITREP_ENRICH_BATCH": "6", "SITREP_STORE_BATCH": "6"}


def i2(lab: Lab) -> Outcome:
    """Kill ingest at each of its points, and between two parts of a container."""
    return _together(lab, [*_points(lab, "ingest"), _container(lab)])


def e3(lab: Lab) -> Outcome:
    """Kill enrich, and one of its language processes, at each of their points."""
    return _together(lab, _points(lab, "enrich"))


def s2(lab: Lab) -> Outcome:
    """Kill the store at each of its points."""
    return _together(lab, _points(lab, "store"))


def _points(lab: Lab, victim: str) -> list[Outcome]:
    return [_point(lab, victim, point) for point in POINTS[victim]]


def _point(lab: Lab, victim: str, point: str) -> Outcome:
    name = f"{victim}.{point}"
    place = lab.place(point.partition(":")[0], TINY)
    place.arm(name, lab.faults)
    how = {"files": lab.files, "ahead": 18, "amplification": 1 + 18 * lab.faults / lab.files}
    with replace(lab, row=f"{lab.row} {point.partition(':')[0]}").scenario(place, **how) as scenario:
        for service in ("store", "enrich", "ingest"):
            scenario.start(service, env={"SITREP_FAILPOINT": name} if service == victim else {})
        _until_fired(lab, scenario, place, name)
        outcome = scenario.finish()
        kills = scenario.services[victim].exits
        assert kills == ([] if "in_child" in name else [-SIGKILL] * lab.faults), f"{name}: {kills}"
        assert not [code for other, service in scenario.services.items() if other != victim for code in service.exits]
        return outcome


def _until_fired(lab: Lab, scenario: Scenario, place: Place, name: str) -> None:
    """Keep the work coming until the failpoint has fired as often as it is armed; a failpoint fires in the middle of work."""

    def fired() -> bool:
        if scenario.load.share <= scenario.load.dropped and not scenario.load.open:
            scenario.load.total += 6
            scenario.load.share = scenario.load.total
        return place.fired(name, lab.faults)

    scenario.wait(fired, 60 + 5 * lab.faults, f"{name} has fired {lab.faults} times")
    scenario.seen = scenario.in_flight = lab.faults


def _container(lab: Lab) -> Outcome:
    """Kill ingest between two lines of a JSON Lines file: each line is stored once."""
    name = "ingest.mid_container:7"
    place = lab.place("container", TINY)
    place.arm(name, lab.faults)
    how = {"files": 6, "ahead": 6, "amplification": 2.0}
    with replace(lab, row=f"{lab.row} container").scenario(place, **how) as scenario:
        texts = [scenario.oracle.text(10_000 + number) for number in range(20 + 7 * lab.faults)]
        part = place.inbox / ".feed.part"
        part.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
        part.rename(place.inbox / "feed.jsonl")
        scenario.load.open |= {scenario.oracle.owe(text) for text in texts}
        scenario.start("store", "enrich")
        scenario.start("ingest", env={"SITREP_FAILPOINT": name})
        _until_fired(lab, scenario, place, name)
        outcome = scenario.finish()
        assert scenario.services["ingest"].exits == [-SIGKILL] * lab.faults
        return outcome


def _together(lab: Lab, outcomes: list[Outcome]) -> Outcome:
    """Return the outcomes of all points as one."""
    return Outcome(
        row=lab.row,
        seed=lab.seed,
        planned=sum(one.planned for one in outcomes),
        seen=sum(one.seen for one in outcomes),
        in_flight=sum(one.in_flight for one in outcomes),
        inputs=sum(one.inputs for one in outcomes),
        lost=sum(one.lost for one in outcomes),
        doubled=sum(one.doubled for one in outcomes),
        amplification=max(one.amplification for one in outcomes),
        largest_mib=max(one.largest_mib for one in outcomes),
        recovery_p50=None,
        recovery_p95=None,
        seconds=round(sum(one.seconds for one in outcomes), 1),
    )


ROWS = [
    Row("I2", "kill -9 ingest at five places in its code", i2, in_ci=(3, 24), full=(20, 100)),
    Row("E3", "kill -9 enrich or its language process at six places in its code", e3, in_ci=(3, 24), full=(20, 100)),
    Row("S2", "kill -9 the store at four places in its code", s2, in_ci=(3, 24), full=(25, 100)),
]
