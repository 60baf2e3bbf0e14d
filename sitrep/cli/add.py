"""`sitrep add`: puts files and web pages into the inbox so that ingest never sees half of one."""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rich.console import Console

from services.ingest import names
from services.ingest.names import SUFFIX
from services.ingest.reader import FILE_LIMIT
from sitrep.cli.fetch import Fetcher, FetchError, is_public
from sitrep.cli.problem import Problem

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_EXTENSIONS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/json": ".json",
               "application/pdf": ".pdf", "text/markdown": ".md"}  # fmt: skip


def run_add(things: list[str], inbox: Path, about: Mapping[str, str], *, allow_private: bool) -> int:
    """Add each thing and say as what; return 1 where any could not be added. Raises Problem where the inbox cannot be had."""
    try:
        inbox.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Problem(f"{inbox} cannot be made: {problem.strerror}") from problem
    fetcher = Fetcher(allowed=(lambda _: True) if allow_private else is_public)
    console = Console(stderr=True)
    failed = 0
    try:
        for thing in things:
            try:
                with console.status(f"Adding {thing} …") if console.is_terminal else nullcontext():
                    added = _page(thing, inbox, about, fetcher) if _URL.match(thing) else _file(Path(thing), inbox, about)
                sys.stdout.write(f"{added}\n")
            except (Problem, FetchError, OSError) as problem:
                said = problem.strerror if isinstance(problem, OSError) else str(problem)
                sys.stderr.write(f"sitrep add: {thing}: {said or problem}\n")
                failed += 1
    finally:
        fetcher.close()
    return 1 if failed else 0


def _file(path: Path, inbox: Path, about: Mapping[str, str]) -> Path:
    """Copy a file, and what stands beside it, into the inbox."""
    if path.is_dir():
        raise Problem("it is a directory; name the files in it")
    size = path.stat().st_size
    if size > FILE_LIMIT and path.suffix.lower() not in {".jsonl", ".ndjson"}:
        raise Problem(f"it is over {FILE_LIMIT // 2**20} MiB")
    if reason := names.ignored(path.name):
        raise Problem(f"a file with such a name is left alone ({reason}); rename it first")
    beside = Path(f"{path}{SUFFIX}")
    said = dict(about)
    if beside.is_file():
        try:
            said = {**json.loads(beside.read_bytes()), **said}
        except (ValueError, TypeError):
            raise Problem(f"{beside} is not a JSON object") from None
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    return _put(inbox, path.name, digest, said, path)


def _page(url: str, inbox: Path, about: Mapping[str, str], fetcher: Fetcher) -> Path:
    """Fetch a page and put its bytes into the inbox as they came, with its address beside it."""
    fetched = fetcher.fetch(url)
    if not fetched.data.strip():
        raise Problem("the server sends nothing")
    digest = hashlib.sha256(fetched.data).hexdigest()
    return _put(inbox, _name(fetched.url, fetched.media_type), digest, {"url": fetched.url, **about}, fetched.data)


def _name(url: str, media_type: str) -> str:
    """Return a name for what came from a URL: its host and the end of its path, with an extension that fits."""
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    stem = re.sub(r"[^\w.-]+", "-", f"{parts.hostname or 'page'}-{last}").strip("-._")[:120]
    extension = _EXTENSIONS.get(media_type, "")
    return stem if not extension or stem.lower().endswith((extension, ".htm")) else stem + extension


def _put(inbox: Path, name: str, digest: str, about: Mapping[str, str], content: bytes | Path) -> Path:
    """Write a file under a name that ingest leaves alone, its sidecar first, then give it its own name. Raises OSError."""
    target = inbox / name
    if target.exists():
        target = inbox / names.marked(name, digest[:8])
    hidden = inbox / f".{digest[:16]}.{os.getpid()}.part"
    sidecar = Path(f"{target}{SUFFIX}")
    try:
        with hidden.open("wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        if about:
            _write_sidecar(inbox, sidecar, about)
        hidden.replace(target)
    except BaseException:
        with suppress(OSError):
            hidden.unlink()
        raise
    return target


def _write_sidecar(inbox: Path, sidecar: Path, about: Mapping[str, str]) -> None:
    hidden = inbox / f".{os.getpid()}.meta.part"
    hidden.write_text(json.dumps(dict(about), ensure_ascii=False), "utf-8")
    hidden.replace(sidecar)
