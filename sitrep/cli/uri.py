"""`sitrep uri`: what to connect to."""

import sys
from pathlib import Path

from sitrep.cli.running import Running


def run_uri(server: str, data: Path) -> int:
    """Print the address of a server of the stack that runs on `data`. Raises Problem where nothing runs."""
    running = Running.on(data)
    sys.stdout.write((running.bootstrap() if server == "kafka" else running.uri()) + "\n")
    return 0
