"""Whether who writes puts the day or the month first in a date of digits."""

import re
from functools import cache
from urllib.parse import urlsplit

from services.enrich.language.tables import rows, values


@cache
def _orders(kind: str) -> dict[str, bool]:
    found = (row for row in rows("timex/orders.tsv") if row["kind"] == kind)
    return {word.lower(): row["order"] == "day" for row in found for word in values(row["words"])}


def day_first(publisher: str | None, url: str | None, language: str | None) -> bool | None:
    """Return whether 3/4/2024 is 3 April for a publisher, the address of a text and its language tag; None where nothing tells."""
    named = _of_publisher(publisher or "")
    if named is None:
        named = _of_host(_host(url))
    return _of_language(language or "") if named is None else named


def _of_publisher(name: str) -> bool | None:
    """Return the order of the longest known name in that of a publisher: "AP" in "AP News"."""
    lower = name.lower()
    known = (word for word in _orders("publisher") if word in lower)
    whole = [word for word in known if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lower)]
    return _orders("publisher")[max(whole, key=len)] if whole else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""


def _of_host(host: str) -> bool | None:
    labels = host.split(".")
    ends = (".".join(labels[at:]) for at in range(len(labels)))
    return next((_orders("host")[end] for end in ends if end in _orders("host")), None)


def _of_language(tag: str) -> bool | None:
    lower = tag.replace("_", "-").lower()
    return _orders("language").get(lower, _orders("language").get(lower.partition("-")[0]))
