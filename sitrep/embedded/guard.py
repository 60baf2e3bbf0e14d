"""Runs a command and kills it when standard input ends: a child's bond to its parent where the kernel knows none."""

import os
import signal
import subprocess
import sys
import threading
from types import FrameType


class Guard:
    """The one command that is guarded."""

    def __init__(self, argv: list[str]) -> None:
        self._argv = argv
        self._child: subprocess.Popen[bytes] | None = None
        self._received: int | None = None

    def run(self) -> int:
        """Run the command, passing SIGTERM and SIGINT on to it, and return its exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._pass_on)
        self._child = subprocess.Popen(self._argv, stdin=subprocess.DEVNULL)
        if self._received is not None:  # it came before there was anybody to pass it on to
            self._child.send_signal(self._received)
        threading.Thread(target=self._until_the_end, daemon=True).start()
        return self._child.wait()

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        self._received = number
        if self._child is not None:
            self._child.send_signal(number)

    def _until_the_end(self) -> None:
        while os.read(0, 1):
            pass
        if self._child is not None:
            self._child.kill()


if __name__ == "__main__":
    code = Guard(sys.argv[1:]).run()
    os._exit(code if code >= 0 else 128 - code)
