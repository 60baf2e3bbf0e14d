"""`make faults [ROWS=I1,K1]`: rows at their full counts, each appended to docs/faults.json, with a table in docs/faults.md."""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.lab import Lab
from tests.faults.rows import ROWS
from tests.support.servers import Broker, Database

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "docs" / "faults.json"
TABLE = ROOT / "docs" / "faults.md"
SOURCES = ("sitrep", "services", "tests/faults", "tests/support")
HEAD = """\
# Faults

What was done to Sitrep, and what came of it: written by `make faults`, from [faults.json](faults.json). Each row is the newest
run with the number of faults of its full count. *Lost* and *doubled* are articles; *amplification* is records on a topic for each input, on
the topic where it is largest; *recovery* is from a fault to the row of a file that was dropped right after it, in seconds; *tree*
is a hash of the source that ran. A scenario also fails where a text is not stored to the byte, where a file or a process is left
behind, where a fresh file is no row within 30 s, and where fewer than nine in ten faults hit work in flight.
`make test-long` runs three faults of each row (of I3 and P1: as many as they have files there).

| row | what | faults | files | lost | doubled | amplification | MiB | recovery p50 / p95 | minutes | day | tree |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|
"""


def tree() -> str:
    """Return a hash over the source files, as git has them or would have them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *SOURCES]
    files = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    whole = hashlib.sha256()
    for name in sorted(name for name in files if name and (ROOT / name).is_file()):
        whole.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return whole.hexdigest()[:12]


def run(row: str, seed: int) -> dict[str, Any]:
    """Run a row at its full count, on servers of its own. Raises AssertionError where an invariant does not hold."""
    with tempfile.TemporaryDirectory(prefix=f"sitrep-{row}-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        with Broker(directory / "shared-kafka") as broker, Database(directory / "shared-postgres") as database:
            broker.ready()
            database.ready()
            outcome = ROWS[row].run(Lab(row, directory, broker, database, seed, *ROWS[row].full))
    return {**outcome.as_json(), "at": datetime.now(UTC).isoformat(timespec="seconds"), "tree": tree()}


def append(record: dict[str, Any]) -> None:
    """Append one outcome to the record, and write the table anew."""
    known = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else []
    known.append(record)
    RECORD.write_text("[\n" + ",\n".join(json.dumps(one) for one in known) + "\n]\n", "utf-8")
    TABLE.write_text(HEAD + "".join(_line(row, known) for row in ROWS), "utf-8")


def _line(row: str, known: list[dict[str, Any]]) -> str:
    full, _ = ROWS[row].full
    found = [one for one in known if one["row"] == row]
    if not found:
        return f"| {row} | {ROWS[row].what} | not run at its full count of {full} yet |" + " |" * 9 + "\n"
    one = found[-1]
    recovery = "–" if one["recovery_p50"] is None else f"{one['recovery_p50']} / {one['recovery_p95']}"
    cells = [row, ROWS[row].what, one["seen"], f"{one['inputs']:,}", one["lost"], one["doubled"], one["amplification"]]
    cells += [one["largest_mib"], recovery, round(one["seconds"] / 60, 1), one["at"][:10], one["tree"]]
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def main() -> int:
    """Run the rows that are named, or all; return 1 where one of them fails, after the others have run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="", help="ids, separated by commas; default: all")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)), help="to repeat a run")
    given = parser.parse_args()
    wanted = [row for row in given.rows.split(",") if row] or list(ROWS)
    if unknown := set(wanted) - set(ROWS):
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    failed = []
    for row in wanted:
        faults, files = ROWS[row].full
        sys.stderr.write(f"{row}: {ROWS[row].what}; {faults} faults, {files:,} files, seed {given.seed} …\n")
        try:
            record = run(row, given.seed)
        except Exception:  # noqa: BLE001 - the other rows run all the same
            traceback.print_exc()
            failed.append(row)
            continue
        append(record)
        sys.stderr.write(json.dumps(record) + "\n")
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)} (seed {given.seed})\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
