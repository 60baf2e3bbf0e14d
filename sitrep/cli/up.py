"""`sitrep up`: the whole stack in the foreground."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

from sitrep.cli.drain import Drain
from sitrep.contracts.published import day
from sitrep.embedded.layout import cache_directory
from sitrep.embedded.ports import HOST
from sitrep.embedded.procs import StackError
from sitrep.embedded.stack import Options, Stack

ROUND_SECONDS = 0.2


class _Stop(BaseException):
    """The person at the terminal, or the system, wants an end."""


class Terminal:
    """Where sentences go, and the wish to stop. After a hang-up nothing is written, for nobody reads it."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._interruptible = True
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._signalled)

    def _signalled(self, number: int, _frame: object) -> None:
        if number == signal.SIGHUP:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(nowhere, descriptor)
        first = not self.stopping.is_set()
        self.stopping.set()
        if first and self._interruptible:
            raise _Stop

    def say(self, sentence: str) -> None:
        """Write one sentence."""
        try:
            sys.stdout.write(sentence + "\n")
            sys.stdout.flush()
        except OSError:  # the terminal is gone
            self.stopping.set()

    def finish(self) -> None:
        """From now on a signal interrupts nothing: what is being stopped is stopped in full."""
        self._interruptible = False


def run_up(inbox: Path, data: Path, *, once: bool, published: str) -> int:
    """Run the stack until told to stop, or with `once` until all is stored; return the exit code."""
    env = {"SITREP_LOG_FORMAT": "text"}
    if published:
        try:
            day(published)
        except ValueError:
            sys.stderr.write(f"sitrep up: --published {published} is not a date like 2024-11-30\n")
            return 2
        env["SITREP_PUBLISHED"] = published
    terminal = Terminal()
    stack = Stack(Options(inbox, data, cache_directory(os.environ), env=env), terminal.say)
    code = 0
    try:
        stack.start()
        _announce(stack, terminal)
        code = _drain(stack, terminal) if once else _watch(stack, terminal)
    except _Stop:
        pass
    except StackError as problem:
        terminal.say(f"Sitrep stops: {problem}")
        code = 2
    terminal.finish()
    if stack.supervisor.children:
        terminal.say("Stopping; what is under way is finished first …")
    stack.stop()
    terminal.say("Stopped. Nothing is lost; the next start goes on from here.")
    return code


def _announce(stack: Stack, terminal: Terminal) -> None:
    metrics = ", ".join(f"{name} http://{HOST}:{stack.ports[name]}/metrics" for name in stack.options.services)
    terminal.say(
        f"\nSitrep is ready.\n"
        f"  drop reports into  {stack.options.inbox}\n"
        f"  read them in       {stack.uri('reader')}\n"
        f"  Kafka              {stack.bootstrap}   (topic news.enriched)\n"
        f"  metrics            {metrics}\n"
        f"  logs               {stack.layout.logs}\n"
        f"Ctrl-C stops it.\n"
    )


def _watch(stack: Stack, terminal: Terminal) -> int:
    while not terminal.stopping.is_set():
        stack.watch()
        time.sleep(ROUND_SECONDS)
    return 0


def _drain(stack: Stack, terminal: Terminal) -> int:
    """Wait until everything in the inbox is stored or refused, saying how far it is; return the exit code."""
    drain = Drain(stack.options.inbox, stack.layout.data, stack.uri("reader"))
    said = 0.0
    while not drain.done():
        stack.watch()
        if time.monotonic() - said > 5:
            said = time.monotonic()
            terminal.say(drain.progress())
        time.sleep(ROUND_SECONDS)
    terminal.say(drain.summary())
    return 1 if drain.refused else 0
