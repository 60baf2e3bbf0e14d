"""Plain text: the ` date ` mark, front matter, `Key: value` lines, and the text after them."""

import re
from typing import Any

import yaml

from services.ingest import fields
from services.ingest.decode import decode
from services.ingest.draft import Document, Draft, Part
from sitrep.contracts.codes import RejectionCode
from sitrep.contracts.published import PublishedFrom
from sitrep.runtime.outcomes import Reject

FRONT_MATTER_LIMIT = 4096
FLOW_LIMIT = 20
"""Opening brackets in front matter: only scalars are wanted, and the parser's time grows with the square of them."""

_DATE_MARK = re.compile(r"\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?:[ \t]*(?:\n|\Z)|[ \t]+)")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADER = re.compile(r"([A-Za-z_]{3,15}):[ \t]+(\S[^\r\n]*)")

Dates = tuple[tuple[PublishedFrom, str | float], ...]


def read_text(data: bytes) -> Document:
    """Return the article in a text file. Raises IncompleteError or Reject."""
    text, encoding, confidence = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    dates, rest = date_mark(text)
    given, source, rest = _metadata(rest)
    described, warnings = fields.textual(given)
    published = fields.pick(given, "published")
    if isinstance(published, str):
        dates = (*dates, (source, published))
    if not dates:
        dates, rest = date_mark(rest)
    draft = Draft(rest, encoding, confidence, dates=dates, plain=True, warnings=tuple(warnings), **described)  # type: ignore[arg-type]
    return Document(iter([Part("", data, draft)]))


def date_mark(text: str) -> tuple[Dates, str]:
    """Return the date of a ` date YYYY-MM-DD ` mark at the start, and the text without the mark."""
    match = _DATE_MARK.match(text)
    if match is None:
        return (), text
    return ((PublishedFrom.HEADER, match[1]),), text[match.end() :]


def _metadata(text: str) -> tuple[dict[str, Any], PublishedFrom, str]:
    """Return the metadata at the head of a text, where it was found, and the text after it."""
    lead = text.lstrip()
    match = _FRONT_MATTER.match(lead[: FRONT_MATTER_LIMIT + 16])
    if match is not None and match.end() <= FRONT_MATTER_LIMIT:
        given = front_matter(match[1] or "")
        if given is not None:
            return given, PublishedFrom.FRONT_MATTER, lead[match.end() :]
    headers, rest = _headers(lead)
    return headers, PublishedFrom.HEADER, rest if headers else text


def front_matter(block: str) -> dict[str, Any] | None:
    """Return the scalars of a YAML block by name, all as text; None where it is not a mapping, and so is text.

    Raises Reject with `front_matter` for tags, anchors, aliases and what is not YAML.
    """
    if sum(block.count(bracket) for bracket in "[{") > FLOW_LIMIT:
        raise Reject(RejectionCode.FRONT_MATTER, "lists and mappings within each other")
    try:
        for event in yaml.parse(block, Loader=yaml.SafeLoader):
            anchored = getattr(event, "anchor", None) is not None
            if anchored or isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) is not None:
                raise Reject(RejectionCode.FRONT_MATTER, "a tag, an anchor or an alias")
        value = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text, lists and mappings
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as problem:
        detail = str(getattr(problem, "problem", None) or problem)
        raise Reject(RejectionCode.FRONT_MATTER, detail) from None
    if not isinstance(value, dict):
        return None
    return {name: scalar for name, scalar in value.items() if isinstance(name, str) and isinstance(scalar, str)}


def _headers(text: str) -> tuple[dict[str, Any], str]:
    """Return a block of known `Key: value` lines that an empty line ends, and what follows; nothing where it is none."""
    found: dict[str, Any] = {}
    position = 0
    for line in text[:FRONT_MATTER_LIMIT].splitlines(keepends=True):
        position += len(line)
        if not line.strip():
            return found, text[position:] if found else text
        match = _HEADER.fullmatch(line.strip())
        if match is None or match[1].casefold() not in fields.HEADER_NAMES:
            return {}, text
        found.setdefault(match[1].casefold(), match[2].strip())
    return {}, text
