"""Draws the data of each dashboard: every panel's own query, asked of a Prometheus and a Postgres while reports flow (`make docs`)."""

import io
import re
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from rich.columns import Columns
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from deploy.dashboards import DASHBOARDS
from deploy.pictures import THEME
from deploy.queries import cell
from sitrep.embedded import postgres
from tests.support.compose import Compose
from tests.support.prometheus import RULES, Prometheus
from tests.support.servers import Database

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures" / "dashboards"
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
FLOWING = 90
"""Seconds that reports flow before the pictures are taken."""
BARS = "▁▂▃▄▅▆▇█"
POINTS = 24
WIDTH = 180
ROWS = 8
PERIOD = {"$__timeFrom()": "'2024-11-01T00:00:00Z'", "$__timeTo()": "'2024-12-31T00:00:00Z'"}


def main() -> None:
    """Write the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, Database(Path(name) / "postgres") as database:
        database.ready()
        with Compose(Path(name) / "compose", database, "pictures", {"SITREP_LOOK_SECONDS": "1"}) as server:
            targets = {job: [f"127.0.0.1:{port}"] for job, port in server.ports.items()}
            with Prometheus(Path(name) / "prometheus", targets, RULES.read_text()) as prometheus:
                _let_flow(server)
                uri = postgres.uri("sitrep_reader", "reader", database.port, "pictures")
                for file, dashboard in DASHBOARDS.items():
                    picture = _picture(dashboard(), prometheus, uri)
                    (PICTURES / file).with_suffix(".svg").write_text(picture, "utf-8")


def _let_flow(server: Compose) -> None:
    """Drop the examples first, then editions of them, each another report, now more and now fewer at a time."""
    end = time.monotonic() + FLOWING
    edition = 0
    while time.monotonic() < end:
        for example in EXAMPLES[: None if edition % 6 < 3 else 2]:
            text = example.read_text("utf-8") + (f"\n\nThis is edition {edition} of the report.\n" if edition else "")
            hidden = server.inbox / f".{example.stem}-{edition}.txt"
            hidden.write_text(text, "utf-8")
            hidden.rename(server.inbox / hidden.name.removeprefix("."))
        if edition % 10 == 5:
            (server.inbox / f"picture-{edition}.bin").write_bytes(b"\0" + bytes([edition]))
        edition += 1
        time.sleep(2)


def _picture(dashboard: dict[str, Any], prometheus: Prometheus, uri: str) -> str:
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", markup=False)
    rows: dict[int, list[dict[str, Any]]] = {}
    for panel in dashboard["panels"]:
        rows.setdefault(panel["gridPos"]["y"], []).append(panel)
    for row in rows.values():
        width = (WIDTH - 2) // len(row) - 1
        console.print(Columns([_panel(panel, width, prometheus, uri) for panel in row], padding=(0, 1)))
    svg = console.export_svg(title=dashboard["title"], theme=THEME, unique_id=dashboard["uid"])
    return re.sub(r"\n\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # no font from elsewhere


def _panel(panel: dict[str, Any], width: int, prometheus: Prometheus, uri: str) -> Panel:
    if panel["datasource"]["type"] == "prometheus":
        drawn = [line for target in panel["targets"] for line in _series(target, panel, width - 4, prometheus)]
        inside: Any = Group(*drawn[:ROWS])
    else:
        inside = _table(panel["targets"][0]["rawSql"], uri)
    return Panel(inside, title=panel["title"], title_align="left", width=width, border_style="bright_black")


def _series(target: dict[str, Any], panel: dict[str, Any], width: int, prometheus: Prometheus) -> list[Text]:
    now = time.time()
    step = (FLOWING - 20) / POINTS
    query = target["expr"].replace("$__rate_interval", "20s")
    found = prometheus.ask("query_range", query=query, start=f"{now - step * POINTS}", end=f"{now}", step=f"{step}")["result"]
    lines = []
    for series in found:
        numbers = [float(value) for _, value in series["values"] if value not in {"NaN", "+Inf"}]
        if not numbers:
            continue
        legend = re.sub(r"\{\{(\w+)\}\}", lambda match, s=series: s["metric"].get(match[1], ""), target["legendFormat"])  # type: ignore[misc]
        last = _said(numbers[-1], panel["fieldConfig"]["defaults"]["unit"])
        line = Text.assemble((f"{last:>9} ", "bold"), (_bars(numbers)[-max(4, width - 40) :], "cyan"), f" {legend}")
        line.truncate(width, overflow="ellipsis")
        lines.append(line)
    return sorted(lines, key=lambda line: line.plain.split()[-1])


def _bars(numbers: list[float]) -> str:
    top = max(numbers) or 1.0
    return "".join(BARS[min(len(BARS) - 1, int(max(0.0, number) / top * (len(BARS) - 1) + 0.5))] for number in numbers)


def _said(number: float, unit: str) -> str:
    match unit:
        case "bytes":
            return f"{number / 2**20:,.0f} MiB"
        case "percentunit":
            return f"{number:.0%}"
        case "s" if number > 172_800:
            return f"{number / 86_400:.0f} days"
        case "s":
            return f"{number:.3g} s"
        case "ops":
            return f"{number:.3g}/s"
    return f"{number:,.4g}"


def _table(query: str, uri: str) -> Table:
    for macro, value in PERIOD.items():
        query = query.replace(macro, value)
    with psycopg.connect(uri) as connection:
        cursor = connection.execute(query.encode())
        columns = [column.name for column in cursor.description or ()]
        rows = cursor.fetchmany(ROWS)
    table = Table(*columns, header_style="bold", box=None, expand=True)
    for column in table.columns:
        column.no_wrap, column.overflow = True, "ellipsis"
    for row in rows:
        table.add_row(*(cell(value) for value in row))
    return table


if __name__ == "__main__":
    main()
