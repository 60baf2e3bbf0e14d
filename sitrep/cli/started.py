"""The servers of a data directory, started for one command."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.embedded.layout import cache_directory
from sitrep.embedded.procs import StackError
from sitrep.embedded.stack import SERVERS, Options, Stack


@contextmanager
def started(data: Path, *, inbox: Path | None = None, servers: tuple[str, ...] = SERVERS) -> Iterator[Stack]:
    """Yield the servers of a data directory, started without any service, and stop them at the end. Raises Problem."""
    inbox = inbox or Running.on(data).inbox or data.with_name("inbox")
    options = Options(inbox, data, cache_directory(os.environ), services=(), servers=servers)
    stack = Stack(options, _say, time.sleep)
    try:
        stack.start()
        yield stack
    except (StackError, OSError) as problem:
        raise Problem(str(problem)) from problem
    finally:
        stack.stop()


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
