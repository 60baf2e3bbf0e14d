"""What a file is: its content decides, then its extension; unknown text is plain text."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from services.ingest.decode import BOMS
from services.ingest.formats import json_outline


class Format(StrEnum):
    """The formats that are read, and `UNSUPPORTED` for those that are only recognised."""

    TEXT = "text"
    JSON = "json"
    JSON_LINES = "json_lines"
    HTML = "html"
    UNSUPPORTED = "unsupported"


LINE_LIMIT = 2 * 1024 * 1024
"""Bytes of the longest line of JSON Lines, and so of the head that is needed to tell."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip archive"),
    (b"PK\x05\x06", "zip archive"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
)
_HTML = frozenset(
    b"html head body title meta link style script article section main header footer nav aside div span p a b i em strong "
    b"h1 h2 h3 h4 h5 h6 table tr td ul ol li br hr img figure blockquote".split()
)
_TAG = re.compile(rb"<([A-Za-z][\w:.-]{0,40})(?:[\s/][^<>]{0,2000})?>")
_XHTML = re.compile(rb"<(?:!doctype\s+)?html[\s>]", re.IGNORECASE)
_SPACE = re.compile(rb"\s*")
_SHORTCUT = re.compile(rb"\s*\[InternetShortcut\]", re.IGNORECASE)
_EXTENSIONS = {
    "Markdown": (".md", ".markdown"),
    "HTML": (".html", ".htm", ".xhtml"),
    "feed": (".rss", ".atom", ".xml"),
    "archive": (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z"),
    "link": (".url",),
    "document": (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub"),
}
_BY_EXTENSION = {extension: name for name, extensions in _EXTENSIONS.items() for extension in extensions}
_JSON = re.compile(rb'\{\s*(?:["}]|\Z)|\[\s*(?:\{\s*(?:["}]|\Z)|\]|\Z)')


def sniff(head: bytes, name: str, *, whole: bool) -> tuple[Format, str]:
    """Return the format of a file by its first bytes (up to LINE_LIMIT) and its name, and what it is in words.

    `whole` says that `head` is all there is.
    """
    extension = PurePosixPath(name.lower()).suffix
    body = _as_utf8(head).lstrip()
    if known := _by_content(body):
        return (Format.HTML if known == "HTML" else Format.UNSUPPORTED), known
    if extension in {".jsonl", ".ndjson"} or _is_json_lines(body, whole=whole):
        return Format.JSON_LINES, "JSON Lines"
    if _looks_like_json(body) or extension == ".json":
        return Format.JSON, "JSON"
    if known := _BY_EXTENSION.get(extension):
        return (Format.HTML if known == "HTML" else Format.UNSUPPORTED), known
    return Format.TEXT, "plain text"


def _as_utf8(head: bytes) -> bytes:
    """Return the head without its byte order mark, as UTF-8 where the mark says that it is something else."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            rest = head[len(mark) :]
            return rest if encoding == "utf-8" else rest.decode(encoding, "ignore").encode("utf-8", "ignore")
    return head


def _by_content(body: bytes) -> str | None:
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return name
    return "link" if _SHORTCUT.match(body) else _markup(body)


def _markup(body: bytes) -> str | None:
    """Return which markup begins here, behind any comments; a text that only has a `<` somewhere is none."""
    begin = 0
    while body.startswith(b"<!--", begin):
        close = body.find(b"-->", begin)
        begin = _SPACE.match(body, len(body) if close < 0 else close + 3).end()  # type: ignore[union-attr]
    body = body[begin:]
    lower = body[:16].lower()
    if lower.startswith(b"<?xml"):
        return "HTML" if _XHTML.search(body[:1000]) else "feed or XML"
    if lower.startswith(b"<!doctype"):
        return "HTML" if lower[9:].split()[:1] == [b"html"] or lower[9:].lstrip().startswith(b"html") else "feed or XML"
    tag = _TAG.match(body)
    if tag is None:
        return None
    if tag[1].lower() in _HTML:
        return "HTML"
    return "feed or XML" if b"</" in body or tag[0].endswith(b"/>") else None


def _looks_like_json(body: bytes) -> bool:
    """Return whether it begins as a JSON object or an array of objects does; `[Update] …` is plain text."""
    return _JSON.match(body) is not None


def _is_json_lines(body: bytes, *, whole: bool) -> bool:
    """Return whether the first line is a whole JSON object and another line follows it that begins one."""
    line, newline, rest = body.partition(b"\n")
    if not newline or not body.startswith(b"{"):
        return False
    try:
        if not json_outline.outline(line.decode("utf-8", "replace")).complete:
            return False
    except json_outline.OutlineError:
        return False
    following = rest.lstrip()
    return following.startswith(b"{") or (not following and not whole)
