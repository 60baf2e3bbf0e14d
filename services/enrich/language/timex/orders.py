"""Whether who writes puts the day or the month first in a date of digits."""

import re
from functools import cache
from urllib.parse import urlsplit

from services.enrich.language.tables import rows, values

_ADDED = re.compile(r"(?: (?:news|online|world|arabic|english|agency|service|international|uk|us|live|\.com))+\Z|\.com\Z")


@cache
def _orders(kind: str) -> dict[str, bool]:
    found = (row for row in rows("timex/orders.tsv") if row["kind"] == kind)
    return {word.lower(): row["order"] == "day" for row in found for word in values(row["words"])}


def day_first(publisher: str | None, url: str | None, language: str | None) -> bool | None:
    """Return whether 3/4/2024 is 3 April for a publisher, the address of a text and its language tag; None where nothing tells."""
    by_host = _of_host(_host(url))
    named = _of_publisher(publisher or "") if by_host is None else by_host
    return _of_language(language or "") if named is None else named


def _of_publisher(name: str) -> bool | None:
    """Return the order of a publisher, by its name without what its services add: "AP" of "AP News"."""
    lower = " ".join(name.lower().split())
    orders = _orders("publisher")
    return orders.get(lower, orders.get(_ADDED.sub("", lower)))


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
