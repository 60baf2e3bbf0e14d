"""Draws the pictures of the README from the example reports: what `sitrep tail` shows, and the page of `sitrep show --html`."""

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from services.enrich.language.pipeline import Pipeline
from services.enrich.settings import EnrichSettings
from sitrep.cli.cards import card
from sitrep.cli.files import articles
from sitrep.cli.page import HERE, section
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import EnrichedArticle

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SHOWN = "3-wire-report.txt"
THEME = TerminalTheme(
    (24, 27, 33), (216, 218, 222),
    [(60, 64, 72), (224, 108, 117), (152, 195, 121), (229, 192, 123), (97, 175, 239), (198, 120, 221), (86, 182, 194), (200, 204, 212)],
    [(110, 118, 129), (240, 130, 140), (170, 210, 140), (240, 205, 140), (120, 190, 250), (210, 140, 230), (110, 200, 210), (240, 242, 245)],
)  # fmt: skip


def main() -> None:
    """Write both pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    pipeline = Pipeline(EnrichSettings.model_fields["model"].default)
    made = _enriched(pipeline, ROOT / "examples" / SHOWN)
    (PICTURES / "tail.svg").write_text(tail(made), "utf-8")
    (PICTURES / "show.svg").write_text(show(made), "utf-8")


def _enriched(pipeline: Pipeline, path: Path) -> EnrichedArticle:
    (article,) = articles(str(path), None)
    if not isinstance(article, Article):
        raise TypeError(f"{path} is no article: {article}")
    sighting = article.sighting.model_copy(update={"key": path.name})
    return pipeline.enrich([article.model_copy(update={"sighting": sighting})])[0]


def tail(article: EnrichedArticle) -> str:
    """Return the card of an article as SVG."""
    console = Console(record=True, width=96, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(card(article))
    svg = console.export_svg(title="sitrep tail", theme=THEME, unique_id="sitrep")
    return re.sub(r"\n\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # no font from elsewhere


def show(article: EnrichedArticle) -> str:
    """Return the page of an article as SVG: the page itself, in a frame."""
    style = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", (HERE / "page.css").read_text("utf-8"))
    style = style.replace(":root", ".page").replace("body {", ".page {")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1180" height="1240" viewBox="0 0 1180 1240">\n'
        '<foreignObject width="1180" height="1240"><div xmlns="http://www.w3.org/1999/xhtml" class="page">\n'
        f"<style>{style}</style>\n{section(article)}\n</div></foreignObject>\n</svg>\n"
    )


if __name__ == "__main__":
    main()
