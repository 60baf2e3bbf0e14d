"""From what was found to the article: pure, without a clock and without files."""

from datetime import date

from services.ingest import dates, fields, language
from services.ingest.datelines import dateline_date
from services.ingest.draft import Draft
from services.ingest.sidecar import Beside
from sitrep.contracts import identity
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.published import PublishedFrom, source_rank
from sitrep.contracts.text import RECIPE, UnfitTextError, clean, normalise
from sitrep.runtime.outcomes import Reject

TITLE_LIMIT = 120
_CLOSERS = "\"'\u201d\u2019\u00bb)]"
_FINAL_STOPS = ".!?\u2026\u3002\u061f\u06d4"


def article(draft: Draft, sighting: Sighting, beside: Beside, today: date) -> Article:
    """Return the article of a draft. Raises Reject where no article can be made of it."""
    described, unusable = _described(draft, beside)
    title, text = _titled(described.get("title"), draft.text, plain=draft.plain)
    published, published_from, undated = _published((*draft.dates, *beside.dates, *_dateline(text)), today)
    named = described.get("language")
    detected, confidence = language.identify(text, described.get("publisher"))
    return Article(
        article_id=identity.article_id(text),
        text=text,
        title=title,
        language=named or detected,
        language_confidence=1.0 if named else confidence,
        encoding=draft.encoding,
        encoding_confidence=draft.encoding_confidence,
        publisher=described.get("publisher"),
        byline=described.get("byline"),
        credit=described.get("credit"),
        url=described.get("url"),
        published=published,
        published_from=published_from,
        sighting=sighting,
        recipe=RECIPE,
        canary=beside.canary,
        warnings=(*draft.warnings, *beside.warnings, *unusable, *undated),
    )


def _described(draft: Draft, beside: Beside) -> tuple[dict[str, str], list[str]]:
    """Return the descriptive fields (the sidecar's, then the file's own, then the defaults), and warnings."""
    own = {name: value for name in fields.TEXTUAL if (value := getattr(draft, name))}
    found: dict[str, str] = {}
    warnings = []
    for name, value in {**beside.defaults, **own, **beside.sidecar}.items():
        cleaned = " ".join(clean(value).split())
        if not fields.fits(name, cleaned):
            warnings.append(f"{name}: not a short text, so it is left out")
        elif cleaned:
            found[name] = cleaned
    return found, warnings


def _normalised(raw: str) -> str:
    try:
        return normalise(raw)
    except UnfitTextError as problem:
        raise Reject(problem.code, problem.detail) from None


def _titled(title: str | None, body: str, *, plain: bool) -> tuple[str | None, str]:
    """Return the title and the text with it.

    A title from metadata goes before the body, unless the body begins with it; in plain text a first line that
    reads like one is the title and stays where it is.
    """
    text = _normalised(body)
    if title:
        return title, text if text.startswith(title) else _normalised(f"{title}\n\n{text}")
    return (_first_line(text) if plain else None), text


def _first_line(text: str) -> str | None:
    """Return the first line if it is a title: short, with an empty line after it or without a final stop."""
    line, _, rest = text.partition("\n")
    line = line.strip()
    if len(line) >= TITLE_LIMIT:
        return None
    apart = rest.startswith("\n")
    return line if apart or line.rstrip(_CLOSERS)[-1:] not in _FINAL_STOPS else None


def _dateline(text: str) -> list[tuple[PublishedFrom, str | float]]:
    written = dateline_date(text)
    return [] if written is None else [(PublishedFrom.DATELINE, written)]


def _published(
    found: tuple[tuple[PublishedFrom, str | float], ...], today: date
) -> tuple[str | None, PublishedFrom | None, list[str]]:
    """Return the best valid publish date, where it is from, and a warning for each one that is not valid."""
    ranked = sorted(found, key=lambda pair: source_rank(pair[0]))
    judged = [(source, value, dates.published(value, today)) for source, value in ranked]
    warnings = [
        f"published: {_shown(value)} from {source} is not a publish date" for source, value, date_ in judged if not date_
    ]
    best = next(((date_, source) for source, _, date_ in judged if date_), (None, None))
    return *best, warnings


def _shown(value: str | float) -> str:
    """Return a value as it goes into a warning; a number of thousands of digits cannot even be written out."""
    return repr(clean(value)[:60]) if isinstance(value, str) else "a number"
