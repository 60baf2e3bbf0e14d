"""Component `sitrep_dates`: every expression that says when or how long, resolved on the day on which its text was written."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc, Token

from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.quotes import quoted
from services.enrich.language.claims.spans import verb_above
from services.enrich.language.tables import word_lists
from services.enrich.language.timex.anchors import Posts, dateline
from services.enrich.language.timex.grammar import Found, grammar
from services.enrich.language.timex.meaning import Context, Meaning, Tense
from services.enrich.language.timex.orders import day_first
from services.enrich.language.timex.resolve import resolve
from services.enrich.language.timex.terms import Term
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import DateExpression, Entity
from sitrep.contracts.published import day

Doc.set_extension("article", default=None, force=True)
Doc.set_extension("sitrep_dates", default=(), force=True)

HIGHEST = 12
"""Steps up from an expression to the verb of its clause; further up it belongs to another."""

CLOSE = 1000
"""Characters up to which a date goes on being what the text tells of."""

NAMES = frozenset({"ORG", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT", "NORP"})
"""Labels of names in which a date is part of the name: the March 23 Movement, the Sunday Times."""

WORDS = word_lists("timex/en/tense.tsv")
_SENTENCE_END = re.compile(r"[.!?][\"\u201d)]? [A-Z\"\u201c]")


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
    expressions = list(_outside_of_names(grammar("en").find(text), doc._.sitrep_entities))
    resolved = list(_resolved(doc, text, expressions, _context(article, doc._.sitrep_entities)))
    doc._.sitrep_dates = tuple(_expression(surfaces, found, meaning) for found, meaning in _as_quoted(doc, text, resolved))
    return doc


def _context(article: Article | None, entities: Sequence[Entity]) -> Context:
    """Return what the first expression of an article is read by."""
    south = next((entity.lat < 0 for entity in entities if entity.lat is not None and entity.category != "country"), None)
    if south is None:
        south = any(entity.lat is not None and entity.lat < 0 for entity in entities)
    if article is None:
        return Context(None, "past", None, south=south)
    published = day(article.published) if article.published is not None else None
    order = day_first(article.publisher, article.url, article.language)
    return Context(published, "past", None, day_first=order, south=south)


def _outside_of_names(expressions: Iterator[Found], entities: Sequence[Entity]) -> Iterator[Found]:
    """Yield the expressions that are no part of a name, and no name themselves: April Ryan, August Wilson, the 7 October Brigade."""
    names = sorted((m.start, m.end, entity.label) for entity in entities if entity.label in NAMES for m in entity.mentions)
    starts = [start for start, _, _ in names]
    for found in expressions:
        at = bisect_right(starts, found.start) - 1
        if at >= 0:
            start, end, label = names[at]
            inside = start <= found.start and found.end <= end
            longer = start < found.start or found.end < end
            if inside and (longer or label == "PERSON") and found.category not in {"clock", "duration", "set"}:
                continue
        yield found


def _resolved(doc: Doc, text: str, expressions: Sequence[Found], context: Context) -> Iterator[tuple[Found, Meaning]]:
    """Yield each expression with what it means, by the dates and stamps before it."""
    posts = Posts(text, expressions, WORDS["stamp"])
    ended = 0
    for found in expressions:
        stamp = posts.begins(found)
        between = text[ended : found.start]
        near = context.previous is not None and "\n" not in between and not _SENTENCE_END.search(between)
        previous = None if stamp else context.previous
        close = found.start - ended <= CLOSE
        context = replace(context, previous=previous, near=near and not stamp, close=close, tense=tense(doc, found))
        if stamp:
            context = replace(context, tense="past")
        meaning = resolve(found.term, context)
        if stamp:
            context = replace(context, published=posts.day(found, meaning, context.published))
            meaning = resolve(found.term, context)
        elif (written := dateline(text, found, meaning, context.published)) is not None:
            context = replace(context, published=written)
        yield found, meaning
        compares = (
            found.term.kind == "ago" and found.term.word("unit") == "year"
        )  # the next "a year earlier" is counted from the same
        if meaning.earliest is not None and meaning.kind in {"date", "time"} and not compares:
            context, ended = replace(context, previous=meaning), found.end


def _as_quoted(doc: Doc, text: str, resolved: Sequence[tuple[Found, Meaning]]) -> Iterator[tuple[Found, Meaning]]:
    """Yield the expressions with those in quotations hung on the day of the saying: "We leave tomorrow," he said on Tuesday."""
    quotes = quoted(text)
    for found, meaning in resolved:
        said = _said_on(doc, found, resolved, quotes) if _is_deictic(found.term) and _in_quotes(found.start, quotes) else None
        if said is None:
            yield found, meaning
        else:
            yield found, resolve(found.term, Context(said.latest, tense(doc, found), None)).on("text")


def _is_deictic(term: Term) -> bool:
    """Return whether an expression is counted from the day on which somebody speaks."""
    while isinstance(of := term.slots.get("of"), Term):
        term = of
    return term.kind in {"unit", "ago", "past", "overnight"} and term.word("base") is None


def _in_quotes(at: int, quotes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in quotes)


def _said_on(
    doc: Doc, quoted_: Found, resolved: Sequence[tuple[Found, Meaning]], quotes: Sequence[tuple[int, int]]
) -> Meaning | None:
    """Return the day on which the sentence of an expression says that its words were said or written, or None."""
    span = doc.char_span(quoted_.start, quoted_.end, alignment_mode="expand")
    if span is None:
        return None
    sentence = span.sent
    for found, meaning in resolved:
        inside = sentence.start_char <= found.start < sentence.end_char and not _in_quotes(found.start, quotes)
        if inside and meaning.granularity in {"day", "part_of_day", "time"} and meaning.anchor != "text":
            other = doc.char_span(found.start, found.end, alignment_mode="expand")
            if other is not None and _is_of_saying(other.root):
                return meaning
    return None


def _is_of_saying(token: Token) -> bool:
    """Return whether a date is that of something said or written: "said on Tuesday", "a letter dated 3 May"."""
    above = islice(token.ancestors, HIGHEST)
    verb = verb_above(token, HIGHEST)
    if verb is not None and verb.lemma_.lower() in CUES:
        return True
    return any(one.lemma_.lower() in WORDS["written"] for one in above)


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
        warning=meaning.warning,
    )


def tense(doc: Doc, found: Found) -> Tense:
    """Return whether the clause of an expression speaks of the future; news speak of the past otherwise."""
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    if span is None:
        return "past"
    verb = verb_above(span.root, HIGHEST)
    before = doc[span.start - 1].lower_ if span.start else ""
    if any(token.lower_ in WORDS["due"] for token in islice(span.root.ancestors, HIGHEST)):
        return "future"
    if before in WORDS["until"]:  # "closed until Monday", but "fighting lasted until Monday"
        lasted = verb is not None and verb.tag_ in {"VBD", "VBN"} and verb.lemma_.lower() in WORDS["lasting"]
        return "past" if lasted else "future"
    if verb is None:
        return "past"
    if _is_to_come(verb, before):
        return "future"
    is_present = verb.tag_ in {"VBZ", "VBP"} or any(child.lower_ in WORDS["present"] for child in _auxiliaries(verb))
    return "present" if is_present and _hangs_on(span.root, verb) else "past"


def _is_to_come(verb: Token, before: str) -> bool:
    """Return whether a verb tells of what is to come; `before` is the word before the date."""
    auxiliaries = {child.lower_ for child in _auxiliaries(verb)}
    if auxiliaries & WORDS["future"] or any(child.dep_ == "acomp" and child.lower_ in WORDS["due"] for child in verb.children):
        return True
    is_or_are_to = verb.dep_ == "xcomp" and verb.head.tag_ in {"VBZ", "VBP"} and verb.head.lemma_ == "be"
    if "to" in auxiliaries and (before in WORDS["by"] or verb.dep_ in {"acl", "relcl"} or is_or_are_to):
        return True
    # "is due to meet on Monday", "elections scheduled for Sunday"; "had been scheduled" is over
    governing = [verb, *([verb.head] if verb.dep_ == "xcomp" else [])]
    expected = (token for token in governing if token.lemma_.lower() in WORDS["expected"] and token.tag_ != "VBD")
    return any(not any(child.lower_ == "had" for child in token.children) for token in expected)


def _auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]


def _hangs_on(token: Token, verb: Token) -> bool:
    """Return whether a date says when something is done, and not what something is: "meets on 3 May", not "the 3 May attack"."""
    head = token.head
    return head == verb or (head.dep_ == "prep" and head.head == verb)
