"""The servers that all integration tests share: one real Kafka and one real Postgres for the whole run."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.servers import Broker, Database
from tests.support.service import Place

# `make test-docker` needs an engine.
collect_ignore = [] if os.environ.get("SITREP_TEST_DOCKER") else ["docker"]

# How long one example takes says nothing on a machine that runs two halves of the tests at once.
settings.register_profile("shared machine", deadline=None, max_examples=200)
settings.register_profile("long", deadline=None, max_examples=20_000)  # pytest --hypothesis-profile=long: an hour
settings.load_profile("shared machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI nothing that is marked `apt` is skipped: a test that never runs holds nothing."""
    report = yield
    if report.skipped and os.environ.get("CI") and item.get_closest_marker("apt"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI nothing is: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with Broker(tmp_path_factory.mktemp("kafka")) as running:
        running.ready()
        yield running


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with Database(tmp_path_factory.mktemp("postgres")) as running:
        running.ready()
        yield running


@pytest.fixture
def place(tmp_path: Path, broker: Broker, database: Database) -> Place:
    return Place(tmp_path, broker, database)
