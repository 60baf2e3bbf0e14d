"""Component `sitrep_dates`: every expression that says when or how long, resolved on the publish date of the article."""

import re
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from services.enrich.language.claims.spans import verb_above
from services.enrich.language.timex.grammar import Found, find
from services.enrich.language.timex.meaning import Context, Meaning, Tense
from services.enrich.language.timex.resolve import resolve
from services.enrich.language.timex.words import DUE, EXPECTED, FUTURE
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import DateExpression
from sitrep.contracts.published import day

Doc.set_extension("article", default=None, force=True)
Doc.set_extension("sitrep_dates", default=(), force=True)

HIGHEST = 12
"""Steps up from an expression to the verb of its clause; further up it belongs to another."""

_SENTENCE_END = re.compile(r"[.!?][\"\u201d)]? [A-Z\"\u201c]")


@Language.component("sitrep_dates", requires=["doc._.article", "token.dep", "token.tag"], assigns=["doc._.sitrep_dates"])
def sitrep_dates(doc: Doc) -> Doc:
    """Find and resolve the dates of a document."""
    article: Article | None = doc._.article
    text = doc.text  # made anew from its tokens with every use
    surfaces = article.text if article is not None else text
    published = day(article.published) if article is not None and article.published is not None else None
    made: list[DateExpression] = []
    previous: Meaning | None = None
    ended = 0
    for found in find(text):
        between = text[ended : found.start]
        if _begins_a_post(text, found):
            previous = None
        near = previous is not None and "\n" not in between and not _SENTENCE_END.search(between)
        meaning = resolve(found, Context(published, tense(doc, found), previous, near))
        if found.rule == "stamp" and _begins_a_post(text, found):
            published = meaning.earliest or published  # what follows was written then
        made.append(_expression(surfaces, found, meaning))
        if meaning.earliest is not None:
            previous, ended = meaning, found.end
    doc._.sitrep_dates = tuple(made)
    return doc


def _begins_a_post(text: str, found: Found) -> bool:
    """Return whether an expression is the stamp of a post in a live blog: a clock time with which a paragraph begins."""
    return found.rule in {"stamp", "clock"} and (found.start == 0 or text[found.start - 1] == "\n")


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
    if span is not None and any(token.lower_ in DUE for token in islice(span.root.ancestors, HIGHEST)):
        return "future"
    verb = None if span is None else verb_above(span.root, HIGHEST)
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
