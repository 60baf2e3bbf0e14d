"""Log lines on stderr: JSON for machines, text for people."""

import json
import logging
import sys
from datetime import UTC, datetime


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


def configure(service: str, level: str, form: str) -> None:
    """Send every log record of this process to stderr in the given form (`json` or `text`)."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter(f"%(asctime)s {service} %(levelname)s %(message)s", datefmt="%H:%M:%S")
    handler.setFormatter(text if form == "text" else JsonFormatter(service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Reconnecting is normal here and said by us, once; the libraries say it many times a second.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    for quiet in ("aiokafka.consumer", "aiokafka.producer", "asyncio", "watchfiles"):
        logging.getLogger(quiet).setLevel(logging.ERROR)
