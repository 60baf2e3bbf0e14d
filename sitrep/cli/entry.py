"""The very beginning of the `sitrep` command, before anything slow is imported."""

import signal
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line of this process; Ctrl-C ends it at once and silently, but where a command says otherwise."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from sitrep.cli.main import app  # noqa: PLC0415 - the point of this module

    app()
    raise SystemExit(0)


if __name__ == "__main__":
    run()
