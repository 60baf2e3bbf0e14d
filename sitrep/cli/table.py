"""What `sitrep up --once` prints at the end: one line for each file."""

import io
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sitrep.cli.history import History
from sitrep.cli.printable import printable

LINES = 200
WIDTH = 120
STYLES = {"stored": "green", "rejected": "red", "ignored": "dim"}


def table(files: Sequence[History], *, terminal: bool) -> str:
    """Return the table; of very many files those that were rejected first, and how many are left out."""
    shown = files if len(files) <= LINES else sorted(files, key=lambda one: one.state != "rejected")[:LINES]
    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    made.add_column("File", overflow="fold", ratio=1)
    for name in ("State", "Published"):
        made.add_column(name, no_wrap=True)
    for name in ("Entities", "Dates", "Claims", "Seconds"):
        made.add_column(name, justify="right", no_wrap=True)
    for one in shown:
        reached = one.not_read or (one.state if one.code is None else f"{one.state}: {one.code}")
        state = Text(reached, "yellow" if one.not_read else STYLES.get(one.state, "yellow"))
        counts = ["" if one.not_read else str(one.found.get(name, "")) for name in ("entities", "dates", "claims")]
        seconds = "" if one.seconds is None else f"{one.seconds:.1f}"
        made.add_row(
            printable(one.key), state, (one.published or "")[:10] or ("none" if one.state == "stored" else ""), *counts, seconds
        )
    written = io.StringIO()
    console = Console(file=written, force_terminal=terminal, width=None if terminal else WIDTH, highlight=False)
    console.print(made)
    left = f"… and {len(files) - len(shown)} more\n" if len(files) > len(shown) else ""
    return written.getvalue() + left
