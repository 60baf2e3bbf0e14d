"""`sitrep resume`: let a stage go on that has stopped because too many inputs in a row were refused."""

import sys
from collections.abc import Sequence
from pathlib import Path

import httpx

from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.embedded.ports import HOST


def run_resume(stage: str, data: Path, urls: Sequence[str]) -> int:
    """Tell each worker of a stage to go on. Raises Problem, after all were told, where one does not answer."""
    silent = []
    for url in urls or [f"http://{HOST}:{Running.on(data).port(stage)}"]:
        try:
            answer = httpx.post(f"{url.rstrip('/')}/resume", timeout=5, trust_env=False).raise_for_status().json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
            silent.append(f"{stage} at {url} does not answer: {problem}")
            continue
        sys.stdout.write(f"{stage} at {url} {'goes on' if answer.get('resumed') else 'was not stopped'}\n")
    if silent:
        raise Problem("; ".join(silent))
    return 0
