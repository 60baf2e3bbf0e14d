"""From a Kafka record to what is to be done with it: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from services.store import rows as make
from services.store.rows import Rows
from sitrep.contracts import identity
from sitrep.contracts.article import SightingMessage
from sitrep.contracts.codes import RejectionCode, Stage
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.events import Rejection, Retraction, rejection
from sitrep.contracts.headers import Headers
from sitrep.contracts.topics import ENRICHED_TOPIC, REJECTED_TOPIC, RETRACTED, Topic


@dataclass(frozen=True)
class Incoming:
    """One record as it lies on the topic."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


@dataclass(frozen=True)
class Item:
    """One record with the rows that it makes and, where it is an article or a sighting, what the receipt is for."""

    record: Incoming
    rows: Rows
    article_id: str | None = None
    sighting: str | None = None
    version: int | None = None


def read(record: Incoming, at: str) -> Item | Rejection:
    """Return what to write for a record, or its refusal.

    A record of news.rejected is never refused again: unreadable, it becomes a row of its own with `bad_record`.
    """
    topic = REJECTED_TOPIC if record.topic == REJECTED_TOPIC.name else ENRICHED_TOPIC
    headers = Headers.read(list(record.headers))
    try:
        return _item(record, topic, headers)
    except _UnknownTypeError:
        refused = refusal(record, RejectionCode.UNKNOWN_TYPE, f"ce_type is {headers.type!r}", at)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the value"
        refused = refusal(record, RejectionCode.BAD_RECORD, f"{where}: {first['msg']}", at)
    return _kept(record, refused) if topic is REJECTED_TOPIC else refused


def bad_record(record: Incoming, reason: str, at: str) -> Item:
    """Return the row of a record of news.rejected that nothing else can be made of."""
    return _kept(record, refusal(record, RejectionCode.BAD_RECORD, reason, at))


def _kept(record: Incoming, refused: Rejection) -> Item:
    return Item(record, make.of_rejection(refused))


class _UnknownTypeError(Exception):
    """The topic does not carry the type in the record's header."""


def _item(record: Incoming, topic: Topic, headers: Headers) -> Item:
    model = topic.model_of(headers.type)
    if model is None:
        raise _UnknownTypeError
    value = record.value or b""
    message = model.model_validate_json(value)
    match message:
        case EnrichedArticle():
            id_, version = message.article.article_id, message.enrichment.version
            return Item(record, make.of_enriched(message, value), id_, version=version)
        case SightingMessage():
            return Item(record, make.of_sighting(message), message.article_id, message.sighting.sighting_id)
        case Retraction():
            return Item(record, make.of_retraction(message, retracted=headers.type == RETRACTED.name))
        case Rejection():
            return Item(record, make.of_rejection(message))
    raise AssertionError(f"{topic.name} carries {headers.type}, which nothing is done with")


def refusal(record: Incoming, code: RejectionCode, detail: str, at: str) -> Rejection:
    """Return the rejection of a record by the store."""
    headers = Headers.read(list(record.headers))
    key = (record.key or b"").decode("utf-8", "replace")
    return rejection(
        stage=Stage.STORE,
        code=code,
        detail=detail,
        key=key or f"{record.topic}/{record.partition}/{record.offset}",
        at=at,
        data=record.value or b"",
        article_id=key if _is_article_id(key) else None,
        source=(record.topic, record.partition, record.offset),
        headers=headers.all,
    )


def _is_article_id(key: str) -> bool:
    return len(key) == len(identity.article_id("")) and set(key) <= set("0123456789abcdef")
