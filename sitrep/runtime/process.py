"""The life of a service process: from its settings to its exit code."""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn, TypeVar

from sitrep.runtime import logs
from sitrep.runtime.outcomes import EXIT_RETRY, Retry
from sitrep.runtime.service import ServiceSettings
from sitrep.runtime.settings import SettingsError

log = logging.getLogger(__name__)

DRAIN_SECONDS = 18.0
"""A process that is told to stop is gone after this, drained or not; what it had not acknowledged comes again."""

EXIT_SETTINGS = 78
"""Exit code (EX_CONFIG) where the settings cannot be used: starting again would not help."""

S = TypeVar("S", bound=ServiceSettings)


def settings_or_exit(model: type[S], service: str) -> S:
    """Return the settings of this process and set up its log; exit with a sentence where they are wrong."""
    try:
        settings = model.load(os.environ)
    except SettingsError as problem:
        sys.stderr.write(f"sitrep {service}: {problem}\n")
        raise SystemExit(EXIT_SETTINGS) from None
    logs.configure(service, settings.log_level, settings.log_format)
    return settings


def run(main: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> NoReturn:
    """Run `main` until it returns, then end the process.

    `main` is given an event that SIGTERM, SIGINT and SIGHUP set. Exit code 0 after a drain, EXIT_RETRY after Retry,
    1 after anything else.
    """
    code = 1
    try:
        asyncio.run(_until_stopped(main))
        code = 0
    except Retry as problem:
        log.error("giving up for now: %s", problem)  # noqa: TRY400 - the sentence says it
        code = EXIT_RETRY
    except SettingsError as problem:
        log.error("%s", problem)  # noqa: TRY400 - the sentence says it
        code = EXIT_SETTINGS
    except Exception:
        log.exception("the service ends on an error that it does not know")
    leave(code)


def run_first(main: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Run `main` as `run` does, but go on after it: for what a process has to wait for before its own work."""
    asyncio.run(_until_stopped(main))


async def _until_stopped(main: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    stop = asyncio.Event()

    def stopping() -> None:
        exit_after(DRAIN_SECONDS)
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stopping)
    await main(stop)


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Return True when `work` is done, or False as soon as the process is told to stop; `work` is cancelled then."""
    task, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        stopping.cancel()
        await task
        return True
    task.cancel()
    return False


def exit_after(seconds: float) -> None:
    """End this process with exit code 0 after `seconds`, if it is still there then."""
    timer = threading.Timer(seconds, leave, args=(0,))
    timer.daemon = True
    timer.start()


def leave(code: int) -> NoReturn:
    """End this process now: nothing that a library left running can hold it up, and no full disk under its log."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
