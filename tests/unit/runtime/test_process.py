"""How a service process ends."""

import signal
import subprocess
import sys

import pytest

HEAD = "import asyncio\nfrom sitrep.runtime import process\nfrom sitrep.runtime.outcomes import Cause, Retry\n"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("return", 0),
        ("raise Retry(Cause.KAFKA, 'no broker')", 75),
        ("raise ValueError('what')", 1),
        ("from sitrep.runtime.settings import SettingsError\n    raise SettingsError('SITREP_INBOX: taken')", 78),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM); await stop.wait()", 0),
        ("import threading; threading.Thread(target=threading.Event().wait).start()", 0),
    ],
    ids=["done", "retry", "error", "settings", "told to stop", "a thread that hangs"],
)
def test_exit_code(body: str, code: int) -> None:
    script = f"{HEAD}async def main(stop):\n    {body}\nprocess.run(main)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=20, check=False).returncode == code


def test_leave_leaves_though_nothing_can_be_written() -> None:
    script = f"{HEAD}import sys\nsys.stderr.write('x' * 10)\nprocess.leave(75)"
    command = ["sh", "-c", '"$0" -c "$1" 2>/dev/full', sys.executable, script]
    assert subprocess.run(command, env={"PYTHONUNBUFFERED": ""}, timeout=20, check=False).returncode == 75


def test_process_that_does_not_drain_is_gone_all_the_same() -> None:
    script = (
        f"{HEAD}process.DRAIN_SECONDS = 0.3\nasync def main(stop):\n    print('up', flush=True)\n"
        "    await asyncio.Event().wait()\nprocess.run(main)"
    )
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    with running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0
