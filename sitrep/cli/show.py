"""`sitrep show`: an article with what was found in it, from a file or from the store."""

import sys
from contextlib import closing
from pathlib import Path

import psycopg
from rich.console import Console

from sitrep.cli.cards import whole
from sitrep.cli.lookup import stored_article, stored_bytes
from sitrep.cli.page import page
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running, silent
from sitrep.cli.stored import load
from sitrep.contracts.enriched import EnrichedArticle

STDIN = "-"


def is_file(asked: str) -> bool:
    """Return whether somebody asks for a file that is here (or standard input), and not for what is stored by a name or an id."""
    return asked == STDIN or Path(asked).exists()


def run_show(
    asked: str, data: Path, *, postgres: str, html: Path | None, as_json: bool, published: str | None, model: str
) -> int:
    """Print an article with its marks, or write it as a page. Raises Problem."""
    running = Running.on(data)
    if not is_file(asked):
        articles = [stored(asked, running, postgres)]
    else:
        articles = _stored_file(asked, running, postgres, published) or _read(asked, published, model)
    if html is not None:
        try:
            html.write_text(page(articles), "utf-8")
        except OSError as problem:
            raise Problem(f"{html} cannot be written: {problem.strerror}") from problem
        sys.stderr.write(f"Written to {html}; open it in a browser.\n")
    elif as_json:
        for article in articles:
            sys.stdout.buffer.write(article.to_bytes() + b"\n")
    else:
        console = Console(highlight=False)
        for article in articles:
            console.print(*whole(article), sep="\n")
    return 0


def stored(asked: str, running: Running, uri: str) -> EnrichedArticle:
    """Return the stored article that a name or an id means. Raises Problem."""
    try:
        with closing(running.connect(uri)) as connection:
            id_ = stored_article(connection, asked, running.inbox)
            found = None if id_ is None else next(load(connection, [id_]), None)
    except psycopg.OperationalError as problem:
        raise silent(problem) from problem
    if found is None:
        raise Problem(f"no report called {asked} is stored, and no file has that name; `sitrep where {asked}` may know more")
    return found


def _stored_file(name: str, running: Running, uri: str, published: str | None) -> list[EnrichedArticle]:
    """Return what is stored of a file with just these bytes; nothing where that is not known, or it is to be read on another date."""
    if name == STDIN or published or not (uri or running.ready):
        return []
    try:
        with closing(running.connect(uri)) as connection:
            return list(load(connection, stored_bytes(connection, Path(name))))
    except (psycopg.Error, Problem):  # it can be read without the store as well
        return []


def _read(name: str, published: str | None, model: str) -> list[EnrichedArticle]:
    """Return the articles in a file, read and enriched here and now."""
    from sitrep.cli.files import readable  # noqa: PLC0415
    from sitrep.cli.model import load as load_model  # noqa: PLC0415 - takes a second, which an id does not need

    return load_model(model).enrich(readable(name, published, "show", "show"))
