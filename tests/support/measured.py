"""How long each file of a directory takes to read as ingest reads it, and how much memory: a line of JSON each."""

import gc
import json
import os
import sys
import time
from datetime import date
from pathlib import Path

from services.ingest import build, reader
from services.ingest.draft import Draft, IncompleteError
from services.ingest.sidecar import Beside
from sitrep.contracts import identity
from sitrep.contracts.article import Sighting
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.outcomes import Reject

FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def read(descriptor: int, name: str) -> None:
    """Make articles of a file, as far as that goes."""
    try:
        document = reader.read(reader.OpenFile(descriptor, name, True, Failpoints()))
        for part in document.parts:
            if isinstance(part.outcome, Draft):
                data = part.data or b""
                sighting = Sighting(uri="inbox:x", key="x", sha256=identity.content_sha256(data), size=len(data))
                build.article(part.outcome, sighting, Beside(), date(2025, 1, 1))
    except (Reject, IncompleteError):
        pass


def peak() -> float:
    """Return the largest resident set since it was last reset, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(directory: Path) -> None:
    """Print what each file takes."""
    (directory / ".warm").write_text("Shelling near Rivertown, “said” in Zürich.", "cp1252")
    (directory / ".warm.html").write_text("<html><body><p>Shelling near Rivertown on Friday.</p></body></html>")
    for number, name in enumerate([".warm", ".warm.html", *sorted(path.name for path in directory.iterdir())]):
        try:
            descriptor = os.open(directory / name, FLAGS)
        except OSError:
            continue
        if not Path(f"/proc/self/fd/{descriptor}").is_file():
            os.close(descriptor)
            continue
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        before, began = peak(), time.process_time()
        read(descriptor, name)
        taken = {"name": name, "seconds": round(time.process_time() - began, 2), "mib": round(peak() - before, 1)}
        os.close(descriptor)
        if number > 1:
            sys.stdout.write(json.dumps(taken) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
