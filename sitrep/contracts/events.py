"""The other messages: what was refused, what was stored, and what is taken back."""

import base64
from typing import Annotated

from pydantic import Field

from sitrep.contracts import identity
from sitrep.contracts.codes import SENTENCES, AnyRejectionCode, RejectionCode, Stage
from sitrep.contracts.model import ArticleId, RejectionId, Sha256, WireModel

ORIGINAL_LIMIT = 64 * 1024
"""Bytes of the refused input that a rejection carries."""


DETAIL_LIMIT = 500
HEADER_LIMIT = 1024
HEADERS_LIMIT = 32
KEY_LIMIT = 4096
INT32 = 2**31 - 1
INT64 = 2**63 - 1


class Rejection(WireModel):
    """One input refused by one stage, with the reason and the place of its whole original.

    `topic`, `partition` and `offset` are of the refused record (null from ingest); `original` is base64 of the
    first 64 KiB; `size` (bytes) and `sha256` are of the whole, null where it was never read; `at` is RFC 3339.
    """

    rejection_id: RejectionId
    code: AnyRejectionCode
    sentence: str
    stage: Stage
    attempt: Annotated[int, Field(ge=1, le=INT32)] = 1
    at: str
    article_id: ArticleId | None = None
    uri: str | None = None
    key: str
    topic: str | None = None
    partition: Annotated[int, Field(ge=0, le=INT32)] | None = None
    offset: Annotated[int, Field(ge=0, le=INT64)] | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    size: Annotated[int, Field(ge=0, le=INT64)] | None = None
    sha256: Sha256 | None = None
    original: str | None = None

    @property
    def record_key(self) -> str:
        """Return the key of the record on `news.rejected`."""
        return self.article_id or self.key


def _short(text: str, limit: int) -> str:
    """Return `text`, or its beginning with the hash of the whole: anyone can write anything, and it must fit a record."""
    return text if len(text) <= limit else f"{text[:limit]}~{identity.digest(text)[:16]}"


def rejection(  # noqa: PLR0913 - one argument for each thing that is known of the refused input
    *,
    stage: Stage,
    code: RejectionCode,
    detail: str,
    key: str,
    at: str,
    data: bytes | None,
    article_id: str | None = None,
    uri: str | None = None,
    source: tuple[str, int, int] | None = None,
    headers: dict[str, str] | None = None,
    size: int | None = None,
) -> Rejection:
    """Return the rejection of `data` (None where it was never read), found at `source` (topic, partition, offset)."""
    sha256 = None if data is None else identity.content_sha256(data)
    key, detail = _short(key, KEY_LIMIT), _short(detail, DETAIL_LIMIT)
    kept = dict(list((headers or {}).items())[:HEADERS_LIMIT])
    topic, partition, offset = source or (None, None, None)
    return Rejection(
        rejection_id=identity.rejection_id(stage, code, key, sha256),
        code=code,
        sentence=f"{SENTENCES[code]} ({detail})" if detail else SENTENCES[code],
        stage=stage,
        at=at,
        article_id=article_id,
        uri=None if uri is None else _short(uri, KEY_LIMIT),
        key=key,
        topic=topic,
        partition=partition,
        offset=offset,
        headers={_short(name, 100): _short(text, HEADER_LIMIT) for name, text in kept.items()},
        size=size if data is None else len(data),
        sha256=sha256,
        original=None if data is None else base64.b64encode(data[:ORIGINAL_LIMIT]).decode("ascii"),
    )


class Receipt(WireModel):
    """What the store has committed: rows by table, for an article, or for one sighting of it."""

    article_id: ArticleId
    sighting: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    version: int | None = None
    stored_at: str
    rows: dict[str, int]

    @property
    def record_key(self) -> str:
        """Return the key of the record on `news.receipts`."""
        return identity.receipt_key(self.article_id, self.sighting)


class Retraction(WireModel):
    """An article taken back, or given back: the highest `seq` (microseconds since 1970) wins, at a tie `retracted`."""

    article_id: ArticleId
    reason: str
    at: str
    seq: Annotated[int, Field(ge=0, le=INT64)]
