"""Draws the pictures of docs/queries.md from the example reports, and writes the schema as it is after all migrations."""

import asyncio
import io
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.range import Range
from rich.console import Console
from rich.table import Table

from deploy.pictures import THEME
from services.enrich.language.pipeline import Pipeline
from services.enrich.settings import EnrichSettings
from services.store.database import Database as Writer
from services.store.read import Item, read
from sitrep.cli.files import articles
from sitrep.contracts import headers
from sitrep.contracts.article import Article
from sitrep.contracts.codes import RejectionCode, Stage
from sitrep.contracts.events import rejection
from sitrep.contracts.topics import ENRICHED, ENRICHED_TOPIC, REJECTED, REJECTED_TOPIC
from sitrep.embedded.postgres import binary
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.records import Incoming
from tests.support.servers import Database

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "queries.md"
PICTURES = ROOT / "docs" / "pictures" / "queries"
SCHEMA = ROOT / "services" / "store" / "schema.sql"
STORED_AT = "2024-12-01T06:00:00Z"
WIDTH = 132
UNDATED = "Bridge closed\n\nThe bridge at Saraqib was closed on Friday, the local council said."
_QUERY = re.compile(r"<!-- query: (\w+) -->\n```sql\n(.*?)\n```\n\n!\[result\]\(pictures/queries/\1\.svg\)", re.DOTALL)


def queries() -> dict[str, str]:
    """Return the queries of the document by name."""
    return dict(_QUERY.findall(DOCUMENT.read_text("utf-8")))


def store_examples(uri: str) -> None:
    """Store the example reports, one without a publish date, and a refusal, in a database that is empty (as sitrep_writer)."""
    pipeline = Pipeline(EnrichSettings.model_fields["model"].default)
    items = []
    for article in pipeline.enrich(list(_examples())):
        value = article.to_bytes()
        head = headers.write(value, ENRICHED, Stage.ENRICH, at=STORED_AT)
        item = read(Incoming(ENRICHED_TOPIC.name, 0, 0, article.article.article_id.encode(), value, head), STORED_AT)
        if not isinstance(item, Item):
            raise TypeError(f"{article.article.sighting.key} cannot be stored: {item.sentence}")
        items.append(item)
    refused = rejection(
        stage=Stage.INGEST,
        code=RejectionCode.UNSUPPORTED_FORMAT,
        detail="PDF",
        key="communique.pdf",
        at=STORED_AT,
        data=b"%PDF",
    )
    value = refused.to_bytes()
    head = headers.write(value, REJECTED, Stage.INGEST, at=STORED_AT)
    made = read(Incoming(REJECTED_TOPIC.name, 0, 0, refused.key.encode(), value, head), STORED_AT)
    items += [made] if isinstance(made, Item) else []

    async def write() -> None:
        writer = Writer(uri, Failpoints())
        await writer.write(items, STORED_AT)
        await writer.close()

    asyncio.run(write())


def _examples() -> Iterator[Article]:
    with tempfile.TemporaryDirectory() as name:
        undated = Path(name) / "undated.txt"
        undated.write_text(UNDATED, "utf-8")
        for path in [*sorted((ROOT / "examples").glob("*.txt")), undated]:
            for article in articles(str(path), None):
                if not isinstance(article, Article):
                    raise TypeError(f"{path} is no article: {article}")
                sighting = article.sighting.model_copy(update={"key": path.name})
                yield article.model_copy(update={"sighting": sighting})


def picture(name: str, uri: str) -> str:
    """Return the result of a query of the document as SVG."""
    with psycopg.connect(uri) as connection:
        cursor = connection.execute(queries()[name].encode())
        columns = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall()
    table = Table(*columns, header_style="bold", expand=False)
    for row in rows:
        table.add_row(*(cell(value) for value in row))
    table.caption, table.caption_justify = f"{len(rows)} rows" if len(rows) != 1 else "1 row", "left"
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", markup=False)
    console.print(table)
    svg = console.export_svg(title=name, theme=THEME, unique_id=name)
    return re.sub(r"\n\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # no font from elsewhere


def cell(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """Return a value of a row as it is shown."""
    match value:
        case None:
            return ""
        case list():
            return ", ".join(str(one) for one in value)
        case float():
            return f"{value:g}"
        case Range():
            return f"{value.bounds[0]}{value.lower or ''},{value.upper or ''}{value.bounds[1]}"
    return " ".join(str(value).split())


def schema(port: int, database: str = "sitrep") -> str:
    """Return the schema of a database as SQL: what `pg_dump` says, without what is about the dump."""
    told = f"host=127.0.0.1 port={port} user=sitrep_owner dbname={database}"
    command = [str(binary("pg_dump")), "--schema-only", "--schema=sitrep", "--no-owner", "--restrict-key=x", f"--dbname={told}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={"PGPASSWORD": "owner"}).stdout
    kept = [
        line
        for line in said.splitlines()
        if not line.startswith(("--", "SET ", "\\", "SELECT pg_catalog.set_config", "CREATE SCHEMA"))
    ]
    head = "-- The schema after all migrations, written by `make docs`: to be read, not to be run.\n"
    return head + re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n"


def main() -> None:
    """Write the pictures and the schema."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, Database(Path(name)) as server:
        server.ready()
        SCHEMA.write_text(schema(server.port), "utf-8")
        store_examples(server.uri("writer"))
        for old in PICTURES.glob("*.svg"):
            old.unlink()
        for query in queries():
            (PICTURES / f"{query}.svg").write_text(picture(query, server.uri("reader")), "utf-8")


if __name__ == "__main__":
    main()
