"""What a file is: its content decides, then its extension; unknown text is plain text."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from services.ingest.formats import json_outline


class Format(StrEnum):
    """The formats that are read, and `UNSUPPORTED` for those that are only recognised."""

    TEXT = "text"
    JSON = "json"
    JSON_LINES = "json_lines"
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
_MARKUP = re.compile(
    rb"\s*(?:<\?xml\s|<!--.{0,2000}?-->\s*)*\s*<(!doctype\s+html|html|head|body|article|rss|feed|rdf:rdf|\?xml)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
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
_UTF8_MARK = b"\xef\xbb\xbf"


def sniff(head: bytes, name: str, *, whole: bool) -> tuple[Format, str]:
    """Return the format of a file by its first bytes (up to LINE_LIMIT) and its name, and what it is in words.

    `whole` says that `head` is all there is.
    """
    extension = PurePosixPath(name.lower()).suffix
    body = head.removeprefix(_UTF8_MARK)
    if known := _by_content(body):
        return Format.UNSUPPORTED, known
    if extension in {".jsonl", ".ndjson"} or _is_json_lines(body, whole=whole):
        return Format.JSON_LINES, "JSON Lines"
    if _looks_like_json(body) or extension == ".json":
        return Format.JSON, "JSON"
    if extension in _BY_EXTENSION:
        return Format.UNSUPPORTED, _BY_EXTENSION[extension]
    return Format.TEXT, "plain text"


def _by_content(body: bytes) -> str | None:
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return name
    if _SHORTCUT.match(body[:200]):
        return "link"
    if markup := _MARKUP.match(body[:4096]):
        return "feed or XML" if markup[1].lower() in {b"rss", b"feed", b"rdf:rdf", b"?xml"} else "HTML"
    return None


def _looks_like_json(body: bytes) -> bool:
    """Return whether it begins as a JSON object or an array of objects does; `[Update] …` is plain text."""
    return re.match(rb'\s*(?:\{\s*["}]|\[\s*(?:\{\s*["}]|\]))', body[:4096]) is not None


def _is_json_lines(body: bytes, *, whole: bool) -> bool:
    """Return whether the first line is a whole JSON object and another line follows it that begins one."""
    stripped = body.lstrip()
    line, newline, rest = stripped.partition(b"\n")
    if not newline or not stripped.startswith(b"{"):
        return False
    try:
        first = json_outline.outline(line.decode("utf-8", "replace"))
    except json_outline.OutlineError:
        return False
    following = rest.lstrip()
    return first.complete and (following.startswith(b"{") or (not following and not whole))
