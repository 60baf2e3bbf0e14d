"""From what was found to the article: pure, without a clock and without files."""

from datetime import date

from services.ingest import dates, language
from services.ingest.draft import Draft
from services.ingest.sidecar import Beside
from sitrep.contracts import identity
from sitrep.contracts.article import Article, Sighting
from sitrep.contracts.codes import RejectionCode
from sitrep.contracts.published import PublishedFrom
from sitrep.contracts.text import RECIPE, UnfitTextError, clean, normalise
from sitrep.runtime.outcomes import Reject

TITLE_LIMIT = 120
_CLOSERS = "\"'\u201d\u2019\u00bb)]"
_FINAL_STOPS = ".!?\u2026\u3002\u061f\u06d4"


def article(draft: Draft, sighting: Sighting, beside: Beside, today: date) -> Article:
    """Return the article of a draft. Raises Reject where no article can be made of it."""
    described = _described(draft, beside)
    title, text = _titled(described.get("title"), draft.text, plain=draft.plain)
    published, published_from, warnings = _published((*draft.dates, *beside.dates), today)
    named = described.get("language")
    detected, confidence = language.identify(text)
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
        warnings=(*draft.warnings, *beside.warnings, *warnings),
    )


def _described(draft: Draft, beside: Beside) -> dict[str, str]:
    """Return the descriptive fields: the sidecar's, then the file's own, then the defaults."""
    own = {name: getattr(draft, name) for name in ("title", "publisher", "byline", "credit", "url", "language")}
    merged = {**beside.defaults, **{name: value for name, value in own.items() if value}, **beside.sidecar}
    cleaned = {name: " ".join(clean(value).split()) for name, value in merged.items()}
    return {name: value for name, value in cleaned.items() if value}


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
    if not any(character.isalnum() for character in clean(body)):
        raise Reject(RejectionCode.EMPTY, "there is a title, but no text" if title else "")
    if title:
        text = _normalised(body)
        return title, text if text.startswith(title) else _normalised(f"{title}\n\n{text}")
    text = _normalised(body)
    return (_first_line(text) if plain else None), text


def _first_line(text: str) -> str | None:
    """Return the first line if it is a title: short, with an empty line after it or without a final stop."""
    line, _, rest = text.partition("\n")
    line = line.strip()
    if len(line) >= TITLE_LIMIT:
        return None
    apart = rest.startswith("\n")
    return line if apart or line.rstrip(_CLOSERS)[-1:] not in _FINAL_STOPS else None


def _published(
    found: tuple[tuple[PublishedFrom, str | float], ...], today: date
) -> tuple[str | None, PublishedFrom | None, list[str]]:
    """Return the best valid publish date, where it is from, and a warning for each better one that is not valid."""
    warnings: list[str] = []
    for source, value in sorted(found, key=lambda pair: pair[0].rank):
        valid = dates.published(value, today)
        if valid is not None:
            return valid, source, warnings
        warnings.append(f"published: {str(value)[:60]!r} from {source} is not a valid publish date")
    return None, None, warnings
