"""What a worker does with a batch of records: read, enrich, send, all confirmed. It knows nothing of Faust."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from services.enrich.metrics import EnrichMetrics
from services.enrich.pool import Enriched, Pool, Result
from services.enrich.read import read, refusal
from services.enrich.settings import EnrichSettings
from services.enrich.watchdog import Progress
from sitrep.contracts import headers
from sitrep.contracts.article import Article, SightingMessage
from sitrep.contracts.codes import RejectionCode, Stage
from sitrep.contracts.topics import ENRICHED, ENRICHED_TOPIC, REJECTED, REJECTED_TOPIC, SIGHTING
from sitrep.runtime import clock
from sitrep.runtime.backoff import IN_PLACE, retrying
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.flood import Flood
from sitrep.runtime.health import Health
from sitrep.runtime.kafka import Publisher, Record, TooLargeError
from sitrep.runtime.outcomes import Reject
from sitrep.runtime.records import Incoming

log = logging.getLogger(__name__)


Message = Article | SightingMessage | Reject


@dataclass(frozen=True)
class Begun:
    """The first half of a batch: its records, a message for each, and a result for each article among these, in order.

    `at` is when it was begun (perf_counter), `seconds` what that took, waiting for a language process included.
    """

    records: Sequence[Incoming]
    messages: list[Message]
    results: list[Result]
    at: float
    seconds: float


class Enricher:
    """Turns records of news.raw into confirmed records of news.enriched and news.rejected."""

    def __init__(self, settings: EnrichSettings, metrics: EnrichMetrics, health: Health, progress: Progress) -> None:
        self.flood = Flood(settings.flood_limit, Stage.ENRICH, metrics, health)
        self._metrics = metrics
        self._health = health
        self._progress = progress
        self.failpoints = Failpoints.of(settings)
        self.pool = Pool(
            settings.pool_size,
            settings.nlp_deadline_seconds,
            asked=lambda: self.failpoints.kill("enrich.in_nlp"),
            finished=self._finished,
            found=metrics.note,
            started=metrics.starts.inc,
        )
        metrics.watch(self.pool)
        self._publisher = Publisher(settings.cluster, "sitrep-enrich", lambda: self.failpoints.kill("enrich.after_send"))

    async def begin(self, records: Sequence[Incoming]) -> Begun:
        """Read and enrich the records of a batch; batches may be begun beside each other.

        Raises PoolError where no language process starts.
        """
        began = time.perf_counter()
        self._metrics.received.inc(len(records))
        messages = [_attempt(record) for record in records]
        self.failpoints.kill("enrich.after_decode")
        self.failpoints.fail("enrich.error")
        await self.failpoints.hold("enrich.blocked")
        results = await self.pool.enrich([message for message in messages if isinstance(message, Article)])
        return Begun(records, messages, results, began, time.perf_counter() - began)

    async def finish(self, begun: Begun) -> None:
        """Return when the results of a batch are confirmed, so that its records may be acknowledged.

        Called for one batch after the other, in order. Raises Retry where Kafka does not confirm for too long.
        """
        await self.flood.open(self._progress.wait)
        self._progress.retrying = False
        results = iter(begun.results)
        answers = [
            self._record(record, message, next(results) if isinstance(message, Article) else None, begun.seconds)
            for record, message in zip(begun.records, begun.messages, strict=True)
        ]
        await self._send(answers)
        self.flood.note(answer.topic is REJECTED_TOPIC for answer in answers)
        self._metrics.duration.observe(time.perf_counter() - begun.at)
        self._metrics.last_progress.set_to_current_time()

    def _record(self, incoming: Incoming, message: Message, result: Result | None, seconds: float) -> Record:
        """Return the one record that answers a record of news.raw."""
        match message:
            case SightingMessage():
                value = message.to_bytes()
                came = headers.Headers.read(incoming.headers)
                head = headers.write(
                    value, SIGHTING, Stage.ENRICH, at=clock.now(), trace=message.article_id, ready=came.ready, run=came.run
                )
                return Record(ENRICHED_TOPIC, message.article_id, value, head)
            case Article():
                if isinstance(result, Enriched):
                    return self._enriched(incoming, message, result, seconds)
                if result is None:
                    raise TypeError(f"article {message.article_id} has no result")
                return self._refuse(incoming, result, message)
            case Reject():
                return self._refuse(incoming, message, None)

    def _enriched(self, incoming: Incoming, article: Article, result: Enriched, seconds: float) -> Record:
        came = headers.Headers.read(incoming.headers)
        head = headers.write(
            result.value, ENRICHED, Stage.ENRICH, at=clock.now(), trace=article.article_id, seconds=seconds, ready=came.ready,
            run=came.run,
        )  # fmt: skip
        record = Record(ENRICHED_TOPIC, article.article_id, result.value, head)
        try:
            Publisher.check(record)
        except TooLargeError as problem:
            return self._refuse(incoming, Reject(RejectionCode.RECORD_TOO_LARGE, str(problem)), article)
        return record

    def _refuse(self, incoming: Incoming, refused: Reject, message: Article | SightingMessage | None) -> Record:
        at = clock.now()
        made = refusal(incoming, refused, message, at)
        log.warning("refused %s: %s", made.key, made.sentence)
        self._metrics.rejected.labels(made.code).inc()
        value = made.to_bytes()
        run = headers.Headers.read(incoming.headers).run
        head = headers.write(value, REJECTED, Stage.ENRICH, at=at, trace=made.article_id, run=run)
        return Record(REJECTED_TOPIC, made.record_key, value, head)

    async def _send(self, records: Sequence[Record]) -> None:
        def on_retry() -> None:
            self._metrics.retried.inc()
            self._progress.retrying = True

        await retrying(lambda: self._publisher.publish(records), IN_PLACE, self._health, on_retry=on_retry)
        self._progress.retrying = False
        for record in records:
            type_ = next(value.decode() for name, value in record.headers if name == "ce_type")
            self._metrics.sent.labels(type_).inc()

    def _finished(self, articles: int) -> None:
        self._metrics.articles.inc(articles)
        self._progress.touch()


def _attempt(record: Incoming) -> Message:
    try:
        return read(record)
    except Reject as refused:
        return refused
