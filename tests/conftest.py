"""The servers that all integration tests share: one real Kafka and one real Postgres for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.servers import Broker, Database
from tests.support.service import Place

# How long one example takes says nothing on a machine that runs two halves of the tests at once.
settings.register_profile("shared machine", deadline=None, max_examples=200)
settings.register_profile("long", deadline=None, max_examples=20_000)  # pytest --hypothesis-profile=long: an hour
settings.load_profile("shared machine")


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
