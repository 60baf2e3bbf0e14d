"""The dates of sentences, as the enrichment reads them."""

from collections.abc import Iterator, Sequence
from functools import cache

from services.enrich.language.pipeline import Pipeline
from sitrep.contracts.enriched import DateExpression
from tests.quality.run import MODEL, article
from tests.quality.when.answers import Row
from tests.quality.when.judge import plain


@cache
def _pipeline() -> Pipeline:
    return Pipeline(MODEL)


def dates_of(rows: Sequence[Row], *, french: bool = False) -> Iterator[tuple[DateExpression, ...]]:
    """Yield the dates of each row's sentence."""
    articles = [
        article(
            f"{number}",
            plain(row),
            row.published.isoformat(),
            publisher=row.publisher,
            url=row.url,
            language="fr" if french or "french" in row.group else "en",
        )
        for number, row in enumerate(rows)
    ]
    for enriched in _pipeline().enrich(articles):
        yield enriched.dates
