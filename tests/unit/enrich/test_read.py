"""Records of news.raw, good and bad."""

import pytest

from services.enrich.read import read, refusal
from sitrep.contracts.article import Article, SightingMessage
from sitrep.contracts.codes import RejectionCode as Code
from sitrep.contracts.topics import ARTICLE, REJECTED_TOPIC
from sitrep.runtime.kafka import Publisher, Record
from sitrep.runtime.outcomes import Reject
from sitrep.runtime.records import Incoming
from tests.support.make import example, example_bytes


def incoming(value: bytes | None, type_: bytes, key: bytes | None = b"key") -> Incoming:
    return Incoming("news.raw", 1, 7, key, value, [("ce_type", type_)])


@pytest.mark.parametrize(("name", "model"), [("article", Article), ("sighting", SightingMessage)])
def test_read_takes_the_examples(name: str, model: type) -> None:
    assert isinstance(read(incoming(example_bytes(name), example(name)["type"].encode())), model)


@pytest.mark.parametrize(
    ("value", "type_", "code"),
    [
        (b"", b"", Code.UNKNOWN_TYPE),
        (b"{}", b"sitrep.enriched.v1", Code.UNKNOWN_TYPE),
        (None, ARTICLE.name.encode(), Code.BAD_RECORD),
        (b"{}", ARTICLE.name.encode(), Code.BAD_RECORD),
        (b"[" * 100_000, ARTICLE.name.encode(), Code.BAD_RECORD),
        (b'{"article_id": "\\ud800"}', ARTICLE.name.encode(), Code.BAD_RECORD),
    ],
)
def test_read_refuses(value: bytes | None, type_: bytes, code: Code) -> None:
    with pytest.raises(Reject) as caught:
        read(incoming(value, type_))
    assert caught.value.code is code


def test_refusal_fits_a_record_whatever_it_is_of() -> None:
    junk = b"\x01" * 400_000
    headers: list[tuple[str, bytes | None]] = [(f"{n}" + "x" * 5000, junk) for n in range(100)]
    record = Incoming("news.raw", 1, 7, b"\x01" * 1_200_000, junk, [("ce_type", junk), *headers])
    with pytest.raises(Reject) as caught:
        read(record)
    made = refusal(record, caught.value, None, "2024-11-30T00:00:00Z")
    Publisher.check(Record(REJECTED_TOPIC, made.record_key, made.to_bytes(), []))
    assert made.size == len(junk)
    assert len(made.sentence) < 1000
