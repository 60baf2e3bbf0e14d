"""A process that dies at the worst moments: nothing is lost, nothing doubled, and the death did happen."""

from contextlib import ExitStack
from signal import SIGKILL

import pytest

from tests.support.oracle import Oracle
from tests.support.service import Place, Service, tick_until

TIMES = 3
FILES = 24

POINTS = {
    "ingest": ["after_claim:5", "mid_read:4", "after_send:1", "after_ack:1"],
    "enrich": ["after_decode:1", "in_nlp:1", "in_child:1", "after_send:1", "before_ack:1", "after_ack:1"],
    "store": ["after_begin:1", "after_insert:1", "after_db_commit:1", "after_offset_commit:1"],
}
CASES = [(service, point) for service, points in POINTS.items() for point in points]


def running(place: Place, victim: str, stack: ExitStack, failpoint: str) -> dict[str, Service]:
    """Start the three services, one of them with an armed failpoint."""
    made = {
        name: Service(name, place, {"SITREP_FAILPOINT": failpoint} if name == victim else {})
        for name in ("store", "enrich", "ingest")
    }
    return {name: stack.enter_context(service) for name, service in made.items()}


@pytest.mark.parametrize(("victim", "point"), CASES, ids=[f"{s}-{p.split(':')[0]}" for s, p in CASES])
def test_kill_at_failpoint_loses_and_doubles_nothing(place: Place, victim: str, point: str) -> None:
    name = f"{victim}.{point}"
    place.arm(name, TIMES)
    place.extra = {"SITREP_INGEST_BATCH": "6", "SITREP_ENRICH_BATCH": "6", "SITREP_STORE_BATCH": "6"}
    oracle = Oracle(place.inbox, f"{victim}-{point}")
    with ExitStack() as stack:
        services = running(place, victim, stack, name)
        everyone = list(services.values())
        oracle.drop(range(FILES))
        dropped = FILES

        def done() -> bool:
            # More work for as long as there are kills to come.
            nonlocal dropped
            complete = oracle.stored(place.database) == len(oracle.texts)
            if complete and not place.fired(name, TIMES):
                oracle.drop(range(dropped, dropped + 6))
                dropped += 6
                return False
            return complete and place.fired(name, TIMES)

        tick_until(everyone, done, 60, f"{FILES} articles stored after {TIMES} kills at {name}")
        tick_until(everyone, lambda: not list(place.inbox.glob("_claimed/*.txt")), 10, "claims are done")
        kills = services[victim].exits
        others = [code for service in everyone if service is not services[victim] for code in service.exits]
    oracle.check(place.database)
    assert others == []
    assert kills == ([] if "in_child" in name else [-SIGKILL] * TIMES)


def test_kill_between_two_parts_of_a_container(place: Place) -> None:
    name = "ingest.mid_container:7"
    place.arm(name, TIMES)
    place.extra = {"SITREP_INGEST_BATCH": "4"}
    oracle = Oracle(place.inbox, "container")
    texts = [oracle.text(number) for number in range(20)]
    lines = "".join(f'{{"text": {quoted(text)}}}\n' for text in texts)
    (place.inbox / "x.part").write_text(lines)
    (place.inbox / "x.part").rename(place.inbox / "feed.jsonl")
    for text in texts:
        oracle.owe(text)
    with ExitStack() as stack:
        services = running(place, "ingest", stack, name)
        everyone = list(services.values())

        def done() -> bool:
            return place.fired(name, TIMES) and oracle.stored(place.database) == len(oracle.texts)

        tick_until(everyone, done, 60, "all lines stored")
        tick_until(everyone, (place.inbox / "_done/feed.jsonl").exists, 10, "the file is done")
        assert services["ingest"].exits == [-SIGKILL] * TIMES
    oracle.check(place.database)


def quoted(text: str) -> str:
    """Return a JSON string."""
    return '"' + text.replace("\n", "\\n") + '"'
