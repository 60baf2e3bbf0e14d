"""Takes files out of the inbox and turns them into steps; blocking, so it runs in a thread."""

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import PurePosixPath

from services.ingest import build, names, reader
from services.ingest.draft import IncompleteError, Part
from services.ingest.inbox import CLAIMED, DONE, INBOX, Found, Ignored, Inbox
from services.ingest.journal import Journal, Transition
from services.ingest.metrics import IngestMetrics
from services.ingest.readiness import Lease, Ready, Settling, probe
from services.ingest.sidecar import DEFAULTS_NAME, LIMIT, SUFFIX, Beside, read_defaults, read_sidecar, together
from services.ingest.work import FileWork, Finished, Refused, Step
from services.ingest.work import Ready as ReadyArticle
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime import clock
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.outcomes import Reject

log = logging.getLogger(__name__)


class Intake:
    """Looks through the inbox, claims what is ready, and reads it."""

    def __init__(  # noqa: PLR0913 - its collaborators, each named once in app.py
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
        self._published = published
        self._ignored: set[tuple[str, str]] = set()

    def scan(self) -> list[Ready]:
        """Return what can be taken now: first what an earlier life had claimed already."""
        self._settling.begin_round()
        ready = []
        waiting = 0
        for area in (CLAIMED, INBOX):
            for found in self._inbox.walk(area):
                if isinstance(found, Ignored):
                    self._ignore(found)
                    continue
                waiting += 1
                if taken := self._consider(found):
                    ready.append(taken)
        self._settling.end_round()
        self._metrics.waiting.set(waiting)
        return sorted(ready, key=lambda r: (r.found.area != CLAIMED, r.found.path))

    def _consider(self, found: Found) -> Ready | None:
        if names.is_sidecar(found.path):
            return self._orphan(found)
        return self._settling.ready(found, lambda f: probe(self._inbox, f))

    def _orphan(self, found: Found) -> Ready | None:
        """Return a sidecar whose file did not come; one that was left by a finished file is put beside that."""
        owner = found.path.removesuffix(SUFFIX)
        if any(self._inbox.exists(area, owner) for area in (INBOX, CLAIMED)):
            return None
        if found.area == CLAIMED:
            self._inbox.move(found.path, CLAIMED, DONE, self._inbox.free_name(DONE, found.path, None))
            return None
        taken = self._settling.ready(found, lambda _: Lease.FREE)
        return taken if taken is not None and taken.final else None

    def _ignore(self, ignored: Ignored) -> None:
        """Count and log once what is left alone."""
        mark = (ignored.path, ignored.reason)
        if mark in self._ignored:
            return
        self._ignored.add(mark)
        self._metrics.ignored.labels(ignored.reason).inc()
        key = names.key(ignored.path)
        if not self._journal.is_ignored(key, ignored.reason):
            log.info("left alone (%s): %s", ignored.reason, key)
            self._journal.record([Transition(clock.now(), key, "ignored", detail=ignored.reason)])

    def steps(self, ready: Iterable[Ready]) -> Iterator[Step]:
        """Claim the files one after the other and yield what is in them; one that cannot be taken now is left."""
        for taken in ready:
            try:
                yield from self._file(taken)
            except OSError as problem:
                log.warning("%s is left for the next round: %s", names.key(taken.found.path), problem)

    def _file(self, taken: Ready) -> Iterator[Step]:
        found = taken.found
        if self._inbox.signature(found.area, found.path) != found.signature or not self._claim(found):
            return
        self._failpoints.kill("ingest.after_claim")
        moment = datetime.fromtimestamp(found.signature.mtime_ns / 1e9, UTC)
        work = FileWork(found, moment.isoformat(timespec="seconds").replace("+00:00", "Z"))
        try:
            yield from self._parts(work, final=taken.final)
        except reader.ChangedError:
            self._release(found, unfinished=False)
            return
        except IncompleteError as problem:
            log.info("%s is not whole yet: %s", work.key, problem)
            self._release(found, unfinished=True)
            return
        yield Finished(work)

    def _claim(self, found: Found) -> bool:
        """Claim a file, and its sidecar before it, so that a crash in between separates nothing for good."""
        if found.area == CLAIMED:
            return True
        self._inbox.claim(found.path + SUFFIX)
        if self._inbox.claim(found.path):
            return True
        self._inbox.put_back(found.path + SUFFIX)
        return False

    def _release(self, found: Found, *, unfinished: bool) -> None:
        back = self._inbox.put_back(found.path)
        with suppress(OSError):
            self._inbox.put_back(found.path + SUFFIX)
        if unfinished:
            self._settling.unfinished(found, INBOX if back else CLAIMED)

    def _parts(self, work: FileWork, *, final: bool) -> Iterator[Step]:
        data: bytes | None = None
        file: reader.OpenFile | None = None
        try:
            if names.is_sidecar(work.path):
                raise Reject(RejectionCode.ORPHAN_SIDECAR)
            file = self._open(work, final=final)
            beside = self._beside(work, final=final)
            document, data = reader.read(file)
            work.container = document.container
            for part in document.parts:
                yield self._part(work, part, beside)
                if document.container:
                    self._failpoints.kill("ingest.mid_container")
        except Reject as refused:
            yield Refused(work, work.refuse(refused, "", data, clock.now()))
        finally:
            if file is not None:
                work.sha256 = file.sha256
                os.close(file.descriptor)

    def _open(self, work: FileWork, *, final: bool) -> reader.OpenFile:
        try:
            descriptor = self._inbox.open(CLAIMED, work.path)
        except OSError as problem:
            if not final:
                raise IncompleteError(f"it cannot be opened: {problem.strerror or problem}") from problem
            raise Reject(RejectionCode.UNREADABLE, problem.strerror or str(problem)) from None
        return reader.OpenFile(descriptor, PurePosixPath(work.path).name, final, self._failpoints)

    def _part(self, work: FileWork, part: Part, beside: Beside) -> Step:
        self._metrics.received.inc()
        try:
            if isinstance(part.outcome, Reject):
                raise part.outcome
            article = build.article(part.outcome, work.sighting(part.suffix, part.data), beside, datetime.now(UTC).date())
        except Reject as refused:
            return Refused(work, work.refuse(refused, part.suffix, part.data, clock.now()))
        work.good += 1
        return ReadyArticle(work, article)

    def _beside(self, work: FileWork, *, final: bool) -> Beside:
        """Return what the sidecar, the directory's defaults and this run say of a file."""
        sidecar = Beside()
        if (data := self._small(CLAIMED, work.path + SUFFIX)) is not None:
            try:
                sidecar = read_sidecar(data)
            except IncompleteError as problem:
                if not final:
                    raise
                raise Reject(RejectionCode.INCOMPLETE, f"its sidecar: {problem}") from None
            except Reject as refused:
                raise Reject(refused.code, f"its sidecar: {refused.detail}") from None
        return together(sidecar, self._defaults(work.path), self._published)

    def _defaults(self, path: str) -> Beside:
        """Return the defaults of the nearest directory above a file that has any."""
        directory = PurePosixPath(path).parent
        for above in (directory, *directory.parents):
            name = DEFAULTS_NAME if str(above) == "." else f"{above}/{DEFAULTS_NAME}"
            if (data := self._small(INBOX, name)) is not None:
                return read_defaults(data)
        return Beside()

    def _small(self, area: str, path: str) -> bytes | None:
        """Return the first 64 KiB of a small file beside another, or None where there is none that can be read."""
        try:
            descriptor = self._inbox.open(area, path)
        except OSError:
            return None
        try:
            return os.pread(descriptor, LIMIT, 0)
        finally:
            os.close(descriptor)
