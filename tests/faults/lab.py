"""What a row is given to work with, and the rows' own form."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.load import seeded
from tests.faults.scenario import Outcome, Scenario
from tests.support.proxy import Proxy
from tests.support.servers import Broker, Database
from tests.support.service import Place

SMALL = {"SITREP_INGEST_BATCH": "16", "SITREP_ENRICH_BATCH": "16", "SITREP_STORE_BATCH": "16"}
"""Batches that are small beside what is on its way, so that a fault hits each stage in the middle of its work."""


@dataclass(frozen=True)
class Lab:
    """The servers of a row, a directory of its own, its seed, and how much of it: how many faults, how many files."""

    row: str
    directory: Path
    broker: Broker
    database: Database
    seed: int
    faults: int
    files: int

    @property
    def random(self) -> Random:
        """Return the source of chance of this row, always from its beginning."""
        return seeded(self.row, self.seed)

    def place(
        self,
        name: str = "place",
        env: dict[str, str] | None = None,
        *,
        broker: Broker | None = None,
        database: Database | None = None,
    ) -> Place:
        """Return where services work, with small batches and what else is set."""
        return Place(self.directory / name, broker or self.broker, database or self.database, extra={**SMALL, **(env or {})})

    def scenario(self, place: Place | None = None, **how: object) -> Scenario:
        """Return a scenario of this row; with very many files more of them are on their way at once."""
        given = {"planned": self.faults, "files": self.files, "ahead": 24 if self.files < 5000 else 96, **how}
        return Scenario(self.row, self.seed, place or self.place(), self.random, **given)  # type: ignore[arg-type]

    @contextmanager
    def own_broker(self, proxy: bool = False) -> Iterator[tuple[Broker, Proxy | None]]:
        """Run a broker for this row alone, behind a proxy where one is wanted."""
        broker = Broker(self.directory / "kafka")
        if not proxy:
            with broker:
                broker.ready()
                yield broker, None
            return
        with Proxy(broker.port) as between:
            broker.behind(between.port)
            with broker:
                broker.ready()
                yield broker, between

    @contextmanager
    def own_database(self) -> Iterator[Database]:
        """Run a database for this row alone."""
        with Database(self.directory / "postgres") as database:
            database.ready()
            yield database


@dataclass(frozen=True)
class Row:
    """One row of the plan: what is done, how often and on how many files in CI and at its full count."""

    id: str
    what: str
    run: Callable[[Lab], Outcome]
    in_ci: tuple[int, int]
    full: tuple[int, int]

    def try_in_ci(self, directory: Path, broker: Broker, database: Database) -> None:
        """Run the row with as many faults as in CI, and print its seed and what was seen."""
        seed = int.from_bytes(os.urandom(3))
        sys.stdout.write(f"{self.id}: seed {seed}\n")
        outcome = self.run(Lab(self.id, directory, broker, database, seed, *self.in_ci))
        sys.stdout.write(f"{outcome}\n")
