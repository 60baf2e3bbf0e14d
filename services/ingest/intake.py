"""Takes files out of the inbox and turns them into steps; blocking, so it runs in a thread."""

import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import PurePosixPath

from services.ingest import build, disk, names, reader
from services.ingest.beside import Neighbours
from services.ingest.draft import IncompleteError, Part
from services.ingest.inbox import CLAIMED, DONE, INBOX, REJECTED, Found, Ignored, Inbox
from services.ingest.journal import Journal, Transition
from services.ingest.metrics import IngestMetrics
from services.ingest.names import SUFFIX
from services.ingest.readiness import Lease, Ready, Settling, ask, probe
from services.ingest.sidecar import Beside
from services.ingest.work import Claimed, FileWork, Finished, Refused, Released, Step
from services.ingest.work import Ready as ReadyArticle
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime import clock
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.outcomes import Reject

log = logging.getLogger(__name__)

NAMES = frozenset({"hidden", "underscore", "temporary"})
"""Reasons that lie in a name; such files come and go, so they are counted and not written down."""

ASIDE_SECONDS = 60.0

BAD_INPUT = (ValueError, OverflowError, RecursionError)
"""What parsers raise on input that nobody thought of: it is the input's fault, and never the end of the service."""


class Intake:
    """Looks through the inbox, claims what is ready, and reads it."""

    def __init__(
        self,
        inbox: Inbox,
        journal: Journal,
        settling: Settling,
        metrics: IngestMetrics,
        failpoints: Failpoints,
        published: str | None,
    ) -> None:
        self._inbox = inbox
        self._journal = journal
        self._settling = settling
        self._metrics = metrics
        self._failpoints = failpoints
        self._neighbours = Neighbours(inbox, published)
        self._ignored: set[tuple[str, str]] = set()
        self._unmovable: set[tuple[str, str]] = set()
        self._aside: dict[str, float] = {}

    def set_aside(self, path: str) -> None:
        """Leave a claimed file alone for a while, since it cannot be read or moved for now; the others go on."""
        self._aside[path] = time.monotonic()

    @property
    def sets_aside(self) -> bool:
        """Return whether any file is left alone for now."""
        return bool(self._aside)

    def scan(self) -> list[Ready]:
        """Return what can be taken now: first what an earlier life had claimed already. Raises OSError, InboxGoneError."""
        self._inbox.prepare()  # somebody may have cleared everything away
        self._settling.begin_round()
        now = time.monotonic()
        self._aside = {path: since for path, since in self._aside.items() if now - since < ASIDE_SECONDS}
        ready = []
        waiting = []
        ignored = set()
        for area in (CLAIMED, INBOX):
            for found in self._inbox.walk(area):
                if isinstance(found, Ignored):
                    ignored.add((found.path, found.reason))
                    self._ignore(found)
                    continue
                waiting.append(found.signature.changed_ns)
                if taken := self._consider(found):
                    ready.append(taken)
        self._settling.end_round()
        self._ignored &= ignored
        self._metrics.waiting.set(len(waiting))
        self._metrics.oldest_ns = min(waiting, default=None)
        return sorted(ready, key=lambda r: (r.found.area != CLAIMED, r.found.path))

    def _consider(self, found: Found) -> Ready | None:
        if found.area == CLAIMED and self._is_settled(found):
            return None
        if names.is_sidecar(found.path):
            return self._sidecar(found)
        return self._settling.ready(found, lambda f: probe(self._inbox, f))

    def _is_settled(self, found: Found) -> bool:
        """Return whether nothing is to be done with a claimed file: it was put aside, or a death cut its putting back short."""
        there = self._inbox.signature(INBOX, found.path)
        if there is not None and there.inode == found.signature.inode:
            self._inbox.remove(CLAIMED, found.path)
            return True
        return found.path in self._aside

    def _sidecar(self, found: Found) -> Ready | None:
        """Return a sidecar whose file did not come."""
        owner = found.path.removesuffix(SUFFIX)
        if self._inbox.signature(CLAIMED, owner) is not None:
            return None
        if found.area == CLAIMED and self._settle_claimed_sidecar(found):
            return None
        if found.area == INBOX and self._inbox.signature(INBOX, owner) is not None:
            return None
        taken = self._settling.ready(found, lambda _: Lease.FREE)
        return taken if taken is not None and taken.final else None

    def _settle_claimed_sidecar(self, found: Found) -> bool:
        """Settle a sidecar that a crash left in `_claimed` without its file; return whether that could be done."""
        owner = found.path.removesuffix(SUFFIX)
        places = [(INBOX, found.path), *((area, names.sidecar_path(owner)) for area in (DONE, REJECTED))]
        for area, path in places:
            there = self._inbox.signature(area, path)
            if there is not None and there.inode == found.signature.inode:  # it is where it belongs already
                self._inbox.remove(CLAIMED, found.path)
                return True
        return self._inbox.put_back(found.path)

    def _ignore(self, ignored: Ignored) -> None:
        """Count and log once what is left alone."""
        mark = (ignored.path, ignored.reason)
        if mark in self._ignored:
            return
        self._ignored.add(mark)
        self._metrics.ignored.labels(ignored.reason).inc()
        key = names.key(ignored.path)
        if ignored.reason not in NAMES and not self._journal.is_ignored(key, ignored.reason):
            log.info("left alone (%s): %s", ignored.reason, key)
            self._journal.record([Transition(clock.now(), key, "ignored", detail=ignored.reason)])

    def steps(self, ready: Iterable[Ready]) -> Iterator[Step]:
        """Claim the files one after the other and yield what is in them; one that cannot be taken now is left."""
        for taken in ready:
            try:
                claimed = self._claim(taken.found)
            except OSError as problem:
                if problem.errno in disk.PASSING:
                    raise
                self._cannot_move(taken.found, problem)
                continue
            if claimed:
                yield from self._file(taken)

    def _cannot_move(self, found: Found, problem: OSError) -> None:
        """Say once that a file cannot be claimed; it is tried again with every look."""
        mark = (found.path, problem.strerror or str(problem))
        if mark not in self._unmovable:
            self._unmovable.add(mark)
            self._metrics.ignored.labels("unmovable").inc()
            log.warning("%s cannot be claimed: %s", names.key(found.path), mark[1])

    def _claim(self, found: Found) -> bool:
        """Claim a file, and its sidecar before it, so that a crash in between separates nothing for good."""
        if self._inbox.signature(found.area, found.path) != found.signature:
            return False
        if found.area == CLAIMED:
            return True
        if self._inbox.exists(CLAIMED, found.path):
            return False
        sidecar = names.sidecar(found.path)
        with_sidecar = sidecar is not None and self._inbox.claim(sidecar)
        claimed = False
        try:
            claimed = self._inbox.claim(found.path)
        finally:
            if sidecar is not None and with_sidecar and not claimed:
                self._inbox.put_back(sidecar)
        return claimed

    def _file(self, taken: Ready) -> Iterator[Step]:
        found = taken.found
        self._failpoints.kill("ingest.after_claim")
        work = FileWork(found, _mtime(found))
        yield Claimed(work, clock.now())
        try:
            yield from self._parts(work, final=taken.final)
        except reader.ChangedError:
            self._settling.changed(found)
            self._release(found, unfinished=False)
            yield Released(work, clock.now())
        except IncompleteError as problem:
            log.info("%s is not whole yet: %s", work.key, problem)
            self._release(found, unfinished=True)
            yield Released(work, clock.now())
        else:
            yield Finished(work)

    def _release(self, found: Found, *, unfinished: bool) -> None:
        back = False
        with suppress(OSError):
            back = self._inbox.put_back(found.path)
        if back and (sidecar := names.sidecar(found.path)) is not None and self._inbox.exists(CLAIMED, sidecar):
            with suppress(OSError):  # it follows its file with a later look
                self._inbox.put_back(sidecar)
        if unfinished:
            self._settling.unfinished(found, INBOX if back else CLAIMED)

    def _parts(self, work: FileWork, *, final: bool) -> Iterator[Step]:
        file: reader.OpenFile | None = None
        try:
            if names.is_sidecar(work.path):
                raise Reject(RejectionCode.ORPHAN_SIDECAR)
            file = self._open(work, final=final)
            document = reader.read(file)
            beside = self._neighbours.of(work.path, final=final)
            work.container = document.container
            for part in document.parts:
                yield self._part(work, part, beside)
                if document.container:
                    self._failpoints.kill("ingest.mid_container")
            if not work.good and not work.bad:
                raise Reject(RejectionCode.EMPTY)
        except Reject as refused:
            yield self._whole(work, file, refused)
        except BAD_INPUT as problem:
            log.exception("%s is refused, since reading it failed in a way that was not thought of", work.key)
            yield self._whole(work, file, Reject(RejectionCode.MALFORMED, f"{type(problem).__name__}: {problem}"))
        except reader.UnreadableError as problem:
            if not final:
                raise IncompleteError(f"it cannot be read: {problem}") from problem
            yield self._whole(work, file, Reject(RejectionCode.UNREADABLE, str(problem)))
        except OSError as problem:
            if problem.errno is None:  # not the system's, so a parser's
                log.exception("%s is refused, since reading it failed in a way that was not thought of", work.key)
                yield self._whole(work, file, Reject(RejectionCode.MALFORMED, f"{type(problem).__name__}: {problem}"))
                return
            self.set_aside(work.path)  # our own disk or system is at fault, and never the file
            raise
        finally:
            if file is not None:
                work.sha256 = file.sha256
                os.close(file.descriptor)

    def _whole(self, work: FileWork, file: reader.OpenFile | None, refused: Reject) -> Refused:
        self._metrics.received.inc()
        data = file.data if file is not None else self._neighbours.small(CLAIMED, work.path)
        return Refused(work, work.refuse(refused, "", data, clock.now()))

    def _open(self, work: FileWork, *, final: bool) -> reader.OpenFile:
        """Open a claimed file. Nobody can open it by its old name any more; whoever still writes it shows now."""
        descriptor = reader.reading(lambda: self._inbox.open(CLAIMED, work.path))
        file = reader.OpenFile(descriptor, PurePosixPath(work.path).name, final, self._failpoints)
        expected = work.found.signature
        same = (file.signature.inode, file.signature.size, file.signature.mtime_ns) == (
            expected.inode,
            expected.size,
            expected.mtime_ns,
        )
        if not same or ask(descriptor) is Lease.WRITTEN:
            os.close(descriptor)
            raise reader.ChangedError(work.path)
        return file

    def _part(self, work: FileWork, part: Part, beside: Beside) -> Step:
        self._metrics.received.inc()
        data = part.data or b""
        try:
            if isinstance(part.outcome, Reject):
                raise part.outcome
            today = datetime.now(UTC).date()
            article = build.article(part.outcome, work.sighting(part.suffix, data), beside, today)
        except Reject as refused:
            return Refused(work, work.refuse(refused, part.suffix, part.data, clock.now()))
        except BAD_INPUT as problem:
            log.exception("%s%s is refused, since it failed in a way that was not thought of", work.key, part.suffix)
            unthought = Reject(RejectionCode.MALFORMED, f"{type(problem).__name__}: {problem}")
            return Refused(work, work.refuse(unthought, part.suffix, part.data, clock.now()))
        work.good += 1
        return ReadyArticle(work, article)

    def finish(self, work: FileWork, area: str, error_file: bytes | None) -> None:
        """Move a file to where it ends, with its sidecar, and the error file beside it first. Raises OSError."""
        mark = (work.sha256 or f"{work.found.signature.inode:08x}")[:8]
        if work.final_name is None:
            work.final_name = self._inbox.free_name(area, work.path, mark)
        name = work.final_name
        if error_file is not None:
            self._inbox.write(area, names.error_path(name), error_file)
        sidecar = names.sidecar(work.path)
        target = names.sidecar_path(name)
        if sidecar is not None and self._inbox.exists(CLAIMED, sidecar):
            # A second name first: should we die before the file is moved, it is read again with its sidecar. Where
            # there are no links, the sidecar follows its file.
            with suppress(OSError):
                self._inbox.link(sidecar, CLAIMED, area, target)
        self._inbox.move(work.path, CLAIMED, area, name)
        if sidecar is not None:
            self._inbox.move(sidecar, CLAIMED, area, target)

    def finish_flat(self, work: FileWork, area: str, error_file: bytes | None) -> None:
        """Move a file whose own place cannot be had (a file stands where its directory should) to the root of an area."""
        mark = f"{work.found.signature.inode:x}"
        work.final_name = self._inbox.free_name(area, names.marked(PurePosixPath(work.path).name, mark), mark)
        self.finish(work, area, error_file)


def _mtime(found: Found) -> str | None:
    """Return when a file was last written, or None where that is beyond what a calendar has."""
    try:
        moment = datetime.fromtimestamp(found.signature.mtime_ns / 1e9, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
