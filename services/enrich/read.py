"""From a record of news.raw to what is to be done with it: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from sitrep.contracts.article import Article, SightingMessage
from sitrep.contracts.codes import RejectionCode, Stage
from sitrep.contracts.events import Rejection, rejection
from sitrep.contracts.headers import Headers
from sitrep.contracts.topics import RAW
from sitrep.runtime.outcomes import Reject


@dataclass(frozen=True)
class Incoming:
    """One record as it lies on the topic."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


def read(record: Incoming) -> Article | SightingMessage:
    """Return the message of a record. Raises Reject with `unknown_type` or `bad_record`."""
    type_ = Headers.read(list(record.headers)).type
    model = RAW.model_of(type_)
    if model is None:
        raise Reject(RejectionCode.UNKNOWN_TYPE, f"ce_type is {type_!r}")
    try:
        message = model.model_validate_json(record.value or b"")
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the value"
        raise Reject(RejectionCode.BAD_RECORD, f"{where}: {first['msg']}") from None
    if not isinstance(message, Article | SightingMessage):
        raise TypeError(f"{RAW.name} carries {type_}, which nothing is done with")
    return message


def refusal(record: Incoming, refused: Reject, message: Article | SightingMessage | None, at: str) -> Rejection:
    """Return the rejection of a record; `message` is what could be read of it."""
    place = (RAW.name, record.partition, record.offset)
    written = (record.key or b"").decode("utf-8", "replace") or "/".join(map(str, place))
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
        headers=Headers.read(list(record.headers)).all,
    )
