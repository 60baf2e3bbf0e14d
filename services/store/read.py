"""From a Kafka record to what is to be done with it: pure."""

from dataclasses import dataclass

from services.store import rows as make
from services.store.rows import Rows
from sitrep.contracts import identity
from sitrep.contracts.article import SightingMessage
from sitrep.contracts.codes import RejectionCode, Stage
from sitrep.contracts.enriched import EnrichedArticle
from sitrep.contracts.events import Rejection, Retraction, rejection
from sitrep.contracts.headers import Headers
from sitrep.contracts.model import WireModel
from sitrep.contracts.relations import Correction
from sitrep.contracts.topics import ENRICHED_TOPIC, REJECTED_TOPIC, RETRACTED
from sitrep.runtime.outcomes import Reject
from sitrep.runtime.records import Incoming, decode


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
    try:
        return _item(record, decode(record, topic))
    except Reject as problem:
        refused = refusal(record, problem.code, problem.detail, at)
    return _kept(record, refused) if topic is REJECTED_TOPIC else refused


def bad_record(record: Incoming, reason: str, at: str) -> Item:
    """Return the row of a record of news.rejected that nothing else can be made of."""
    return _kept(record, refusal(record, RejectionCode.BAD_RECORD, reason, at))


def _kept(record: Incoming, refused: Rejection) -> Item:
    return Item(record, make.of_rejection(refused))


def _item(record: Incoming, message: WireModel) -> Item:
    match message:
        case EnrichedArticle():
            id_, version = message.article.article_id, message.enrichment.version
            return Item(record, make.of_enriched(message, record.value or b""), id_, version=version)
        case SightingMessage():
            return Item(record, make.of_sighting(message), message.article_id, message.sighting.sighting_id)
        case Retraction():
            return Item(record, make.of_retraction(message, retracted=Headers.read(record.headers).type == RETRACTED.name))
        case Rejection():
            return Item(record, make.of_rejection(message))
        case Correction():
            raise Reject(RejectionCode.UNKNOWN_TYPE, "corrections are not stored yet")
    raise TypeError(f"{record.topic} carries a {type(message).__name__}, which nothing is done with")


def refusal(record: Incoming, code: RejectionCode, detail: str, at: str) -> Rejection:
    """Return the rejection of a record by the store."""
    headers = Headers.read(record.headers)
    key = (record.key or b"").decode("utf-8", "replace")
    return rejection(
        stage=Stage.STORE,
        code=code,
        detail=detail,
        # Of a record without a key, what it is called must not depend on where it stands: sent again, it is the same refusal.
        key=key or f"{record.topic}/{identity.content_sha256(record.value or b'')[:16]}",
        at=at,
        data=record.value or b"",
        article_id=key if _is_article_id(key) else None,
        source=(record.topic, record.partition, record.offset),
        headers=headers.all,
    )


def _is_article_id(key: str) -> bool:
    return len(key) == len(identity.article_id("")) and set(key) <= set("0123456789abcdef")
