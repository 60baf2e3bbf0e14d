"""Reads what stands beside a file: its sidecar, and the defaults of its directory."""

import os
from pathlib import PurePosixPath

from services.ingest import names
from services.ingest.draft import IncompleteError
from services.ingest.inbox import CLAIMED, INBOX, Inbox
from services.ingest.names import DEFAULTS_NAME
from services.ingest.reader import ChangedError, UnreadableError, reading
from services.ingest.sidecar import (
    LIMIT,
    Beside,
    read_defaults,
    read_sidecar,
    together,
    unreadable_defaults,
)
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime.outcomes import Reject


class Neighbours:
    """Finds and reads the files beside others; `published` is the publish date given for the whole run."""

    def __init__(self, inbox: Inbox, published: str | None) -> None:
        self._inbox = inbox
        self._published = published

    def of(self, path: str, *, final: bool) -> Beside:
        """Return what the sidecar, the directory's defaults and this run say of a claimed file.

        Raises Reject where the sidecar is wrong, IncompleteError where it is not whole yet and there is still time, ChangedError
        where it is gone meanwhile, OSError where the system fails.
        """
        return together(self._sidecar(path, final=final), self._defaults(path), self._published)

    def _sidecar(self, path: str, *, final: bool) -> Beside:
        sidecar = names.sidecar(path)
        if sidecar is None or not self._inbox.exists(CLAIMED, sidecar):
            return Beside()
        try:
            data = self._read(CLAIMED, sidecar)
            if len(data) > LIMIT:
                raise Reject(RejectionCode.MALFORMED, f"over {LIMIT // 1024} KiB")
            return read_sidecar(data)
        except (IncompleteError, UnreadableError) as problem:
            if not final:
                raise IncompleteError(f"its sidecar: {problem}") from problem
            code = RejectionCode.UNREADABLE if isinstance(problem, UnreadableError) else RejectionCode.INCOMPLETE
            raise Reject(code, f"its sidecar: {problem}") from None
        except Reject as refused:
            raise Reject(refused.code, f"its sidecar: {refused.detail or refused}") from None

    def _defaults(self, path: str) -> Beside:
        """Return the defaults of the nearest directory above a file that has any."""
        directory = PurePosixPath(path).parent
        for above in (directory, *directory.parents):
            name = DEFAULTS_NAME if str(above) == "." else f"{above}/{DEFAULTS_NAME}"
            if self._inbox.exists(INBOX, name):
                try:
                    return read_defaults(self._read(INBOX, name))
                except UnreadableError as problem:
                    return unreadable_defaults(str(problem))
        return Beside()

    def small(self, area: str, path: str) -> bytes | None:
        """Return the beginning of a small file, or None where it cannot be read."""
        try:
            return self._read(area, path)
        except (OSError, UnreadableError, ChangedError):
            return None

    def _read(self, area: str, path: str) -> bytes:
        descriptor = reading(lambda: self._inbox.open(area, path))
        try:
            return reading(lambda: os.pread(descriptor, LIMIT + 1, 0))
        finally:
            os.close(descriptor)
