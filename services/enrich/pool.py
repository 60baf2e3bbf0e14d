"""The pool of language processes: articles go out in chunks, a dead process is replaced, and the text that killed it found."""

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from services.enrich import frames
from services.enrich.child import ERROR, READY
from services.enrich.findings import Findings
from sitrep.contracts.article import Article
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime.outcomes import Reject

log = logging.getLogger(__name__)

CHUNK_ARTICLES = 16
CHUNK_CHARACTERS = 40_000
START_SECONDS = 120.0
LIFE = 20_000
"""Articles after which a language process makes room for a new one: the tables of spaCy's vocabulary grow with every word that
was ever in them, by about a kilobyte an article, also with memory zones."""

TRIES = 3
"""An article that is alone in a process that dies this often is what kills it; once may be chance."""


class _Ended(Exception):  # noqa: N818 - an event
    """A language process ended, or was ended, before it answered."""

    def __init__(self, code: RejectionCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class PoolError(Exception):
    """No language process can be started for now."""


class PipelineError(PoolError):
    """No language process can be started with this model, now or later."""


@dataclass(frozen=True)
class Enriched:
    """The value of the enriched message of an article."""

    value: bytes


Result = Enriched | Reject


class Worker:
    """One language process, started when it is first needed, and again after it has died or has read `life` articles."""

    def __init__(self, env: dict[str, str], life: int, started: Callable[[], None]) -> None:
        self._env = env
        self._life = life
        self._started = started
        self._read = 0
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Bring the process up if it is not, and wait until its pipeline is loaded. Raises PoolError."""
        if self._process is not None and self._process.returncode is None:
            if self._read < self._life:
                return
            await self.kill()
        self._read = 0
        for attempt in range(1, TRIES + 1):
            try:
                lines = await self._start()
                break
            except asyncio.IncompleteReadError as problem:  # killed while it was starting; that may be chance
                await self.kill()
                if attempt == TRIES:
                    raise PoolError(f"a language process did not start: it ended {TRIES} times") from problem
            except (TimeoutError, OSError) as problem:
                await self.kill()
                raise PoolError(f"a language process did not start: {type(problem).__name__}") from problem
            except BaseException:
                await self.kill()  # cancelled: what it would answer belongs to nobody
                raise
        if lines != [READY]:
            await self.kill()
            raise PipelineError(lines[0].removeprefix(ERROR).decode())

    async def _start(self) -> list[bytes]:
        """Start a process and return the first thing that it says."""
        command = (sys.executable, "-P", "-m", "services.enrich.child", str(os.getpid()))
        pipe = asyncio.subprocess.PIPE
        start = asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=self._env, limit=1 << 20)
        self._process = await start
        self._started()
        return await asyncio.wait_for(frames.receive(self._out), START_SECONDS)

    @property
    def _out(self) -> asyncio.StreamReader:
        if self._process is None or self._process.stdout is None:
            raise PoolError("the language process was not started")
        return self._process.stdout

    async def ask(self, articles: Sequence[Article], seconds: float, asked: Callable[[], None]) -> list[bytes]:
        """Return one line for each article, and one of findings. Raises _Ended where the process dies or takes too long; it is gone then."""
        process = self._process
        if process is None or process.stdin is None:
            raise PoolError("the language process was not started")
        try:
            process.stdin.write(frames.pack([article.to_bytes() for article in articles]))
            asked()
            lines = await asyncio.wait_for(self._answer(process.stdin), seconds)
            self._read += len(articles)
            return lines
        except TimeoutError:
            await self.kill()
            raise _Ended(RejectionCode.NLP_TIMEOUT, f"over {seconds:.0f} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise _how(await self._ended()) from None
        except BaseException:
            await self.kill()  # cancelled: the next one to ask must not get this answer
            raise

    async def _ended(self) -> int | None:
        """Return how the process ended by itself, before it is killed to make sure."""
        process = self._process
        with suppress(TimeoutError):
            if process is not None:
                await asyncio.wait_for(process.wait(), 1)
        code = None if process is None else process.returncode
        await self.kill()
        return code

    async def _answer(self, stdin: asyncio.StreamWriter) -> list[bytes]:
        await stdin.drain()
        return await frames.receive(self._out)

    async def kill(self) -> None:
        """End the process now."""
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                process.kill()
            await process.wait()


def _how(returncode: int | None) -> _Ended:
    # A process that the kernel kills for its memory gets SIGKILL; a crash has a signal of its own.
    if returncode == -signal.SIGKILL:
        return _Ended(RejectionCode.NLP_MEMORY, "the language process was killed, most often for its memory")
    return _Ended(RejectionCode.NLP_CRASH, f"the language process ended with {returncode}")


class Pool:
    """Enriches articles in `size` processes, each chunk within `deadline` seconds.

    `asked` is called when a chunk is with a process, `finished` with the number of articles when one is done, or 0
    when one came to nothing: that is progress too, for the text that is to blame is nearly found. `found` is called with what a
    process says of a chunk, `started` when one is started.
    """

    def __init__(
        self,
        size: int,
        deadline: float,
        asked: Callable[[], None],
        finished: Callable[[int], None],
        *,
        found: Callable[[int, Findings], None] = lambda _articles, _findings: None,
        started: Callable[[], None] = lambda: None,
        life: int = LIFE,
    ) -> None:
        env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._deadline = deadline
        self._asked = asked
        self._finished = finished
        self._found = found
        self.size = size
        self._workers = [Worker(env, life, started) for _ in range(size)]
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    @property
    def busy(self) -> int:
        """Return how many processes are at work."""
        return self.size - self._idle.qsize()

    async def warm(self) -> None:
        """Start all processes at once. Raises PoolError."""
        await asyncio.gather(*(worker.start() for worker in self._workers))

    async def enrich(self, articles: Sequence[Article]) -> list[Result]:
        """Return a result for each article, in order. Raises PoolError where no process can be started."""
        done = await asyncio.gather(*(self._chunk(chunk) for chunk in chunks(articles)))
        return [result for results in done for result in results]

    async def _chunk(self, articles: Sequence[Article]) -> list[Result]:
        for attempt in range(1, TRIES + 1):
            worker = await self._idle.get()
            try:
                await worker.start()
                self._finished(0)
                lines = await worker.ask(articles, self._deadline, self._asked)
            except _Ended as ended:
                self._finished(0)
                log.warning("%s, with %d articles in work", ended, len(articles))
                if len(articles) > 1:
                    break
                if attempt == TRIES or ended.code is RejectionCode.NLP_TIMEOUT:
                    return [Reject(ended.code, str(ended))]
            else:
                if len(lines) != len(articles) + 1:
                    raise PoolError(f"{len(lines)} lines for {len(articles)} articles")
                self._finished(len(articles))
                self._found(len(articles), Findings.from_bytes(lines[-1]))
                return [_result(line) for line in lines[:-1]]
            finally:
                self._idle.put_nowait(worker)
        middle = len(articles) // 2
        return [*await self._chunk(articles[:middle]), *await self._chunk(articles[middle:])]

    async def close(self) -> None:
        """End all processes."""
        await asyncio.gather(*(worker.kill() for worker in self._workers))


def chunks(articles: Sequence[Article]) -> list[list[Article]]:
    """Return the articles in chunks that are worth a round trip and short enough for one deadline."""
    made: list[list[Article]] = []
    characters = CHUNK_CHARACTERS
    for article in articles:
        if characters + len(article.text) > CHUNK_CHARACTERS or len(made[-1]) >= CHUNK_ARTICLES:
            made.append([])
            characters = 0
        made[-1].append(article)
        characters += len(article.text)
    return made


def _result(line: bytes) -> Result:
    if not line.startswith(ERROR):
        return Enriched(line)
    error = json.loads(line.removeprefix(ERROR))
    code = RejectionCode.NLP_MEMORY if error["kind"] == "memory" else RejectionCode.NLP_CRASH
    return Reject(code, error["detail"])
