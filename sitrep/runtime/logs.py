"""Log lines on stderr: JSON for machines, text for people."""

import json
import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

OWN = ("sitrep", "services")
MINUTE = 60.0
ALWAYS = {"always": True}
"""`extra` of a line that is shown however often it comes, for whoever logs it says it seldom."""


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
    """Shows a line once, and again with its count when it comes a minute later: a library that cannot connect says so for ever.

    Lines of our own are the same if they have the same words, for each may name another file. Lines of libraries are the same
    if they come from the same place in the code, whatever numbers are in them. Errors of two kinds make two lines.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lines: dict[tuple[str, ...], _Line] = {}
        self._forgot_at = 0.0
        self._lock = threading.Lock()  # a handler filters before it takes its own

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a line is shown; one that was held back meanwhile is shown with its count."""
        if getattr(record, "always", False):
            return True
        now = self._clock()
        own = record.name.partition(".")[0] in OWN
        error = record.exc_info[1] if record.exc_info else None
        words = record.getMessage() if own else str(record.msg)
        key = (record.name, record.levelname, words, f"{type(error).__name__}: {error}" if error else "")
        with self._lock:
            self._forget(now)
            known = self._lines.setdefault(key, _Line(-MINUTE))
            if now - known.shown_at < MINUTE:
                known.held_back += 1
                return False
            times, seconds = known.held_back + 1, now - known.shown_at
            known.shown_at, known.held_back = now, 0
        if times > 1:
            record.msg = f"{record.getMessage()} ({times} times in the last {seconds:.0f} s)"
            record.args, record.exc_info, record.exc_text = None, None, None
        return True

    def _forget(self, now: float) -> None:
        """Drop, once a minute, what was not said for two, so that what is remembered stays small."""
        if now - self._forgot_at > MINUTE:
            self._forgot_at = now
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
