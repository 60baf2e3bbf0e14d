"""Component `sitrep_dates`: every expression that says when or how long, resolved on the day on which its text was written."""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from services.enrich.language.timex.grammar import grammar
from services.enrich.language.timex.lookalikes import outside_of_names
from services.enrich.language.timex.read import context_of, expression, read
from services.enrich.language.timex.sayings import as_quoted
from services.enrich.language.timex.tense import WORDS, tense
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import Entity

Doc.set_extension("article", default=None, force=True)
Doc.set_extension("sitrep_dates", default=(), force=True)

SOUTH = -15
"""Latitude below which the seasons are turned; in the tropics north of it nobody speaks of them but strangers."""


@Language.component(
    "sitrep_dates",
    requires=["doc._.article", "doc._.sitrep_entities", "token.dep", "token.tag"],
    assigns=["doc._.sitrep_dates"],
)
def sitrep_dates(doc: Doc) -> Doc:
    """Find and resolve the dates of a document."""
    article: Article | None = doc._.article
    text = doc.text  # made anew from its tokens with every use
    surfaces = article.text if article is not None else text
    expressions = list(outside_of_names(doc, text, grammar("en").find(text), doc._.sitrep_entities))
    context = context_of(article, south=_is_south(doc._.sitrep_entities))
    resolved = list(read(text, expressions, context, lambda found: tense(doc, found), WORDS["stamp"]))
    doc._.sitrep_dates = tuple(expression(surfaces, found, meaning) for found, meaning in as_quoted(doc, text, resolved))
    return doc


def _is_south(entities: Sequence[Entity]) -> bool:
    """Return whether an article plays in the south, by the first place in it that is no country, else by any."""
    places = [entity for entity in entities if entity.lat is not None]
    first = next((entity for entity in places if entity.category != "country"), None)
    return any(entity.lat is not None and entity.lat < SOUTH for entity in ([first] if first is not None else places))
