"""Runs a command and kills it when standard input ends: a child's bond to its parent where the kernel knows none."""

import os
import signal
import subprocess
import sys
import threading


def main(argv: list[str]) -> int:
    """Run `argv`, pass on SIGTERM and SIGINT, and return its exit code."""
    child = subprocess.Popen(argv, stdin=subprocess.DEVNULL)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: child.send_signal(received))

    def until_the_end() -> None:
        while os.read(0, 1):
            pass
        child.kill()

    threading.Thread(target=until_the_end, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    code = main(sys.argv[1:])
    os._exit(code if code >= 0 else 128 - code)
