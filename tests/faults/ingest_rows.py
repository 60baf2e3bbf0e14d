"""Faults of intake: it is killed, and files are not what they seem."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.lab import Lab, Row
from tests.faults.scenario import Outcome

CHUNKS = 10
CHUNK_SECONDS = 0.2


def i1(lab: Lab) -> Outcome:
    """Kill ingest again and again, 0.1 to 3 s apart."""
    with lab.scenario() as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.warm()
        for _ in range(lab.faults):
            scenario.inflict(lambda: scenario.kill("ingest"))
            scenario.go_on(scenario.random.uniform(0.1, 3.0))
        return scenario.finish()


@dataclass
class _Slow:
    """A file that is written in place, in pieces, by somebody who does not rename."""

    path: Path
    data: bytes
    written: int = 0
    due: float = field(default_factory=time.monotonic)

    def go_on(self, now: float) -> None:
        """Write the next piece when it is time for it."""
        if self.written < CHUNKS and now >= self.due:
            size = -(-len(self.data) // CHUNKS)
            with self.path.open("ab") as file:
                file.write(self.data[self.written * size : (self.written + 1) * size])
            self.written += 1
            self.due = now + CHUNK_SECONDS


def i3(lab: Lab) -> Outcome:
    """Write files in place in ten pieces over two seconds, as many others renamed: no part of one is ever published."""
    place = lab.place(env={"SITREP_SETTLE_SECONDS": "1", "SITREP_RESCAN_SECONDS": "0.5"})
    with lab.scenario(place, planned=lab.files, files=lab.files) as scenario:
        scenario.start("store", "enrich", "ingest")
        scenario.load.share = lab.files
        texts = [scenario.oracle.text(number) for number in range(100_000, 100_000 + lab.files)]
        slow = [_Slow(place.inbox / f"slow-{n}.txt", text.encode()) for n, text in enumerate(texts)]
        for at in range(0, len(slow), scenario.ahead):
            some = slow[at : at + scenario.ahead]

            def written(some: list[_Slow] = some) -> bool:
                now = time.monotonic()
                for one in some:
                    one.go_on(now)
                return all(one.written == CHUNKS for one in some)

            scenario.wait(written, 60, "the slow files are written")
            scenario.in_flight += len(some)
            scenario.seen += sum(one.written == CHUNKS for one in some)
        scenario.load.open |= {scenario.oracle.owe(text) for text in texts}
        return scenario.finish()


ROWS = [
    Row("I1", "kill -9 ingest, 0.1 to 3 s apart", i1, in_ci=(3, 480), full=(100, 20_000)),
    Row("I3", "files written in place in ten pieces over 2 s", i3, in_ci=(24, 24), full=(500, 500)),
]
