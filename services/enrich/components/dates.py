"""Component `sitrep_dates`: every expression that says when or how long, resolved on the publish date of the article."""

from itertools import chain, islice

from spacy.language import Language
from spacy.tokens import Doc, Token

from services.enrich.timex.grammar import Found, find
from services.enrich.timex.resolve import Context, Meaning, Tense, resolve
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import DateExpression
from sitrep.contracts.published import day

Doc.set_extension("article", default=None, force=True)
Doc.set_extension("sitrep_dates", default=(), force=True)

FUTURE = frozenset({"will", "shall", "'ll", "\u2019ll", "would", "could", "may", "might"})
HIGHEST = 12
"""Steps up from an expression to the verb of its clause; further up it belongs to another."""

EXPECTED = frozenset({"expect", "schedule", "due", "plan", "set", "slate"})


@Language.component("sitrep_dates", requires=["doc._.article", "token.dep", "token.tag"], assigns=["doc._.sitrep_dates"])
def sitrep_dates(doc: Doc) -> Doc:
    """Find and resolve the dates of a document."""
    article: Article | None = doc._.article
    text = doc.text  # made anew from its tokens with every use
    published = day(article.published) if article is not None and article.published is not None else None
    made: list[DateExpression] = []
    previous: Meaning | None = None
    for found in find(text):
        meaning = resolve(found, Context(published, tense(doc, found), previous))
        made.append(_expression(text, found, meaning))
        previous = meaning if meaning.earliest is not None else previous
    doc._.sitrep_dates = tuple(made)
    return doc


def _expression(text: str, found: Found, meaning: Meaning) -> DateExpression:
    return DateExpression(
        start=found.start,
        end=found.end,
        text=text[found.start : found.end],
        kind=meaning.kind,
        value=meaning.value,
        earliest=meaning.earliest,
        latest=meaning.latest,
        granularity=meaning.granularity,
        anchor=meaning.anchor,
        approximate=meaning.approximate,
    )


def tense(doc: Doc, found: Found) -> Tense:
    """Return whether the clause of an expression speaks of the future; news speak of the past otherwise."""
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    verb = None if span is None else _verb(span.root)
    if verb is None:
        return "past"
    around = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if around & FUTURE:
        return "future"
    # "is due to meet on Monday", "elections scheduled for Sunday"
    governing = [verb, *([verb.head] if verb.dep_ == "xcomp" else [])]
    if any(token.lemma_.lower() in EXPECTED and token.tag_ != "VBD" for token in governing):
        return "future"
    return "past"


def _verb(token: Token) -> Token | None:
    """Return the nearest verb above a token."""
    for above in islice(chain([token], token.ancestors), HIGHEST):
        if above.pos_ in {"VERB", "AUX"}:
            return above
    return None
