"""`sitrep status` where something is not as it should be."""

from pathlib import Path

from sitrep.cli.running import Running
from sitrep.cli.status import Server, look


def test_an_inbox_that_is_gone_and_services_that_are_silent_are_said(tmp_path: Path) -> None:
    server = Server(["http://127.0.0.1:1/metrics"], "127.0.0.1:1", "postgresql://127.0.0.1:1/x", tmp_path / "gone")
    status = look(Running.on(tmp_path), {}, server)
    assert status.processes == {"127.0.0.1": "does not answer"}
    assert status.waiting is None
    said = "; ".join(status.problems)
    assert f"the inbox {tmp_path / 'gone'} is gone or cannot be read" in said
    assert "Kafka" in said
    assert "Postgres does not answer" in said
