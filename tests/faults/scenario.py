"""One scenario: services under load, faults inflicted on them, and the invariants that must hold when the faults are over."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from random import Random
from types import TracebackType
from typing import Any, Self

import psutil

from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, RECEIPTS, Topic
from sitrep.runtime.inflight import FLOW
from tests.faults.load import Load
from tests.support import topics
from tests.support.oracle import Oracle
from tests.support.service import Place, Service

ROUND = 0.05
FRESH_SECONDS = 30.0
LAG_SECONDS = 60.0
RSS_MIB, OPEN_FILES, THREADS = 700, 256, 64
LIMITED = 1.2
"""Each fault may have everything that was on its way done once more. Rows in CI have so many files that this stays below it."""
STORM = 2.0


@dataclass
class Outcome:
    """What is recorded of a scenario. Amplification is records on a topic for each input, on the topic where it is largest."""

    row: str
    seed: int
    planned: int
    seen: int
    in_flight: int
    inputs: int
    lost: int
    doubled: int
    amplification: float
    largest_mib: float
    recovery_p50: float | None
    recovery_p95: float | None
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as it goes into a file."""
        return asdict(self)


@dataclass
class Scenario:
    """Services on a place, fed by a load. `planned` faults must be seen, and nine in ten of them with work in flight."""

    row: str
    seed: int
    place: Place
    random: Random
    planned: int
    files: int
    ahead: int = 24
    amplification: float = LIMITED
    services: dict[str, Service] = field(default_factory=dict)
    seen: int = 0
    in_flight: int = 0
    largest_mib: float = 0.0
    _began: float = field(default_factory=time.monotonic)
    _looked: float = 0.0

    def __post_init__(self) -> None:
        self.oracle = Oracle(self.place.inbox, f"{self.row}-{self.seed}")
        self.load = Load(self.oracle, self.place.database, self.files, self.ahead)
        self._share()
        self._stack = ExitStack()
        self._ends: dict[str, dict[int, int]] = {}

    def __enter__(self) -> Self:
        self._ends = {topic.name: topics.ends(self.place.broker.bootstrap, topic) for topic in (RAW, ENRICHED_TOPIC, RECEIPTS)}
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.__exit__(kind, value, trace)

    def start(self, *names: str, env: dict[str, str] | None = None, slot: str = "0") -> None:
        """Start services; a second one of a kind has another slot, and is named for it."""
        for name in names:
            key = name if slot == "0" else f"{name}-{slot}"
            self.services[key] = self._stack.enter_context(Service(name, self.place, {"SITREP_SLOT": slot, **(env or {})}))

    def pump(self) -> None:
        """Look after everything once: the services, the load, and how much memory they take."""
        for service in self.services.values():
            service.tick()
        self.load.feed()
        self.load.look()
        self._measure()
        time.sleep(ROUND)  # the round of every poll

    def wait(self, ready: Callable[[], object], seconds: float, what: str) -> None:
        """Return when `ready` is true; fail with `what` after `seconds`."""
        deadline = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.row} (seed {self.seed}): not within {seconds:.0f} s: {what}")
            self.pump()

    def go_on(self, seconds: float) -> None:
        """Let everything work for some seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump()

    def warm(self) -> None:
        """Return when the first files have gone the whole way, so that faults hit a system at work."""
        self.wait(
            lambda: len(self.oracle.texts) - len(self.load.open) >= min(self.ahead, self.files) // 2, 90, "the first rows"
        )

    def inflict(self, fault: Callable[[], object]) -> None:
        """Do one fault while files that were dropped some time ago are still on their way, and drop a marker behind it."""
        self.in_flight += any(self._at_work() for _ in range(5))
        fault()
        self.seen += 1
        self._share()
        self.load.mark(time.monotonic())

    def _at_work(self) -> bool:
        """Return whether files that are dropped now are still on their way some time later."""
        self.load.press()
        self.go_on(self.random.uniform(0.1, 0.3))
        return bool(self.load.open)

    def _share(self) -> None:
        """Let the load have its part of the files until the next fault; all of them after the last one."""
        self.load.share = self.files if self.seen >= self.planned else self.files * (self.seen + 1) // (self.planned + 1)

    def recovered(self, times: int) -> bool:
        """Return whether the files dropped behind so many faults are rows."""
        return len(self.load.recoveries) >= times

    def kill(self, name: str) -> None:
        """End a service with SIGKILL, in whatever state it is; it is started again at the next look."""
        service = self.services[name]
        self.wait(lambda: service.process is not None and service.process.poll() is None, 10, f"{name} runs")
        service.kill()

    def finish(self) -> Outcome:
        """Wait until everything is stored, hold the invariants, and return what is recorded. Fails on any of them."""
        self.load.share = self.load.total
        self.wait(lambda: self.load.all_stored, 120 + self.files / 20, "everything is stored")
        self._fresh_file()
        self.wait(self.no_lag, LAG_SECONDS, "no lag")
        self.wait(lambda: not list(self.place.inbox.glob("_claimed/*.txt")), 30, "claims are done")
        self._stack.close()
        self._gone()
        doubled = self.oracle.check(self.place.database)
        recoveries = sorted(self.load.recoveries)
        outcome = Outcome(
            row=self.row,
            seed=self.seed,
            planned=self.planned,
            seen=self.seen,
            in_flight=self.in_flight,
            inputs=len(self.oracle.texts),
            lost=0,
            doubled=doubled,
            amplification=round(self._amplification(), 2),
            largest_mib=round(self.largest_mib, 1),
            recovery_p50=_quantile(recoveries, 0.5),
            recovery_p95=_quantile(recoveries, 0.95),
            seconds=round(time.monotonic() - self._began, 1),
        )
        self._hold(outcome)
        return outcome

    def without_services(self, *, seen: int, inputs: int) -> Outcome:
        """Return the outcome of a row that has no services of this scenario, and has held its invariants by itself."""
        outcome = Outcome(
            row=self.row, seed=self.seed, planned=self.planned, seen=seen, in_flight=seen, inputs=inputs, lost=0, doubled=0,
            amplification=1.0, largest_mib=self.largest_mib, recovery_p50=None, recovery_p95=None,
            seconds=round(time.monotonic() - self._began, 1),
        )  # fmt: skip
        self._hold(outcome)
        return outcome

    def _hold(self, outcome: Outcome) -> None:
        assert outcome.seen == outcome.planned, f"{outcome.seen} of {outcome.planned} faults happened"
        assert outcome.in_flight >= 0.9 * outcome.planned, "the faults did not hit work in flight"
        assert outcome.doubled == 0, f"{outcome.doubled} effects are there twice"
        assert outcome.amplification <= self.amplification, outcome
        assert outcome.largest_mib <= RSS_MIB, outcome

    def _fresh_file(self) -> None:
        """G5: a file that is dropped when all is over is a row soon."""
        began = time.monotonic()
        self.load.mark(began)
        self.wait(lambda: self.load.all_stored, FRESH_SECONDS, "a fresh file is a row")
        self.load.recoveries.pop()

    def no_lag(self) -> bool:
        """Return whether the groups of these services have committed everything."""
        bootstrap = self.place.broker.bootstrap
        wanted = {group: [topic for one, topic in FLOW if one == group] for group, _ in FLOW}
        kinds = {name.split("-")[0] for name in self.services}
        return all(
            topics.lag(bootstrap, group, topic) == 0
            for group, listed in wanted.items()
            if group.removeprefix("sitrep-") in kinds
            for topic in listed
        )

    def _measure(self) -> None:
        """G6: look at memory, open files and threads of every service twice a second."""
        if time.monotonic() - self._looked < 0.5:
            return
        self._looked = time.monotonic()
        for name, service in self.services.items():
            if service.process is None:
                continue
            try:
                process = psutil.Process(service.process.pid)
                self.largest_mib = max(self.largest_mib, process.memory_info().rss / 2**20)
                assert process.num_fds() <= OPEN_FILES, f"{name} has {process.num_fds()} files open"
                assert process.num_threads() <= THREADS, f"{name} has {process.num_threads()} threads"
            except psutil.NoSuchProcess:
                continue

    def _gone(self) -> None:
        """G6: no process of this scenario is left, no language process either."""
        deadline = time.monotonic() + 10
        while left := list(_processes(str(self.place.directory / "data"))):
            assert time.monotonic() < deadline, f"orphans: {left}"
            time.sleep(0.1)

    def _amplification(self) -> float:
        found = [self._records(topic) for topic in (RAW, ENRICHED_TOPIC, RECEIPTS)]
        return max(found) / len(self.oracle.texts)

    def _records(self, topic: Topic) -> int:
        """Return how many records of our articles came onto a topic since the beginning."""
        keys = {id_.encode() for id_ in self.oracle.texts}
        begins = self._ends[topic.name]
        return sum(r.key in keys for r in topics.read_all(self.place.broker.bootstrap, topic, begins))


def _processes(data: str) -> Iterable[str]:
    for process in psutil.process_iter(["environ", "status", "cmdline"]):
        info = process.info
        if (
            process.pid != os.getpid()
            and (info["environ"] or {}).get("SITREP_DATA") == data
            and info["status"] != psutil.STATUS_ZOMBIE
        ):
            yield " ".join(info["cmdline"] or [])


def _quantile(ordered: list[float], share: float) -> float | None:
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else None


def pause(service: Service, number: signal.Signals) -> None:
    """Send SIGSTOP or SIGCONT to a service."""
    assert service.process is not None
    service.process.send_signal(number)
