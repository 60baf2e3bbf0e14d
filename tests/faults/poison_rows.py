"""Bad input: everything that is wrong with a file, all at once among good ones."""

import os
from contextlib import ExitStack

from services.ingest import names
from sitrep.contracts.codes import RejectionCode
from tests.faults.lab import Lab, Row
from tests.faults.scenario import Outcome
from tests.support.badfiles import BAD, LEFT, STORED, Bad, mixed
from tests.support.service import Place, Service, tick_until

QUICK = {"SITREP_GIVE_UP_SECONDS": "3", "SITREP_RESCAN_SECONDS": "1"}
GOOD_LINES = (1, 3, 7, 10)


class Ended:
    """What became of everything that was dropped."""

    def __init__(self, place: Place, services: list[Service]) -> None:
        self.inbox = place.inbox
        self.exits = [code for service in services for code in service.exits]
        rejections = place.database.rows("SELECT key, code, sentence, sha256, size FROM rejections")
        self.rejections = {row[0]: row[1:] for row in rejections}
        self.stored = {row[0] for row in place.database.rows("SELECT key FROM sightings")}

    def as_it_must(self, bad: Bad) -> bool:
        """Return whether a file has ended as it must, and in no other way as well."""
        key = key_of(bad)
        ways = (key in self.stored, key in self.rejections, os.path.lexists(self.inbox / bad.name))
        if bad.ends == STORED:
            return ways[:2] == (True, False)
        if bad.ends == LEFT:
            return ways == (False, False, True)
        return ways[:2] == (False, True) and bool(self.rejections[key][0] == bad.ends)


def key_of(bad: Bad) -> str:
    """Return the key of a file of the corpus."""
    return names.key(bad.name + ("/inside.txt" if bad.name == "directory.txt" else ""))


def drop_everything(place: Place) -> Ended:
    """Drop everything that is wrong at once, good files among it, and return what became of it when all has ended."""
    for bad in BAD:
        bad.make(place.inbox / bad.name)
    (place.inbox / "mixed.jsonl").write_bytes(mixed())
    moving = [bad for bad in BAD if bad.ends != LEFT]
    with ExitStack() as stack:
        # As an ordinary user, since root can read everything.
        prefix = ["unshare", "-U", "--map-user=1000"] if os.geteuid() == 0 else []
        services = [
            stack.enter_context(Service(name, place, prefix=prefix if name == "ingest" else []))
            for name in ("store", "enrich", "ingest")
        ]

        def done() -> bool:
            left = [bad.name for bad in moving if (place.inbox / bad.name).is_file()]
            claimed = [path for path in (place.inbox / "_claimed").rglob("*") if path.name != ".lock"]
            return not left and not claimed and Ended(place, services).stored >= wanted

        wanted = {key_of(bad) for bad in BAD if bad.ends == STORED} | {f"mixed.jsonl#line={n}" for n in GOOD_LINES}
        tick_until(services, done, 60, "everything has ended")
        refused = {key_of(bad) for bad in BAD if isinstance(bad.ends, RejectionCode)}
        tick_until(services, lambda: Ended(place, services).rejections.keys() >= refused, 30, "what was refused is stored")
        late = place.inbox / "after.txt"
        late.write_text("Shelling near Rivertown, after all that.")
        tick_until(services, lambda: "after.txt" in Ended(place, services).stored, 20, "the services live on")
        return Ended(place, services)


def p1(lab: Lab) -> Outcome:
    """Drop the whole corpus at once: each file ends with its code, nothing dies, and a file behind it is stored."""
    scenario = lab.scenario(planned=len(BAD))
    ended = drop_everything(lab.place(env=QUICK))
    wrong = [bad.name for bad in BAD if not ended.as_it_must(bad)]
    assert not wrong, wrong
    assert ended.exits == []
    return scenario.without_services(seen=len(BAD), inputs=len(BAD))


ROWS = [Row("P1", "over a hundred hostile files at once", p1, in_ci=(len(BAD), len(BAD)), full=(len(BAD), len(BAD)))]
