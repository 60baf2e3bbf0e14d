"""`sitrep`: what each command is called, and what it takes."""

import runpy
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

import typer

from sitrep.cli import store_commands
from sitrep.cli.options import (
    MODEL,
    Bootstrap,
    Data,
    Inbox,
    Json,
    Metrics,
    Model,
    Postgres,
    Published,
    RunningInbox,
    Type,
    checked,
    end_with,
)
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
app.add_typer(store_commands.app)
app.add_typer(store_commands.rejected, name="rejected")


class Service(StrEnum):
    """The services that can be run alone."""

    INGEST = Stage.INGEST
    ENRICH = Stage.ENRICH
    STORE = Stage.STORE
    MONITOR = Stage.MONITOR


class Server(StrEnum):
    """The servers that have an address."""

    POSTGRES = "postgres"
    KAFKA = "kafka"


class Format(StrEnum):
    """How `sitrep tail` prints."""

    PRETTY = "pretty"
    JSON = "json"


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

    end_with("enrich", lambda: run_enrich(files, model=model, published=checked(published)))


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
        about = {"published": checked(published) or "", "publisher": publisher}
        target = inbox or Running.on(data.absolute()).inbox or Path("inbox")
        return run_add(things, target, {name: said for name, said in about.items() if said}, allow_private=allow_private)

    end_with("add", run)


@app.command()
def show(
    report: Annotated[
        str,
        typer.Argument(
            help="A file, - for standard input, the name of a file that was stored, or an id (of an article, a claim, a refusal) "
            "or its beginning.",
            metavar="FILE|ID",
        ),
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

    end_with(
        "show",
        lambda: run_show(
            report, data.absolute(), postgres=postgres, html=html, as_json=as_json, published=checked(published), model=model
        ),
    )


@app.command()
def why(
    claim: Annotated[
        str,
        typer.Argument(
            help="The id of a stored claim or its beginning, or a file (- for standard input), whose claims are all explained.",
            metavar="CLAIM_ID|FILE",
        ),
    ],
    at: Annotated[
        int | None,
        typer.Option("--at", help="Only what stands at this character of the text, counted from 0.", metavar="OFFSET"),
    ] = None,
    data: Data = Path("data"),
    postgres: Postgres = "",
    published: Published = "",
    model: Model = MODEL,
) -> None:
    """Explain claims: the rule, cue, antecedent and features behind each field.

    With --at it explains the claim at one place of the text, or why there is none.
    """
    from sitrep.cli.why import run_why

    end_with(
        "why", lambda: run_why(claim, data.absolute(), postgres=postgres, at=at, published=checked(published), model=model)
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
    bootstrap: Bootstrap = "",
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

    end_with("tail", run)


@app.command()
def where(
    what: Annotated[
        str,
        typer.Argument(
            help="A file that was dropped, by its name or path, or an id (of an article, a claim, a refusal) or its beginning.",
            metavar="FILE|ID",
        ),
    ],
    data: Data = Path("data"),
    postgres: Postgres = "",
    as_json: Json = False,
) -> None:
    """Say where a file is: every state that it went through, from the inbox to the rows in Postgres."""
    from sitrep.cli.where import run_where

    end_with("where", lambda: run_where(what, data.absolute(), postgres=postgres, as_json=as_json))


@app.command()
def status(
    data: Data = Path("data"),
    metrics: Metrics = "",
    bootstrap: Bootstrap = "",
    postgres: Postgres = "",
    inbox: RunningInbox = None,
    as_json: Json = False,
) -> None:
    """Say what runs, how fast, how far behind, what waits and what is refused. Exit code 1 where something is wrong."""
    from sitrep.cli.status import Server, run_status

    server = Server([url for url in metrics.split(",") if url], bootstrap, postgres, inbox)
    end_with("status", lambda: run_status(data.absolute(), server, as_json=as_json))


@app.command()
def ledger(
    data: Data = Path("data"),
    inbox: RunningInbox = None,
    bootstrap: Bootstrap = "",
    postgres: Postgres = "",
    as_json: Json = False,
) -> None:
    """Make up the ledger: what went into each stage is what came out, was refused or waits. Exit code 1 where something is missing."""
    from sitrep.cli.ledger import run_ledger

    end_with("ledger", lambda: run_ledger(data.absolute(), inbox, bootstrap=bootstrap, postgres=postgres, as_json=as_json))


@app.command()
def top(
    once: Annotated[bool, typer.Option("--once", help="Print it once and end.")] = False,
    seconds: Annotated[float, typer.Option(min=0.5, help="Look this often.")] = 2.0,
    data: Data = Path("data"),
    metrics: Metrics = "",
    postgres: Postgres = "",
) -> None:
    """Watch the pipeline live: what waits, how fast it goes, the last reports with their claims, what was refused. q quits."""
    from sitrep.cli.top import run_top

    urls = [url for url in metrics.split(",") if url]
    end_with("top", lambda: run_top(data.absolute(), metrics=urls, postgres=postgres, once=once, seconds=seconds))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(context: typer.Context, data: Data = Path("data"), postgres: Postgres = "") -> None:
    """Open the database in psql, as the reader. Everything that this command does not know goes to psql: -c, -f, --csv."""
    from sitrep.cli.psql import run_psql

    end_with("psql", lambda: run_psql(context.args, data.absolute(), uri=postgres))


@app.command()
def topics(
    bootstrap: Annotated[str, typer.Option(envvar="SITREP_KAFKA_BOOTSTRAP", help="Kafka brokers.")] = "127.0.0.1:9092",
    replication: Annotated[int, typer.Option(min=1, help="Copies of each partition.")] = 1,
) -> None:
    """Create the topics that are missing; doing it again changes nothing."""
    from sitrep.cli.topics import run_topics

    end_with("topics", lambda: run_topics(bootstrap, replication))


@app.command()
def migrate() -> None:
    """Bring the database named in SITREP_POSTGRES_OWNER_URI to the newest schema; doing it again changes nothing."""
    from services.store.migrate import main as run_migrate

    raise typer.Exit(run_migrate())


@app.command()
def uri(server: Server, data: Data = Path("data")) -> None:
    """Print what to connect to: the database (as the reader) or the broker. Exit code 1 where nothing runs."""
    from sitrep.cli.uri import run_uri

    end_with("uri", lambda: run_uri(server, data.absolute()))
