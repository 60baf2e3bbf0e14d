"""The very beginning of the `sitrep` command, before anything slow is imported."""

import logging
import os
import signal
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line of this process; Ctrl-C ends it at once and silently, but where a command says otherwise."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # a command says itself what is wrong
    from sitrep.cli.main import app  # noqa: PLC0415 - the point of this module
    from sitrep.runtime.settings import SettingsError, with_files  # noqa: PLC0415

    try:
        os.environ.update(with_files(os.environ))
    except SettingsError as problem:
        sys.stderr.write(f"sitrep: {problem}\n")
        raise SystemExit(78) from None
    app()
    raise SystemExit(0)


if __name__ == "__main__":
    run()
