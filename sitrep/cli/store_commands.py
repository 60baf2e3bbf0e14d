"""What is asked of the store and done with it: search, report, export, backup, restore, reset, rejected."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sitrep.cli.options import Bootstrap, Data, Json, Place, Postgres, RunningInbox, Since, Type, Until, Writer, end_with
from sitrep.cli.problem import Problem

if TYPE_CHECKING:
    from sitrep.cli.rejected import Refused

app = typer.Typer()
rejected = typer.Typer(no_args_is_help=True, help="See what was refused, and send again what was mended.")

StageOf = Annotated[str, typer.Option(help="Only what this stage refused: ingest, enrich or store.")]
Code = Annotated[str, typer.Option(help="Only with this code, as in the list.")]
State = Annotated[str, typer.Option(help="Only those that are open, redriven, stored or dismissed.")]
RefusedIds = Annotated[
    list[str] | None,
    typer.Argument(
        help="Rejections or articles by their ids or the beginnings of these, or files by name; default: all.",
        metavar="[ID|FILE]...",
    ),
]
RefusedSince = Annotated[str, typer.Option("--since", help="Only what was refused on this day (YYYY-MM-DD, UTC) or later.")]
RefusedUntil = Annotated[str, typer.Option("--until", help="Only what was refused on this day or earlier.")]


@app.command()
def reenrich(  # noqa: PLR0913, PLR0917 - the options of a command
    every: Annotated[bool, typer.Option("--all", help="Every article of an older version.")] = False,
    version: Annotated[int | None, typer.Option("--version", min=1, help="Only articles of this version.")] = None,
    since: Since = "",
    until: Until = "",
    rate: Annotated[float | None, typer.Option(min=0.1, help="Articles a second at most.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many articles are meant.")] = False,
    data: Data = Path("data"),
    postgres: Postgres = "",
    bootstrap: Bootstrap = "",
) -> None:
    """Bring stored articles that an older version has enriched to the present one, while everything runs.

    They go through the topics once more, those published last first, a few at a time, so that new reports hardly wait. Stop it
    whenever you like: the next run goes on where it was. `sitrep status` says how many articles have which version.
    """
    from sitrep.cli.reenrich import Choice, Limits, run_reenrich
    from sitrep.cli.selection import Selection

    def run() -> int:
        if not (every or version or since or until or dry_run):
            raise Problem("say which articles: --all, --version N, --since DAY or --until DAY; --dry-run counts them", code=2)
        period = Selection.of("", "", since, until)
        limits = Limits(rate, dry_run, postgres, bootstrap)
        return run_reenrich(data.absolute(), Choice(version, period.since, period.until), limits)

    end_with("reenrich", run)


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
        if unknown := [word for word in words if word.startswith("--")]:
            raise Problem(f"there is no option {unknown[0]}; see `sitrep search --help`", code=2)
        period = Selection.of("", "", since, until)
        return run_search(
            " ".join(words), data.absolute(), period, postgres=postgres, claims=claims, most=most, as_json=as_json
        )

    end_with("search", run)


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

    end_with("report", run)


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

    end_with("export", run)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="File to write (tar).")], data: Data = Path("data")) -> None:
    """Write everything that is stored, and what is on its way, into one file. Sitrep may run meanwhile."""
    from sitrep.cli.backup import run_backup

    end_with("backup", lambda: run_backup(data.absolute(), file.absolute()))


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="File that `sitrep backup` wrote.")], data: Data = Path("data")) -> None:
    """Make a data directory of a backup. One that has something in it is left as it is."""
    from sitrep.cli.backup import run_restore

    end_with("restore", lambda: run_restore(file.absolute(), data.absolute()))


@app.command()
def reset(
    data: Data = Path("data"),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    delete: Annotated[bool, typer.Option("--delete", help="Delete it for good instead of putting it aside.")] = False,
) -> None:
    """Begin anew: put everything that is stored aside. The inbox stays as it is."""
    from sitrep.cli.backup import run_reset

    end_with("reset", lambda: run_reset(data.absolute(), yes=yes, delete=delete))


@rejected.command("list")
def rejected_list(  # noqa: PLR0913, PLR0917 - the options of a command
    stage: StageOf = "",
    code: Code = "",
    state: State = "",
    all_: Annotated[bool, typer.Option("--all", help="Also those that are stored since, or were dismissed.")] = False,
    since: RefusedSince = "",
    until: RefusedUntil = "",
    most: Annotated[int, typer.Option(min=1, help="How many at most; the newest come first.")] = 100,
    data: Data = Path("data"),
    postgres: Postgres = "",
    as_json: Json = False,
) -> None:
    """List what is refused: its id, when, by which stage, why, and whether it was sent again."""
    from sitrep.cli.rejected import STANDING, run_list

    def run() -> int:
        states = (state,) if state else None if all_ else STANDING
        which = _refused(stage, code, states, since, until)
        return run_list(data.absolute(), which, postgres=postgres, most=most, as_json=as_json)

    end_with("rejected list", run)


@rejected.command("show")
def rejected_show(
    id_: Annotated[
        str,
        typer.Argument(
            help="A rejection or an article by its id or the beginning of that, or a file by name.", metavar="ID|FILE"
        ),
    ],
    data: Data = Path("data"),
    postgres: Postgres = "",
    as_json: Json = False,
) -> None:
    """Show one refusal: what to do, where it came from, and what was refused."""
    from sitrep.cli.rejected import run_show

    end_with("rejected show", lambda: run_show(data.absolute(), id_, postgres=postgres, as_json=as_json))


@rejected.command("redrive")
def rejected_redrive(  # noqa: PLR0913, PLR0917 - the options of a command
    ids: RefusedIds = None,
    stage: StageOf = "",
    code: Code = "",
    since: RefusedSince = "",
    until: RefusedUntil = "",
    again: Annotated[bool, typer.Option("--again", help="Also what was sent again before, three times at most.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    rate: Annotated[float, typer.Option(min=0.1, help="How many a second at most.")] = 50.0,
    data: Data = Path("data"),
    postgres: Writer = "",
    bootstrap: Bootstrap = "",
    inbox: RunningInbox = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines, for scripts.")] = False,
) -> None:
    """Send again what was refused: files go back into the inbox, records to the topic that they came from.

    What is stored meanwhile, or was sent again before, is left; a second run does nothing. What was done is noted in the
    table `redrives`.
    """
    from sitrep.cli.redrive import How, run_redrive

    def run() -> int:
        which = _refused(stage, code, None, since, until, ids or ())
        how = How(again, dry_run, rate, as_json)
        return run_redrive(data.absolute(), which, how, inbox=inbox, postgres=postgres, bootstrap=bootstrap)

    end_with("rejected redrive", run)


@rejected.command("dismiss")
def rejected_dismiss(
    ids: Annotated[
        list[str],
        typer.Argument(
            help="Rejections or articles by their ids or the beginnings of these, or files by name.", metavar="ID|FILE..."
        ),
    ],
    undo: Annotated[bool, typer.Option("--undo", help="Open again what was dismissed.")] = False,
    data: Data = Path("data"),
    postgres: Writer = "",
) -> None:
    """Close refusals for good: nobody will mend them, and they are neither listed nor sent again. The record of them stays."""
    from sitrep.cli.dismiss import run_dismiss
    from sitrep.cli.rejected import STANDING

    def run() -> int:
        which = _refused("", "", ("dismissed",) if undo else STANDING, "", "", ids)
        return run_dismiss(data.absolute(), which, postgres=postgres, undo=undo)

    end_with("rejected dismiss", run)


def _refused(
    stage: str, code: str, states: tuple[str, ...] | None, since: str, until: str, ids: Sequence[str] = ()
) -> "Refused":
    from sitrep.cli.rejected import Refused
    from sitrep.cli.selection import Selection

    days = Selection.of("", "", since, until)
    return Refused(stage or None, code or None, states, days.since, days.until, tuple(ids)).checked()


@app.command()
def resume(
    stage: Annotated[str, typer.Argument(help="enrich or store.", metavar="STAGE")],
    url: Annotated[list[str] | None, typer.Option(help="Address of each worker's /health, without the path.")] = None,
    data: Data = Path("data"),
) -> None:
    """Let a stage go on that has stopped because too many inputs in a row were refused (`sitrep status` says so)."""
    from sitrep.cli.resume import run_resume

    def run() -> int:
        if stage not in {"enrich", "store"}:
            raise Problem(f"{stage} never stops so; enrich and store do", code=2)
        return run_resume(stage, data.absolute(), url or [])

    end_with("resume", run)
