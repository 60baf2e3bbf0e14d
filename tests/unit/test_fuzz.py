"""Whatever bytes come in, only Reject comes out: every reader of files, and every reader of records, on mutated real input."""

import contextlib
import json
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.enrich.read import read as read_raw
from services.ingest import build
from services.ingest.draft import Document, Draft, IncompleteError
from services.ingest.formats.html import read_html
from services.ingest.formats.json_article import lines, read_json
from services.ingest.formats.plain import read_text
from services.ingest.formats.sniff import sniff
from services.ingest.reader import OpenFile, read
from services.ingest.sidecar import Beside, read_defaults, read_sidecar
from services.store.read import read as read_enriched
from sitrep.contracts import identity
from sitrep.contracts.article import Sighting
from sitrep.contracts.topics import ALL
from sitrep.runtime.failpoints import Failpoints
from sitrep.runtime.outcomes import Reject
from sitrep.runtime.records import Incoming
from tests.support.badfiles import BAD
from tests.support.make import EXAMPLES

EXAMPLE_TEXTS = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
LONGEST = 1.0
TODAY = date(2025, 1, 1)


def _small_corpus(directory: Path) -> list[bytes]:
    found = [path.read_bytes() for path in EXAMPLE_TEXTS]
    for bad in BAD:
        path = directory / "one"
        path.unlink(missing_ok=True)
        if bad.name == "directory.txt":
            continue
        bad.make(path)
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= 4096 and os.access(path, os.R_OK):
            found.append(path.read_bytes())
    return found


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return _small_corpus(tmp_path_factory.mktemp("corpus"))


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Draw a way to spoil bytes: pieces of them cut, doubled, overwritten, or others put in."""
    steps = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["cut", "double", "flip", "insert"]),
                st.floats(0, 1),
                st.integers(1, 40),
                st.binary(max_size=12),
            ),
            min_size=1,
            max_size=6,
        )
    )

    def apply(data: bytes) -> bytes:
        for kind, where, size, new in steps:
            at = int(where * len(data))
            piece = data[at : at + size]
            middle = {"cut": b"", "double": piece * 3, "flip": bytes(b ^ 0x5A for b in piece), "insert": new + piece}[kind]
            data = data[:at] + middle + data[at + size :]
        return data

    return apply


def consume(document: Document) -> None:
    for part in document.parts:
        if isinstance(part.outcome, Draft):
            sighting = Sighting(uri="inbox:x", key="x", sha256=identity.content_sha256(part.data or b""), size=1)
            try:
                build.article(part.outcome, sighting, Beside(), TODAY)
            except Reject:
                continue


PARSERS: dict[str, Callable[[bytes], object]] = {
    "sniff": lambda data: sniff(data, "a.txt", whole=True),
    "text": lambda data: consume(read_text(data)),
    "html": lambda data: consume(read_html(data)),
    "json": lambda data: consume(read_json(data, final=True)),
    "json lines": lambda data: consume(Document(lines([data]), container=True)),
    "sidecar": read_sidecar,
    "defaults": read_defaults,
}


@pytest.mark.parametrize("parser", PARSERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(which=st.integers(0, 10_000), mutate=mutations())
def test_parser_raises_nothing_but_reject(
    parser: str, corpus: list[bytes], which: int, mutate: Callable[[bytes], bytes]
) -> None:
    data = mutate(corpus[which % len(corpus)])
    began = time.process_time()
    with contextlib.suppress(Reject, IncompleteError):
        PARSERS[parser](data)
    assert time.process_time() - began < LONGEST, data


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    which=st.integers(0, 10_000),
    mutate=mutations(),
    name=st.sampled_from(["a.txt", "a.json", "a.jsonl", "a.html", "a", "a.md"]),
)
def test_file_raises_nothing_but_reject(
    tmp_path: Path, corpus: list[bytes], which: int, mutate: Callable[[bytes], bytes], name: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(mutate(corpus[which % len(corpus)]))
    descriptor = os.open(path, os.O_RDONLY)
    try:
        consume(read(OpenFile(descriptor, name, True, Failpoints())))
    except Reject:
        pass
    finally:
        os.close(descriptor)


MESSAGES = [json.loads(path.read_text("utf-8")) for path in EXAMPLES]
VALUES = [json.dumps(message["value"]).encode() for message in MESSAGES]
TYPES = [type_.name for topic in ALL for type_ in topic.types]
header_values = st.one_of(st.none(), st.binary(max_size=20), st.sampled_from(TYPES).map(str.encode))
headers = st.lists(st.tuples(st.sampled_from(["ce_type", "ce_id", "ce_time", "traceparent", "x"]), header_values), max_size=6)


@given(
    which=st.integers(0, len(VALUES) - 1), mutate=st.one_of(st.just(lambda data: data), mutations()), head=headers,
    typed=st.booleans(), topic=st.sampled_from(["news.raw", "news.enriched", "news.rejected"]), key=st.one_of(st.none(), st.binary(max_size=40)),
)  # fmt: skip
def test_record_raises_nothing_but_reject(
    which: int,
    mutate: Callable[[bytes], bytes],
    head: list[tuple[str, bytes | None]],
    typed: bool,
    topic: str,
    key: bytes | None,
) -> None:
    given_type = [("ce_type", MESSAGES[which]["type"].encode())] if typed else []
    record = Incoming(topic, 0, 1, key, mutate(VALUES[which]), [*head, *given_type])
    if topic == "news.raw":
        with contextlib.suppress(Reject):
            read_raw(record)
    else:
        assert read_enriched(record, "2025-01-01T00:00:00Z") is not None
