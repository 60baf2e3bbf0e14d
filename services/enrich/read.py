"""From a record of news.raw to what is to be done with it: pure."""

from sitrep.contracts import identity
from sitrep.contracts.article import Article, SightingMessage
from sitrep.contracts.codes import Stage
from sitrep.contracts.events import Rejection, rejection
from sitrep.contracts.headers import Headers
from sitrep.contracts.topics import RAW
from sitrep.runtime.outcomes import Reject
from sitrep.runtime.records import Incoming, decode


def read(record: Incoming) -> Article | SightingMessage:
    """Return the message of a record. Raises Reject with `unknown_type` or `bad_record`."""
    message = decode(record, RAW)
    if not isinstance(message, Article | SightingMessage):
        raise TypeError(f"{RAW.name} carries a {type(message).__name__}, which nothing is done with")
    return message


def refusal(record: Incoming, refused: Reject, message: Article | SightingMessage | None, at: str) -> Rejection:
    """Return the rejection of a record; `message` is what could be read of it."""
    place = (record.topic, record.partition, record.offset)
    # Of a record without a key, what it is called must not depend on where it stands: sent again, it is the same refusal.
    written = (record.key or b"").decode(
        "utf-8", "replace"
    ) or f"{record.topic}/{identity.content_sha256(record.value or b'')[:16]}"
    return rejection(
        stage=Stage.ENRICH,
        code=refused.code,
        detail=refused.detail,
        key=written if message is None else message.sighting.key,
        at=at,
        data=record.value or b"",
        article_id=None if message is None else message.article_id,
        uri=None if message is None else message.sighting.uri,
        source=place,
        headers=Headers.read(record.headers).all,
    )
