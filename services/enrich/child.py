"""A language process: reads articles from its standard input, writes enriched ones to its standard output, until told to end."""

import ctypes
import json
import os
import signal
import sys
import time

from services.enrich import findings, frames
from services.enrich.language.model import ModelError
from services.enrich.language.pipeline import Pipeline
from services.enrich.settings import EnrichSettings
from services.enrich.stopwatch import Stopwatch
from sitrep.contracts.article import Article
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.runtime.failpoints import Failpoints

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
READY = b"ready"
ERROR = b"!"
"""First byte of a line that is an error instead of an article."""


def main() -> int:
    """Load the pipeline, say so, and work until the pipe ends."""
    die_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes to the log, not between the frames
    settings = EnrichSettings.load(os.environ)
    failpoints = Failpoints.of(settings)
    try:
        pipeline = Pipeline(settings.model)
    except ModelError as problem:
        answers.write(frames.pack([ERROR + str(problem).encode()]))
        answers.flush()
        return 1
    stopwatch = Stopwatch(pipeline.nlp, lambda doc: doc._.article is not None and not doc._.article.canary)
    answers.write(frames.pack([READY]))
    answers.flush()
    while (lines := frames.read(sys.stdin.buffer)) is not None:
        failpoints.kill("enrich.in_child")
        failpoints.obey(b"".join(lines))
        answers.write(frames.pack(answer(pipeline, stopwatch, [Article.model_validate_json(line) for line in lines])))
        answers.flush()
    return 0


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process with its parent (elsewhere the end of the pipe ends it)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before the call above
            os._exit(1)


def answer(pipeline: Pipeline, stopwatch: Stopwatch, articles: list[Article]) -> list[bytes]:
    """Return one line for each article, and one more with the findings of all of them."""
    began = time.perf_counter()
    done = work(pipeline, articles)
    counts, languages = findings.count([one for one in done if isinstance(one, EnrichedArticle)])
    lines = [one.to_bytes() if isinstance(one, EnrichedArticle) else one for one in done]
    seconds = time.perf_counter() - began
    said = findings.Findings(seconds, *stopwatch.read(), counts, languages)
    return [*lines, said.to_bytes()]


def work(pipeline: Pipeline, articles: list[Article]) -> list[EnrichedArticle | bytes]:
    """Return each article enriched, or the line of an error. A batch in which one fails is done one by one, to find which."""
    try:
        return list(pipeline.enrich(articles))
    except Exception as problem:  # noqa: BLE001 - whatever a text makes the pipeline do is reported with that text
        if len(articles) > 1:
            return [line for article in articles for line in work(pipeline, [article])]
        kind = "memory" if isinstance(problem, MemoryError) else "crash"
        return [ERROR + json.dumps({"kind": kind, "detail": f"{type(problem).__name__}: {problem}"}).encode()]


if __name__ == "__main__":
    sys.exit(main())
