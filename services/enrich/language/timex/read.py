"""The dates of a text in order: each expression read by the dates, stamps and datelines before it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from services.enrich.language.tables import DATA
from services.enrich.language.timex.anchors import Posts, dateline
from services.enrich.language.timex.grammar import Found, grammar
from services.enrich.language.timex.meaning import ON_A_DAY, Context, Meaning, Tense
from services.enrich.language.timex.orders import day_first
from services.enrich.language.timex.resolve import resolve
from services.enrich.language.timex.tense import tense_by_words, words
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import DateExpression
from sitrep.contracts.published import day

CLOSE = 1000
"""Characters up to which a date goes on being what the text tells of."""

RECENT = timedelta(days=7)
"""How long ago a day may be for another paragraph to go on telling of it."""


@cache
def has_grammar(language: str) -> bool:
    """Return whether the expressions of a language are known."""
    return language.isalpha() and (DATA / "timex" / language / "patterns.tsv").is_file()


def context_of(article: Article | None, *, south: bool = False) -> Context:
    """Return what the first expression of an article is read by."""
    if article is None:
        return Context(None, "past", None, south=south)
    published = day(article.published) if article.published is not None else None
    order = day_first(article.publisher, article.url, article.language)
    return Context(published, "past", None, day_first=order, south=south)


def read(
    text: str, expressions: Sequence[Found], context: Context, tense: Callable[[Found], Tense], stamps: frozenset[str]
) -> Iterator[tuple[Found, Meaning]]:
    """Yield each expression with what it means; `stamps` are the words that stand before the stamp of a post."""
    posts = Posts(text, expressions, stamps, context.published)
    published, ended = context.published, 0
    last_day: tuple[Meaning, int] | None = None
    for found in expressions:
        is_stamp = posts.begins(found)
        if is_stamp:
            context, last_day = replace(context, previous=None), None
        context = replace(
            context,
            close=found.start - ended <= CLOSE,
            told=None if last_day is None else _told(text, *last_day, found, context.published),
            tense="past" if is_stamp else tense(found),
        )
        if is_stamp:
            meaning = resolve(found.term, replace(context, published=published))
            context = replace(context, published=posts.day(found, meaning))
            meaning = resolve(found.term, context) if found.term.kind == "clock" else meaning
        else:
            meaning = resolve(found.term, context)
            if (written := dateline(text, found, meaning, context.published)) is not None:
                context, published = replace(context, published=written), written
        yield found, meaning
        # the next "a year earlier" is counted from the same
        compares = found.term.kind == "ago" and found.term.word("unit") == "year"
        if meaning.earliest is not None and meaning.kind in {"date", "time"} and not compares:
            context, ended = replace(context, previous=meaning), found.end
        if meaning.granularity in ON_A_DAY and meaning.latest is not None:
            last_day = meaning, found.end


def _told(text: str, day: Meaning, end: int, found: Found, published: date | None) -> Meaning | None:
    """Return the last day that was named, where the text still tells of it: in the same paragraph, or shortly after a recent one."""
    if "\n" not in text[end : found.start]:
        return day
    recent = published is not None and day.latest is not None and timedelta() <= published - day.latest <= RECENT
    return day if recent and found.start - end <= CLOSE else None


def dates_unparsed(article: Article, text: str, language: str) -> tuple[DateExpression, ...]:
    """Return the dates of an article in a language that has a grammar but no model: its words alone tell the tense.

    `text` is that of the article without the ends of lines that are no ends of paragraphs, which the spans count in as well.
    """
    lists = words(language)
    expressions = list(grammar(language).find(text))
    resolved = read(text, expressions, context_of(article), lambda found: tense_by_words(text, found, lists), lists["stamp"])
    return tuple(expression(article.text, found, meaning) for found, meaning in resolved)


def expression(text: str, found: Found, meaning: Meaning) -> DateExpression:
    """Return an expression as it goes on the topic."""
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
