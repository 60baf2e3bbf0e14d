"""The wiring of enrich: Faust hands over records in batches; they are acknowledged in order, after their results are confirmed."""

import asyncio
import logging
import os
import signal
import socket
from typing import Any

import faust

from services.enrich import faust_guard, watchdog
from services.enrich.enricher import Begun, Enricher
from services.enrich.metrics import EnrichMetrics
from services.enrich.pool import PipelineError, PoolError
from services.enrich.settings import EnrichSettings
from services.enrich.window import Window
from sitrep.contracts.topics import ENRICHED_TOPIC, RAW, REJECTED_TOPIC
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.endpoint import Endpoint
from sitrep.runtime.health import Health
from sitrep.runtime.kafka import wait_for_topics
from sitrep.runtime.outcomes import EXIT_RETRY, Retry
from sitrep.runtime.process import DRAIN_SECONDS, EXIT_SETTINGS, exit_after, leave, run_first, unless_stopped
from sitrep.runtime.records import Incoming

log = logging.getLogger(__name__)

GROUP = "sitrep-enrich"
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
WITHIN = 0.05
"""Seconds that a batch waits for more records."""

BATCHES_PER_PROCESS = 2
"""One that a language process works on, and one that waits for it; one more is on its way to Kafka."""

Events = list[Any]


def build(settings: EnrichSettings, enricher: Enricher) -> faust.App:
    """Return the Faust app: one agent over news.raw, raw bytes in, nothing acknowledged but by us."""
    datadir = settings.data / "enrich"  # Faust makes it, but not what it is in, and keeps nothing there
    datadir.parent.mkdir(parents=True, exist_ok=True)
    app = faust.App(
        GROUP,
        broker_client_id=client_id(settings),
        broker_credentials=credentials(settings.cluster),
        broker=[f"aiokafka://{address}" for address in settings.kafka_bootstrap.split(",")],
        datadir=datadir,
        autodiscover=False,
        broker_session_timeout=10,
        broker_heartbeat_interval=3,
        broker_commit_interval=1,
        broker_request_timeout=15,
        broker_rebalance_timeout=20,
        broker_max_poll_records=64,
        broker_max_poll_interval=settings.max_poll_interval_seconds,
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=f"enrich-{settings.slot}" if settings.slot else None,
        stream_buffer_maxsize=64,
        stream_wait_empty=False,
        key_serializer="raw",
        value_serializer="raw",
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
    )
    topic = app.topic(RAW.name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")

    @app.agent(topic, concurrency=1, name=GROUP)  # type: ignore[untyped-decorator]
    async def enrich(stream: Any) -> None:  # noqa: ANN401 - Faust's stream has no types
        window = _window(app, enricher, BATCHES_PER_PROCESS * settings.pool_size + 1)
        try:
            async for events in stream.noack_take(settings.enrich_batch, within=WITHIN):
                await window.take(events)
        except BaseException as problem:
            if window.busy:  # Faust would begin anew beside it
                _end(app, problem)
            raise

    return app


def _window(app: faust.App, enricher: Enricher, size: int) -> Window[Events, Begun]:
    """Return the window that events go through: each batch is acknowledged when it is confirmed, in order."""

    async def begin(events: Events) -> Begun:
        return await enricher.begin([incoming(event) for event in events])

    async def finish(events: Events, begun: Begun) -> None:
        await enricher.finish(begun)
        enricher.failpoints.kill("enrich.before_ack")
        for event in events:
            event.ack()
        enricher.failpoints.kill("enrich.after_ack")

    return Window(size, begin, finish, lambda problem: _end(app, problem))


def _end(app: faust.App, problem: BaseException) -> None:
    """End the process before anything is acknowledged that is not done: Faust would go on past what was in hand."""
    if isinstance(problem, asyncio.CancelledError):
        if app.should_stop:
            return
        log.error("the agent was cancelled, and Faust would go on past what it had in hand")
        leave(EXIT_RETRY)
    if isinstance(problem, Retry | PoolError):
        log.error("giving up for now: %s", problem)
        leave(EXIT_RETRY)
    log.error("the worker ends before it acknowledges what it was doing", exc_info=problem)
    leave(1)


def credentials(cluster: Cluster) -> Any:  # noqa: ANN401 - Faust's, or None where none are needed
    """Return how Faust is let in."""
    if cluster.authenticated:
        return faust.SASLCredentials(
            username=cluster.user, password=cluster.password, ssl_context=cluster.tls, mechanism=cluster.mechanism
        )
    return faust.SSLCredentials(context=cluster.tls) if cluster.encrypted else None


def client_id(settings: EnrichSettings) -> str:
    """Return the name by which the broker knows this very worker."""
    return f"sitrep-enrich-{settings.slot or f'{socket.gethostname()}-{os.getpid()}'}"


def incoming(event: Any) -> Incoming:  # noqa: ANN401
    """Return a Faust event as a record."""
    message = event.message
    return Incoming(message.topic, message.partition, message.offset, message.key, message.value, list(message.headers or ()))


class Worker(faust.Worker):  # type: ignore[misc]
    """Faust's worker, which is gone in time when it is told to stop."""

    def install_signal_handlers(self) -> None:
        """Stop on SIGTERM, SIGINT and SIGHUP alike."""
        for number in STOPPING:
            self.loop.add_signal_handler(number, self._stop_in_time)

    def _stop_in_time(self) -> None:
        exit_after(DRAIN_SECONDS)
        self._on_sigterm()


def serve(settings: EnrichSettings) -> None:
    """Run the worker until it is told to stop, then end the process."""
    faust_guard.acknowledge_only_what_was_handed_over()
    metrics, health, progress = EnrichMetrics(), Health(), watchdog.Progress()
    enricher = Enricher(settings, metrics, health, progress)
    endpoint = Endpoint(settings.metrics_host, settings.metrics_port, metrics.registry, health, enricher.flood.resume)
    log.info("enrich: metrics on http://%s:%d/metrics", settings.metrics_host, endpoint.port)

    async def wait(stop: asyncio.Event) -> None:
        topics = wait_for_topics(settings.cluster, health, (RAW, ENRICHED_TOPIC, REJECTED_TOPIC))
        if not await unless_stopped(stop, topics):
            leave(0)

    run_first(wait)  # Faust ends at once where there is no broker
    for number in STOPPING:  # until Faust has handlers of its own there is nothing in hand
        signal.signal(number, lambda *_: leave(0))
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    app = build(settings, enricher)

    @app.on_partitions_assigned.connect  # type: ignore[untyped-decorator]
    async def joined(*_args: object, **_kwargs: object) -> None:
        health.ok()

    try:
        loop.run_until_complete(enricher.pool.warm())
    except PoolError as problem:
        log.error("%s", problem)  # noqa: TRY400 - the sentence says it
        leave(EXIT_SETTINGS if isinstance(problem, PipelineError) else EXIT_RETRY)
    judge = watchdog.Judge(client_id(settings), settings.stall_seconds, progress)
    watchdog.start(settings.cluster, GROUP, judge, health, min(5.0, settings.stall_seconds / 4))
    code = 0
    try:
        Worker(app, loop=loop, loglevel=settings.log_level, redirect_stdouts=False, override_logging=False,
               quiet=True).execute_from_commandline()  # fmt: skip
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        log.exception("the worker ends")
        code = 1
    leave(code)
