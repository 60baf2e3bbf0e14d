"""Log lines on stderr: JSON for machines, text for people."""

import json
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

OWN = ("sitrep", "services")
MINUTE = 60.0


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, service, logger, message, and the traceback where there is one."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "service": self.service,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


@dataclass
class _Line:
    shown_at: float
    held_back: int = 0


class Repeats(logging.Filter):
    """Lets a line through once, and from then on a minute's count of it: a library that cannot connect says so for ever.

    Lines of our own are the same if they have the same words, for each may name another file. Lines of libraries are the same
    if they come from the same place in the code, whatever numbers are in them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lines: dict[tuple[str, int, str], _Line] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a line is to be shown; one that was held back meanwhile is shown with its count."""
        now = self._clock()
        own = record.name.partition(".")[0] in OWN
        key = (record.name, record.levelno, record.getMessage() if own else str(record.msg))
        known = self._lines.get(key)
        if known is None:
            self._forget(now)
            self._lines[key] = _Line(now)
            return True
        if now - known.shown_at < MINUTE:
            known.held_back += 1
            return False
        record.msg = f"{record.getMessage()} ({known.held_back + 1} times in the last {now - known.shown_at:.0f} s)"
        record.args, record.exc_info, record.exc_text = None, None, None
        known.shown_at, known.held_back = now, 0
        return True

    def _forget(self, now: float) -> None:
        """Drop what was not said for two minutes, so that what is remembered stays small."""
        self._lines = {key: line for key, line in self._lines.items() if now - line.shown_at < 2 * MINUTE}


def configure(service: str, level: str, form: str) -> None:
    """Send every log record of this process to stderr in the given form (`json` or `text`)."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter(f"%(asctime)s {service} %(levelname)s %(message)s", datefmt="%H:%M:%S")
    handler.addFilter(Repeats())
    handler.setFormatter(text if form == "text" else JsonFormatter(service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Reconnecting is normal here and said by us, once; the libraries say it many times a second.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    for quiet in ("aiokafka.consumer", "aiokafka.producer", "asyncio", "watchfiles"):
        logging.getLogger(quiet).setLevel(logging.ERROR)
