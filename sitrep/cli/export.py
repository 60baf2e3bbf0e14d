"""`sitrep export`: the store, or what is asked of it, as a file for other programs."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO

from sitrep.cli.exports.claims import write_csv
from sitrep.cli.exports.ftm import things
from sitrep.cli.opened import opened
from sitrep.cli.problem import Problem
from sitrep.cli.selection import Connection, Selection
from sitrep.cli.stored import load

SAY_EVERY = 10_000


class ExportFormat(StrEnum):
    """The forms of `sitrep export`."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    FTM = "ftm"


def run_export(data: Path, selection: Selection, *, postgres: str, format_: ExportFormat, output: Path | None) -> int:
    """Write what is selected; a file appears whole or not at all. Raises Problem."""
    if output is None and format_ is ExportFormat.PARQUET:
        raise Problem("Parquet needs a file: --output claims.parquet", code=2)
    write_parquet = _parquet() if format_ is ExportFormat.PARQUET else None
    with opened(data, postgres) as connection:
        if output is None:
            return _to_pipe(connection, selection, format_)
        with whole(output) as temporary:
            if write_parquet is not None:
                count = write_parquet(connection, selection, temporary)
            else:
                with temporary.open("w", encoding="utf-8", newline="") as file:
                    count = WRITERS[format_](connection, selection, file)
    what = "claims" if format_ in {ExportFormat.CSV, ExportFormat.PARQUET} else "reports"
    sys.stderr.write(f"{count:,} {what} ({selection.words()}) written to {output}\n")
    return 0


def _parquet() -> Callable[[Connection, Selection, Path], int]:
    """Return how Parquet is written. Raises Problem where its library was left out, as in the images of a server."""
    try:
        from sitrep.cli.exports.parquet import write_parquet  # noqa: PLC0415 - it may not be there
    except ModuleNotFoundError:
        raise Problem("Parquet needs pyarrow, which is not installed here; use --format csv", code=2) from None
    return write_parquet


def _to_pipe(connection: Connection, selection: Selection, format_: ExportFormat) -> int:
    try:
        WRITERS[format_](connection, selection, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read this has enough
        sys.stderr.close()
    return 0


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield where to write; it takes the place of `path` when all is written. Raises Problem where that cannot be.

    What a link points to is written, not the link; a pipe or a device is written as it is.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        if path.is_dir():
            raise Problem(f"{path} is a directory; name a file", code=2)
        yield path
        return
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as problem:
        raise Problem(f"{path} cannot be written: {problem.strerror or problem}") from problem
    finally:
        temporary.unlink(missing_ok=True)


def _jsonl(connection: Connection, selection: Selection, file: IO[str]) -> int:
    count = 0
    for count, article in enumerate(load(connection, selection.articles(connection)), 1):
        file.write(article.to_bytes().decode() + "\n")
        _say(count)
    return count


def _ftm(connection: Connection, selection: Selection, file: IO[str]) -> int:
    count = 0
    written: set[str] = set()
    for count, article in enumerate(load(connection, selection.articles(connection)), 1):
        file.writelines(json.dumps(thing, ensure_ascii=False) + "\n" for thing in things(article, written))
        _say(count)
    return count


def _say(count: int) -> None:
    if count % SAY_EVERY == 0:
        sys.stderr.write(f"  … {count:,} reports\n")


WRITERS: dict[ExportFormat, Callable[[Connection, Selection, IO[str]], int]] = {
    ExportFormat.JSONL: _jsonl,
    ExportFormat.FTM: _ftm,
    ExportFormat.CSV: write_csv,
}
