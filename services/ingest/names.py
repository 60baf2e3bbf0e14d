"""Names of files: which are left alone, and what a file is called on the topic and in the other directories."""

import os
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote_from_bytes

TEMPORARY = ("~", ".part", ".tmp", ".partial", ".crdownload", ".filepart", ".swp")
ERROR_SUFFIX = ".error.json"
SUFFIX = ".meta.json"
"""Of a sidecar, after the whole name of its file."""

DEFAULTS_NAME = "_defaults.toml"
NAME_LIMIT = 255


def ignored(name: str) -> str | None:
    """Return why a name is left alone, or None where it is not."""
    if name.startswith("."):
        return "hidden"
    if name.startswith("_"):
        return "underscore"
    return "temporary" if name.lower().endswith(TEMPORARY) else None


def sidecar(path: str) -> str | None:
    """Return the path of a file's sidecar, or None where no name can be that long."""
    return path + SUFFIX if len(os.fsencode(path.rpartition("/")[2] + SUFFIX)) <= NAME_LIMIT else None


def is_sidecar(path: str) -> bool:
    """Return whether a path is that of a sidecar."""
    return path.endswith(SUFFIX) and len(PurePosixPath(path).name) > len(SUFFIX)


def key(path: str) -> str:
    """Return the key of a file by its path in the inbox: NFC; bytes that are not UTF-8 are percent-encoded."""
    raw = os.fsencode(path)
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return "".join(c if not "\udc80" <= c <= "\udcff" else f"%{ord(c) - 0xDC00:02X}" for c in path)


def uri(path: str) -> str:
    """Return the URI of a file by its path in the inbox, whatever bytes it has."""
    return "inbox:" + quote_from_bytes(os.fsencode(path), safe="/-._~")


def marked(name: str, mark: str) -> str:
    """Return `name` with `~mark` before its extension, within the 255 bytes that a name may have."""
    path = PurePosixPath(name)
    suffix = path.suffix if len(os.fsencode(path.suffix)) <= 16 else ""
    stem = name.removesuffix(suffix)
    return _shortened(stem, f"~{mark}{suffix}")


def error_path(path: str) -> str:
    """Return the path of the error file beside a file."""
    parent, slash, name = path.rpartition("/")
    return parent + slash + _shortened(name, ERROR_SUFFIX)


def sidecar_path(path: str) -> str:
    """Return the path for the sidecar of a file that has ended."""
    parent, slash, name = path.rpartition("/")
    return parent + slash + _shortened(name, SUFFIX)


def _shortened(stem: str, ending: str) -> str:
    room = NAME_LIMIT - len(os.fsencode(ending))
    raw = os.fsencode(stem)
    if len(raw) > room:
        raw = raw[:room].decode("utf-8", "ignore").encode("utf-8") if _is_utf8(raw) else raw[:room]
    return os.fsdecode(raw) + ending


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
