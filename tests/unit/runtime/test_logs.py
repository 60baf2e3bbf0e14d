"""A line that repeats is shown once, then counted."""

import logging

from sitrep.runtime.logs import ALWAYS, Repeats


class Log:
    """A logger of this name whose lines are kept, at a time of its own."""

    def __init__(self, name: str) -> None:
        self.now = 0.0
        self.lines: list[str] = []
        self._logger = logging.getLogger(name)
        self._repeats = Repeats(lambda: self.now)

    def __call__(self, message: str, *words: object, always: bool = False) -> None:
        record = self._logger.makeRecord(
            self._logger.name, logging.WARNING, "f.py", 1, message, words, None, extra=ALWAYS if always else None
        )
        if self._repeats.filter(record):
            self.lines.append(record.getMessage())


def test_a_line_of_a_library_is_shown_once_then_counted_each_minute() -> None:
    log = Log("aiokafka.client")
    for second in range(150):
        log.now = float(second)
        for node in range(5):
            log("Unable connect to node with id %s", node)
    assert log.lines == [
        "Unable connect to node with id 0",
        "Unable connect to node with id 0 (300 times in the last 60 s)",
        "Unable connect to node with id 0 (300 times in the last 60 s)",
    ]


def test_lines_of_ours_that_name_different_files_are_all_shown() -> None:
    log = Log("services.ingest.app")
    for name in ("a.txt", "b.txt", "a.txt"):
        log("refused %s", name)
    assert log.lines == ["refused a.txt", "refused b.txt"]


def test_what_was_said_long_ago_is_said_anew_and_not_remembered_for_ever() -> None:
    log = Log("services.ingest.app")
    for number in range(1000):
        log.now = float(number)
        log("refused %s", f"{number}.txt")
    assert len(log._repeats._lines) <= 181
    log.now = 5000.0
    log("refused %s", "0.txt")
    assert log.lines[-1] == "refused 0.txt"


def test_a_line_that_is_said_seldom_is_always_shown() -> None:
    log = Log("sitrep.runtime.health")
    for _ in range(3):
        log("waiting for Kafka", always=True)
    assert log.lines == ["waiting for Kafka"] * 3
