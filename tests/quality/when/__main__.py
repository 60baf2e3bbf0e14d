"""`python -m tests.quality.when [SET …] [--failures]`: sentences with expressions of time, and how many are read right.

An expression is accepted where a date overlaps it that has its kind, its earliest and latest day (or those of another reading that is
right as well), the length of its duration, and its warning. What is no time is accepted where no date overlaps it.
"""

import argparse
import importlib
from collections import Counter

from tests.quality.when.judge import judged
from tests.quality.when.read import dates_of

SETS = ("english", "traps", "anchors", "french", "aside", "aside_last", "french_aside")


def scores(name: str, failures: list[str] | None = None) -> tuple[Counter[str], Counter[str]]:
    """Return by group how many expressions of a set are read right, and how many there are; `failures` gets what is wrong."""
    rows = importlib.import_module(f"tests.quality.when.sentences.{name}").ROWS
    right, total = Counter[str](), Counter[str]()
    for row, dates in zip(rows, dates_of(rows, french=name.startswith("french")), strict=True):
        for verdict in judged(row, dates):
            total[row.group] += 1
            right[row.group] += verdict.right
            if failures is not None and not verdict.right:
                failures.append(f"{row.group}: {verdict}\n    {row.published} {row.text}")
    return right, total


def main() -> int:
    """Print the shares by group."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sets = f"of {', '.join(SETS)}; all but those put aside where none is given"
    parser.add_argument("sets", nargs="*", metavar="SET", help=sets)
    parser.add_argument("--failures", action="store_true", help="say what was read where it is wrong")
    args = parser.parse_args()
    if unknown := set(args.sets) - set(SETS):
        parser.error(f"there is no set {', '.join(sorted(unknown))}")
    for name in args.sets or SETS[:4]:
        failures: list[str] = []
        right, total = scores(name, failures)
        if args.failures:
            print("\n".join(failures))
        for group in total:
            print(f"{name:12} {group:20} {total[group]:4} {right[group] / total[group]:.3f}")
        print(f"{name:12} {'all':20} {total.total():4} {right.total() / total.total():.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
