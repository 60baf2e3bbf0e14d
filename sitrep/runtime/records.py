"""A record as it lies on a topic, and the message in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from sitrep.contracts.codes import RejectionCode
from sitrep.contracts.headers import Headers
from sitrep.contracts.model import WireModel
from sitrep.contracts.topics import Topic
from sitrep.runtime.outcomes import Reject


@dataclass(frozen=True)
class Incoming:
    """One record as it lies on the topic."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]
    at: float = 0.0
    """When it was sent, in seconds since 1970, where that was asked."""


def decode(record: Incoming, topic: Topic) -> WireModel:
    """Return the message that the headers of a record say it is. Raises Reject with `unknown_type` or `bad_record`."""
    type_ = Headers.read(record.headers).type
    model = topic.model_of(type_)
    if model is None:
        raise Reject(RejectionCode.UNKNOWN_TYPE, f"ce_type is {type_!r}")
    try:
        return model.model_validate_json(record.value or b"")
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the value"
        raise Reject(RejectionCode.BAD_RECORD, f"{where}: {first['msg']}") from None
