"""The names under which metadata comes, in JSON, front matter, headers and sidecars, without regard to case."""

from collections.abc import Mapping
from typing import Any

ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "datepublished", "pubdate"),
    "publisher": ("publisher", "source"),
    "byline": ("byline", "author"),
    "credit": ("credit",),
    "url": ("url", "link"),
    "language": ("language",),
    "canary": ("canary",),
}
TEXTUAL = ("title", "publisher", "byline", "credit", "url", "language")
LIMITS = {"title": 1000, "language": 35}
LIMIT = 2000

HEADER_NAMES = {alias for field in ("published", *TEXTUAL) for alias in ALIASES[field]}
"""Names of `Key: value` lines at the head of a text."""


def pick(given: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a field under the first of its names that has one, or None."""
    folded = {name.casefold(): value for name, value in given.items()}
    return next((value for alias in ALIASES[field] if (value := folded.get(alias)) is not None), None)


def textual(given: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return the descriptive fields as text, and a warning for each that cannot be used."""
    found: dict[str, str] = {}
    warnings = []
    for field in TEXTUAL:
        value = pick(given, field)
        if value is None:
            continue
        text = _as_text(value)
        if text is None or not fits(field, text):
            warnings.append(f"{field}: not a short text, so it is left out")
        elif text:
            found[field] = text
    return found, warnings


def fits(field: str, text: str) -> bool:
    """Return whether a text can be the value of a field: short enough, and without half characters."""
    return len(text) <= LIMITS.get(field, LIMIT) and not any("\ud800" <= c <= "\udfff" for c in text)


def _as_text(value: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """Return a JSON value as one line; a person or an organisation may come as an object with a name, or several."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        return _as_text(value["name"])
    if isinstance(value, list) and value:
        names = [_as_text(one) if not isinstance(one, list) else None for one in value]
        return None if None in names else ", ".join(name for name in names if name)
    return None
