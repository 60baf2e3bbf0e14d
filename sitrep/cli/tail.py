"""`sitrep tail`: follow the enriched topic, as cards in a terminal and as JSON Lines in a pipe."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import KafkaError
from rich.console import Console

from sitrep.cli.cards import card
from sitrep.cli.kafka import cluster, silent
from sitrep.cli.problem import Problem
from sitrep.cli.running import Running
from sitrep.contracts.enriched import Claim, EnrichedArticle, Entity
from sitrep.contracts.events import Retraction
from sitrep.contracts.headers import Headers
from sitrep.contracts.model import WireModel
from sitrep.contracts.topics import ENRICHED_TOPIC, RESTORED, RETRACTED
from sitrep.runtime.cluster import Cluster
from sitrep.runtime.outcomes import Reject
from sitrep.runtime.records import Incoming, decode

FETCH_MS = 500


@dataclass(frozen=True)
class Filter:
    """Which articles and which of their claims are shown; an empty word asks for nothing."""

    entity: str = ""
    place: str = ""
    type: str = ""
    speaker: str = ""

    def claims(self, article: EnrichedArticle) -> Sequence[Claim] | None:
        """Return the claims of an article to show, or None where the article is not asked for."""
        if article.article.canary or not self._names(article):
            return None
        if not (self.type or self.speaker or self.place):
            return article.claims
        wanted = {entity.entity_id for entity in article.entities if _is(entity, self.place)}
        found = [claim for claim in article.claims if self._asks_for(claim, wanted)]
        return found or None

    def _names(self, article: EnrichedArticle) -> bool:
        return not self.entity or any(_is(entity, self.entity) for entity in article.entities)

    def _asks_for(self, claim: Claim, places: set[str]) -> bool:
        speakers = () if claim.speaker is None else (claim.speaker, *claim.via)
        said = any(_has(one.name, self.speaker) or _has(one.text or "", self.speaker) for one in speakers)
        return (
            (not self.type or claim.type == self.type)
            and (not self.speaker or said)
            and (not self.place or bool(places & set(claim.places)))
        )


def _is(entity: Entity, asked: str) -> bool:
    return entity.entity_id == asked or any(_has(name, asked) for name in (entity.name, *(m.text for m in entity.mentions)))


def _has(text: str, asked: str) -> bool:
    return asked.casefold() in text.casefold()


def run_tail(data: Path, filter_: Filter, *, bootstrap: str, from_beginning: bool, until_end: bool, as_json: bool) -> int:
    """Print what passes until interrupted, or with `until_end` until there is no more. Raises Problem."""
    show = _json if as_json else _cards(Console())
    kafka = cluster(Running.on(data), bootstrap)
    try:
        asyncio.run(_follow(kafka, filter_, show, from_beginning=from_beginning, until_end=until_end))
    except (KafkaError, OSError, TimeoutError) as problem:
        if isinstance(problem, BrokenPipeError):  # whoever read this has enough
            return 0
        raise silent(kafka, problem) from problem
    return 0


def _json(article: EnrichedArticle, _: Sequence[Claim]) -> None:
    sys.stdout.buffer.write(article.to_bytes() + b"\n")
    sys.stdout.buffer.flush()


def _cards(console: Console) -> Callable[[EnrichedArticle, Sequence[Claim]], None]:
    def show(article: EnrichedArticle, claims: Sequence[Claim]) -> None:
        console.print(card(article, claims))

    return show


async def _follow(
    kafka: Cluster,
    filter_: Filter,
    show: Callable[[EnrichedArticle, Sequence[Claim]], None],
    *,
    from_beginning: bool,
    until_end: bool,
) -> None:
    # Without a group all partitions are given to it, nothing is committed, and following disturbs nobody.
    consumer = AIOKafkaConsumer(
        ENRICHED_TOPIC.name,
        **kafka.options,
        client_id="sitrep-tail",
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_beginning else "latest",
    )
    await consumer.start()
    try:
        # What was taken back stands on the topic for ever: with the old articles its retraction has to be known first.
        taken_back = await _taken_back(consumer) if from_beginning else TakenBack()
        async for record in _records(consumer, until_end=until_end):
            message = _message(record)
            if isinstance(message, Retraction):
                taken_back.note(message, _type(record))
            if not isinstance(message, EnrichedArticle) or message.article.article_id in taken_back:
                continue
            if (claims := filter_.claims(message)) is not None:
                show(message, claims)
    finally:
        await consumer.stop()


class TakenBack:
    """Which articles are taken back: of what was said of one, the highest seq counts, at a tie the retraction."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[int, bool]] = {}

    def note(self, message: Retraction, type_: str | None) -> None:
        """Note that an article was taken back or given back."""
        said = (message.seq, type_ == RETRACTED.name)
        self._said[message.article_id] = max(said, self._said.get(message.article_id, said))

    def __contains__(self, article_id: str) -> bool:
        return self._said.get(article_id, (0, False))[1]


async def _taken_back(consumer: AIOKafkaConsumer) -> TakenBack:
    """Read the topic to its present end for what was taken back, and begin anew."""
    found = TakenBack()
    async for record in _records(consumer, until_end=True):
        if _type(record) in {RETRACTED.name, RESTORED.name} and isinstance(message := _message(record), Retraction):
            found.note(message, _type(record))
    await consumer.seek_to_beginning()
    return found


def _type(record: "ConsumerRecord[Any, Any]") -> str | None:
    return Headers.read(record.headers).type


def _message(record: "ConsumerRecord[Any, Any]") -> WireModel | None:
    incoming = Incoming(record.topic, record.partition, record.offset, record.key, record.value, record.headers)
    try:
        return decode(incoming, ENRICHED_TOPIC)
    except Reject as refused:
        sys.stderr.write(f"sitrep tail: {record.topic}/{record.partition}/{record.offset} is left out: {refused}\n")
        return None


async def _records(consumer: AIOKafkaConsumer, *, until_end: bool) -> AsyncIterator["ConsumerRecord[Any, Any]"]:
    partitions = sorted(consumer.assignment())
    if not partitions:
        raise Problem(f"there is no topic {ENRICHED_TOPIC.name} yet; `sitrep topics` makes it")
    ends = await consumer.end_offsets(partitions)
    while True:
        for records in (await consumer.getmany(timeout_ms=FETCH_MS)).values():
            for record in records:
                yield record
        if until_end and all([await consumer.position(one) >= ends[one] for one in partitions]):
            return
