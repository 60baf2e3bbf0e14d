"""`sitrep top`: the whole pipeline at a glance, again and again, until q or Ctrl-C."""

import os
import select
import signal
import sys
import termios
import time
import tty
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console, Group
from rich.live import Live
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from sitrep.cli.cards import TYPE_COLOURS
from sitrep.cli.printable import printable
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.cli.scrape import Recent, scrape
from sitrep.contracts.codes import Stage
from sitrep.embedded.layout import read_json
from sitrep.embedded.ports import HOST

STAGES = (Stage.INGEST, Stage.ENRICH, Stage.STORE)
FIRST_PAUSE = 1.0
LATEST = """
SELECT a.stored_at, a.title, a.publisher, a.article_id FROM arrivals AS a ORDER BY a.stored_at DESC, a.article_id LIMIT %s
"""
CLAIMS = "SELECT type, speaker, claim, polarity FROM said WHERE article_id = %s ORDER BY start_offset LIMIT 3"
REFUSED = "SELECT at, stage, code, key FROM refusals WHERE state = 'open' ORDER BY at DESC NULLS LAST LIMIT 3"
Row = tuple[Any, ...]


@dataclass
class News:
    """What the database has that is new; `problem` is why it could not be asked."""

    articles: list[tuple[Row, list[Row]]] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    problem: str = ""


def run_top(data: Path, *, metrics: Sequence[str], postgres: str, once: bool, seconds: float) -> int:
    """Show the view until q or Ctrl-C, or once. Raises Problem where nothing runs."""
    running = Running.on(data)
    urls = list(metrics) or _urls(running)
    console = Console(highlight=False)
    recent = Recent()
    recent.add(scrape(urls, time.monotonic()))
    if once or not console.is_terminal:
        time.sleep(FIRST_PAUSE)  # a rate takes two looks
        recent.add(scrape(urls, time.monotonic()))
        console.print(_view(recent, _news(running, postgres, 5), once=True))
        return 0
    _end_on_signals()
    with _keys() as pressed, Live(console=console, screen=True, auto_refresh=False) as live:
        pause = FIRST_PAUSE
        while True:
            room = max(1, (console.height - 14) // 5)
            live.update(_view(recent, _news(running, postgres, room), once=False), refresh=True)
            if pressed(pause) in {"q", "Q", "\x03", "\x04"}:
                return 0
            pause = seconds
            recent.add(scrape(urls, time.monotonic()))


def _end_on_signals() -> None:
    """Have Ctrl-C, and the end of the terminal, leave the screen and the terminal as they were."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(0 if number == signal.SIGINT else 128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def _urls(running: Running) -> list[str]:
    ports = read_json(running.layout.state).get("ports") or {}
    running.port("postgres")  # a sentence, where nothing runs
    return [f"http://{HOST}:{ports[name]}/metrics" for name in (*STAGES, Stage.MONITOR) if name in ports]


@contextmanager
def _keys() -> Iterator[Any]:
    """Give a function that waits for a key for some seconds and returns it, or an empty string; without echo meanwhile."""
    if not sys.stdin.isatty():

        def wait(seconds: float) -> str:
            time.sleep(seconds)
            return ""

        yield wait
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)

    def key(seconds: float) -> str:
        ready = select.select([terminal], [], [], seconds)[0]
        # The end of a terminal that went away is an end as well.
        return (os.read(terminal, 1).decode("latin-1") or "q") if ready else ""

    try:
        tty.setcbreak(terminal)
        yield key
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _news(running: Running, postgres: str, most: int) -> News:
    try:
        with closing(running.connect(postgres)) as connection:
            latest = connection.execute(LATEST, (most,)).fetchall()
            articles = [(row, connection.execute(CLAIMS, (row[3],)).fetchall()) for row in latest]
            return News(articles, connection.execute(REFUSED).fetchall())
    except (psycopg.Error, Problem) as problem:
        return News(problem=(str(problem).splitlines() or ["Postgres cannot be asked"])[0])


def _view(recent: Recent, news: News, *, once: bool) -> Group:
    parts: list[Any] = [_head(recent, once=once), _stages(recent)]
    parts += [Text(f"! {url} does not answer", "red") for url in recent.now.silent]
    if news.problem:
        parts.append(Text(f"! {news.problem}", "red"))
    parts += [Rule("last reports", align="left", style="dim"), *_articles(news)]
    parts += [Rule("refused", align="left", style="dim"), *_refused(news)]
    return Group(*parts)


def _head(recent: Recent, *, once: bool) -> Text:
    now = recent.now
    waiting, oldest = now.total("sitrep_ingest_waiting_files"), now.total("sitrep_ingest_oldest_waiting_seconds")
    middle, high = (recent.quantile("sitrep_store_ready_to_row_seconds", share) for share in (0.5, 0.95))
    said = Text.assemble(("Sitrep", "bold"), f"  {time.strftime('%H:%M:%S')}   inbox ", (_count(waiting), "bold"), " files")
    if waiting:
        said.append(f", the oldest for {oldest or 0:,.0f} s")
    if middle is not None and high is not None:
        said.append(f"   from file to rows: half within {middle:g} s, 95 % within {high:g} s")
    return said if once else said.append("   q quits", "dim")


def _stages(recent: Recent) -> Table:
    table = Table(box=None, padding=(0, 2))
    table.add_column("stage")
    for name in ("in/s", "waiting", "in", "out", "refused", "tried again"):
        table.add_column(name, justify="right")
    now = recent.now
    lag = now.by("sitrep_consumer_lag_records", "group")
    for stage in STAGES:
        rate = recent.rate(f"sitrep_{stage}_received_total")
        waits = now.total("sitrep_ingest_waiting_files") if stage is Stage.INGEST else lag.get(f"sitrep-{stage}")
        # By the ledger, whose numbers mean the same whatever was started anew meanwhile.
        numbers = [now.total(f"sitrep_ledger_{name}", stage=stage) for name in ("inputs", "outputs", "rejected")]
        numbers.append(now.total(f"sitrep_{stage}_retried_total"))
        stopped = now.total(f"sitrep_{stage}_flood_stopped")
        said = Text(stage + (" (stopped by a flood of refusals)" if stopped else ""), "red" if stopped else "")
        table.add_row(said, "?" if rate is None else f"{rate:.1f}", _count(waits), *map(_count, numbers))
    return table


def _articles(news: News) -> list[Text]:
    lines = []
    for (at, title, publisher, _), claims in news.articles:
        lines.append(
            Text.assemble(
                (f"{at.astimezone():%H:%M:%S} ", "dim"),
                (printable(title or "(no title)"), "bold"),
                f"  {printable(publisher or '')}",
            )
        )
        for type_, speaker, claim, polarity in claims:
            doubt = "" if polarity == "asserted" else f" ({polarity})"
            told = Text.assemble(
                "   ", (type_, TYPE_COLOURS[type_]), f" {printable(speaker or 'the article')}{doubt}: ", printable(claim)
            )
            lines.append(told)
    for line in lines:
        line.no_wrap, line.overflow = True, "ellipsis"
    return lines or [Text("none yet", "dim")]


def _refused(news: News) -> list[Text]:
    return [
        Text(
            f"{at.astimezone():%H:%M:%S} {stage}: {code}  {printable(key)}" if at else f"{stage}: {code}  {printable(key)}",
            "yellow",
            no_wrap=True,
        )
        for at, stage, code, key in news.refused
    ] or [Text("nothing", "dim")]


def _count(number: float | None) -> str:
    return "?" if number is None else f"{number:,.0f}"
