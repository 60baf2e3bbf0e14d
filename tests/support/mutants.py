"""`make mutants MODULE=...`: breaks a module in many small ways and says which of them no unit test notices.

Cosmic Ray makes the mutants, in copies of the working tree and in an environment of its own. A mutant that survives is a line
that the tests do not hold: a boundary, a condition, a number. The tests are those of the folder that mirrors the module's.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sitrep.embedded.ports import HOST, answers, choose
from tests.support.wait import until

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".mutants" / "bin"
WORKERS = os.cpu_count() or 1
TIMEOUT = 30.0
"""Seconds after which a mutant counts as noticed: it loops."""

SENSELESS = [
    r"core/ReplaceBinaryOperator_BitOr_.*",  # the | of types
    r"core/ReplaceBinaryOperator_(Add|Sub|Mul|Div)_(RShift|LShift|BitOr|BitAnd|BitXor|Pow|Mod|FloorDiv|Div)",
    r"core/ReplaceComparisonOperator_\w+_(Is|IsNot)",
    r"core/ReplaceComparisonOperator_(Eq|NotEq)_(Lt|LtE|Gt|GtE)",
    r"core/ReplaceComparisonOperator_(Is|IsNot)_(Eq|NotEq|Lt|LtE|Gt|GtE)",
    r"core/ReplaceUnaryOperator_USub_(UAdd|Invert|Not)",
    r"core/RemoveDecorator",
]
"""Operators whose mutants say nothing: an error at once, the same meaning, or one more of a kind."""


@dataclass(frozen=True)
class Mutant:
    """One change of one line, and whether a test noticed it."""

    line: int
    operator: str
    diff: str
    killed: bool


def tests_of(module: Path) -> Path:
    """Return the folder of tests that mirrors that of a module: tests/unit/enrich/… of services/enrich/…."""
    inner = module.parent.parts[1:]
    folder = ROOT / "tests" / "unit" / Path(*inner)
    while not folder.is_dir():
        folder = folder.parent
    return folder.relative_to(ROOT)


def mutants_of(module: Path, tests: Path) -> list[Mutant]:
    """Return every mutant of a module, each tried. Raises CalledProcessError where the tests fail without any."""
    with tempfile.TemporaryDirectory(prefix="sitrep-mutants-") as name, ExitStack() as workers:
        scratch = Path(name)
        copies = [_copy(scratch / f"copy-{number}") for number in range(WORKERS)]
        ports = list(choose([copy.name for copy in copies], {}).values())
        config, session = scratch / "config.toml", scratch / "session.sqlite"
        config.write_text(_config(module, tests, ports), "utf-8")
        subprocess.run(_test_command(tests), cwd=copies[0], check=True, stdout=subprocess.DEVNULL)
        _run(copies[0], "cosmic-ray", "init", str(config), str(session))
        _run(copies[0], "cr-filter-operators", str(session), str(config))
        for copy, port in zip(copies, ports, strict=True):
            worker = [str(TOOLS / "cosmic-ray"), "http-worker", "--port", str(port)]
            process = workers.enter_context(
                subprocess.Popen(worker, cwd=copy, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
            workers.callback(process.kill)
        until(lambda: all(answers(port) for port in ports), 60, "the workers are ready")
        _run(copies[0], "cosmic-ray", "exec", str(config), str(session))
        return list(_read(_run(copies[0], "cosmic-ray", "dump", str(session))))


def _copy(target: Path) -> Path:
    """Copy what the tests need of the working tree, as it is now."""
    named = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for file in named.stdout.splitlines():
        if (ROOT / file).is_file() and file.startswith(("services/", "sitrep/", "tests/", "deploy/", "pyproject.toml")):
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, target / file)
    return target


def _test_command(tests: Path) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(tests)]


def _config(module: Path, tests: Path, ports: Sequence[int]) -> str:
    urls = json.dumps([f"http://{HOST}:{port}" for port in ports])
    excluded = json.dumps(SENSELESS)
    return (
        f'[cosmic-ray]\nmodule-path = "{module}"\ntimeout = {TIMEOUT}\nexcluded-modules = []\n'
        f"test-command = {json.dumps(' '.join(_test_command(tests)))}\n"
        f'[cosmic-ray.distributor]\nname = "http"\n[cosmic-ray.distributor.http]\nworker-urls = {urls}\n'
        f"[cosmic-ray.filters.operators-filter]\nexclude-operators = {excluded}\n"
    )


def _run(where: Path, *command: str) -> str:
    done = subprocess.run([str(TOOLS / command[0]), *command[1:]], cwd=where, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr[-4000:])
        done.check_returncode()
    return done.stdout


def _read(dump: str) -> Iterator[Mutant]:
    """Yield the mutants of a session that were tried; what was filtered out was not."""
    for line in dump.splitlines():
        item, result = json.loads(line)
        if result is None or result["worker_outcome"] == "skipped":
            continue
        (mutation,) = item["mutations"]
        killed = result["test_outcome"] in {"killed", "incompetent"}
        yield Mutant(mutation["start_pos"][0], mutation["operator_name"].removeprefix("core/"), result["diff"] or "", killed)


def main() -> None:
    """Print the mutants that survived, and how many were noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+", type=Path, help="for example services/enrich/language/claims/quantities.py")
    parser.add_argument("--tests", type=Path, help="tests to run; default: the folder that mirrors the module's")
    arguments = parser.parse_args()
    for module in arguments.modules:
        tests = arguments.tests or tests_of(module)
        began = time.monotonic()
        mutants = mutants_of(module, tests)
        survivors = [mutant for mutant in mutants if not mutant.killed]
        for mutant in survivors:
            changed = [line for line in mutant.diff.splitlines() if line[:1] in "+-" and not line.startswith(("+++", "---"))]
            sys.stdout.write(f"{module}:{mutant.line} {mutant.operator}\n" + "".join(f"    {line}\n" for line in changed))
        killed = len(mutants) - len(survivors)
        share = f"{100 * killed / len(mutants):.0f} %" if mutants else "-"
        seconds = time.monotonic() - began
        sys.stdout.write(f"{module}: {killed} of {len(mutants)} mutants noticed ({share}) by {tests}, in {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
