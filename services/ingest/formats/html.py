"""A web page: its article, title, byline, publisher and publish date, by trafilatura; nothing in it is fetched or run."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from services.ingest.decode import decode
from services.ingest.draft import Document, Draft, Part
from sitrep.contracts.codes import RejectionCode
from sitrep.contracts.published import PublishedFrom
from sitrep.runtime.outcomes import Reject

LIMIT = 10 * 1024 * 1024
"""Bytes of a page at most: news pages have one or two MB, most of it script."""

ELEMENTS = 30_000
"""Elements of a page at most: long live blogs have 10,000, and extraction takes 50 microseconds for each."""

HEAD = 4096
_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_ENTITY = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[[^\]]{0,4000}<!ENTITY", re.IGNORECASE)
_DATES = ("article:published_time", "datepublished", "dc.date.issued", "dcterms.created", "parsely-pub-date", "publishdate",
          "pubdate", "sailthru.date", "date")  # fmt: skip
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
"""What browsers read for these declarations (WHATWG Encoding)."""

GRAPH_DEPTH = 8


def read_html(data: bytes) -> Document:
    """Return the article of a web page. Raises IncompleteError or Reject."""
    if len(data) > LIMIT:
        raise Reject(RejectionCode.TOO_LARGE, f"a page of {len(data):,} bytes")
    text, encoding, confidence = decode(data, declared(data))
    if _ENTITY.search(text[: 2 * HEAD]):
        raise Reject(RejectionCode.ENTITY_DECLARATION)
    return Document(iter([Part("", data, _draft(text, encoding, confidence))]))


def declared(data: bytes) -> str | None:
    """Return the encoding that a page declares, as Python calls it, or None where it names none that is known."""
    match = _CHARSET.search(data[:HEAD])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match is not None else None
    except LookupError:
        return None
    return _WINDOWS.get(name, name) if name is not None else None


def _draft(text: str, encoding: str, confidence: float) -> Draft:
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # noqa: PLC0415 - 60 MB that others do not need
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415

    try:
        tree = load_html(text)
        if tree is None:
            raise Reject(RejectionCode.NO_TEXT, "there is nothing in the page")
        if (elements := sum(1 for _ in tree.iter())) > ELEMENTS:
            raise Reject(RejectionCode.TOO_LARGE, f"a page of {elements:,} elements")
        dates = tuple((PublishedFrom.METADATA, value) for value in _dates(tree))
        found = bare_extraction(
            tree, with_metadata=True, include_comments=False, include_tables=True, deduplicate=False,
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2200-01-01"},
        )  # fmt: skip
    except (LxmlError, RecursionError, AssertionError) as problem:
        raise Reject(RejectionCode.MALFORMED, f"{type(problem).__name__}: {problem}") from None
    about: dict[str, Any] = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    body = "\n\n".join(line.strip() for line in (about.get("text") or "").split("\n") if line.strip())
    if not body:
        raise Reject(RejectionCode.NO_TEXT, "no article is found in the page")
    if not dates and about.get("date"):
        dates = ((PublishedFrom.METADATA, about["date"]),)
    title, byline, publisher, url = (about.get(name) or None for name in ("title", "author", "sitename", "url"))
    return Draft(body, encoding, confidence, title=title, byline=byline, publisher=publisher, url=url, dates=dates)


def _dates(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """Yield the publish dates as a page writes them, with their time and zone, the most trusted first."""
    for script in tree.iterfind(".//script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                yield from _published_in(json.loads(script.text), GRAPH_DEPTH)
            except (ValueError, RecursionError):
                continue
    said: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        said.setdefault(name, (meta.get("content") or "").strip())
    yield from (said[name] for name in _DATES if said.get(name))


def _published_in(value: Any, depth: int) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Yield every `datePublished` in a JSON-LD graph, those of the outer things first."""
    if depth == 0:
        return
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"].strip()
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict | list):
                yield from _published_in(one, depth - 1)
