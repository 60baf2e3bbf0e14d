"""`sitrep up`: the whole stack in the foreground."""

import logging
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from sitrep.cli.add import run_add
from sitrep.cli.drain import Drain
from sitrep.cli.journal import rows
from sitrep.cli.table import table
from sitrep.contracts.published import day
from sitrep.embedded.layout import cache_directory
from sitrep.embedded.ports import HOST
from sitrep.embedded.procs import StackError
from sitrep.embedded.stack import Options, Stack

log = logging.getLogger(__name__)

ROUND_SECONDS = 0.2
EXAMPLES = Path(__file__).parents[2] / "examples"
OFFER = (
    "New here? Type e and Enter to drop in {count} example reports (of invented events),\n"
    "or in another terminal: {command} add {directory}/*.txt\n"
)
ADDED = "They are in the inbox. In another terminal: {command} tail --from-beginning\n"
COMMAND = Path(sys.executable).parent / "sitrep"
"""This very command: where it was not installed by hand, it is not on the PATH of another terminal."""


class _Stop(Exception):  # noqa: N818 - a wish
    """The person at the terminal, or the system, wants an end."""


class Terminal:
    """Where sentences go, and the wish to stop: a signal, or a terminal that is gone. Nothing is written after that.

    A signal only leaves its mark here, and every wait looks at the mark, so that it interrupts nothing half done.
    """

    def __init__(self) -> None:
        self.stopping = False
        self._finishing = False
        self._watched = select.poll()
        for stream in (sys.stdin, sys.stdout):
            if stream is not None and stream.isatty():
                # The system tells a hang-up to the leader of the session alone, which may be `make`.
                self._watched.register(stream.fileno(), 0)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                signal.signal(number, self._signalled)

    def _signalled(self, number: int, _frame: object) -> None:
        self.stopping = True
        if number == signal.SIGHUP:
            _write_nowhere()

    def pause(self, seconds: float) -> None:
        """Wait. Raises _Stop where an end is wanted."""
        if any(event & (select.POLLHUP | select.POLLERR) for _, event in self._watched.poll(0)):
            self.stopping = True
            _write_nowhere()
        if self.stopping and not self._finishing:
            raise _Stop
        time.sleep(seconds)

    def typed(self) -> str:
        """Return a line that was typed since the last look, empty where there is none; nothing is waited for."""
        if sys.stdin is None or not sys.stdin.isatty():
            return ""
        terminal = sys.stdin.fileno()
        if os.tcgetpgrp(terminal) != os.getpgrp():  # what is typed is meant for another program
            return ""
        return sys.stdin.readline().strip() if select.select([terminal], [], [], 0)[0] else ""

    def say(self, sentence: str) -> None:
        """Write one sentence, as far as the terminal has the characters for it."""
        try:
            sys.stdout.write(sentence + "\n")
            sys.stdout.flush()
        except UnicodeEncodeError:
            self.say(sentence.encode("ascii", "backslashreplace").decode())
        except OSError:  # whoever read this is gone
            self.stopping = True
            _write_nowhere()

    def finish(self) -> None:
        """From now on nothing more is asked of us: what is being stopped is stopped in full."""
        self._finishing = True


def _write_nowhere() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


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
    stack = Stack(Options(inbox, data, cache_directory(os.environ), env=env), terminal.say, terminal.pause)
    try:
        return _run(stack, terminal, once=once)
    finally:
        terminal.finish()
        if stack.supervisor.children:
            terminal.say("Stopping; what is under way is finished first …")
        stack.stop()
        terminal.say("Stopped. Nothing is lost; the next start goes on from here.")


def _run(stack: Stack, terminal: Terminal, *, once: bool) -> int:
    try:
        drain = Drain(stack.options.inbox, stack.layout.data) if once else None
        stack.start()
        _announce(stack, terminal)
        return _watch(stack, terminal) if drain is None else _drain(stack, drain, terminal)
    except _Stop:
        return 2 if once else 0
    except StackError as problem:
        terminal.say(f"Sitrep stops: {problem}")
    except (OSError, psycopg.Error, subprocess.SubprocessError) as problem:
        terminal.say(f"Sitrep stops: {type(problem).__name__}: {problem}")
        _keep(stack)
    return 2


def _keep(stack: Stack) -> None:
    """Keep where an unexpected error came from, for whoever is asked about it; a sentence is enough for the terminal."""
    try:
        with (stack.layout.logs / "up.log").open("a", encoding="utf-8") as file:
            handler = logging.StreamHandler(file)
            log.addHandler(handler)
            log.exception("sitrep up stops")
            log.removeHandler(handler)
    except OSError:
        pass


def _announce(stack: Stack, terminal: Terminal) -> None:
    metrics = "\n                     ".join(
        f"http://{HOST}:{stack.ports[name]}/metrics   ({name})" for name in stack.options.services
    )
    terminal.say(
        f"\nSitrep is ready.\n"
        f"  drop reports into  {stack.options.inbox}\n"
        f"  read them with     {COMMAND} psql\n"
        f"  from programs      {COMMAND} uri postgres   (prints the address, with the password)\n"
        f"  Kafka              {stack.bootstrap}   (topic news.enriched)\n"
        f"  metrics            {metrics}\n"
        f"  logs               {stack.layout.logs}\n"
        f"Ctrl-C stops it.\n"
    )


def _watch(stack: Stack, terminal: Terminal) -> int:
    examples = sorted(EXAMPLES.glob("*.txt")) if not rows(stack.layout.data, "SELECT 1 FROM transitions LIMIT 1") else []
    if examples:
        terminal.say(OFFER.format(count=len(examples), directory=EXAMPLES, command=COMMAND))
    while True:
        stack.watch()
        if examples and terminal.typed().lower() in {"e", "examples"}:
            run_add([str(example) for example in examples], stack.options.inbox, {}, allow_private=False)
            terminal.say(ADDED.format(command=COMMAND))
            examples = []
        terminal.pause(ROUND_SECONDS)


def _drain(stack: Stack, drain: Drain, terminal: Terminal) -> int:
    """Wait until everything in the inbox is stored or refused, saying how far it is; return the exit code."""
    said = time.monotonic()
    while not drain.done(stack.uri("reader")):
        stack.watch()
        terminal.pause(ROUND_SECONDS)
        if time.monotonic() - said > 5:
            said = time.monotonic()
            terminal.say(drain.progress())
    files = drain.files(stack.uri("reader"))
    if files:
        terminal.say("\n" + table(files, terminal=sys.stdout.isatty()))
    terminal.say(drain.summary())
    return 1 if drain.refused else 0
