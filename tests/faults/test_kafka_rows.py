"""Three faults of each row about the broker and the way to it: what no later change may break."""

from pathlib import Path

import pytest

from tests.faults.kafka_rows import ROWS
from tests.faults.lab import Row
from tests.support.servers import Broker, Database


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_row(row: Row, tmp_path: Path, broker: Broker, database: Database) -> None:
    row.try_in_ci(tmp_path, broker, database)
