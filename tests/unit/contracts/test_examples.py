"""Every example message is what its type says, and survives the round trip."""

import json

import pytest
from pydantic import ValidationError

from sitrep.contracts import TOPICS, EnrichedArticle, Rejection, RejectionCode
from sitrep.contracts.headers import Headers, write
from sitrep.contracts.published import source_rank
from sitrep.contracts.topics import ENRICHED
from tests.support.make import EXAMPLES, example, example_bytes

BY_NAME = {topic.name: topic for topic in TOPICS}
NAMES = [path.stem for path in EXAMPLES]


@pytest.mark.parametrize("name", NAMES)
def test_example_round_trip_keeps_every_field(name: str) -> None:
    message = example(name)
    model = BY_NAME[message["topic"]].model_of(message["type"])
    assert model is not None
    value = model.model_validate_json(json.dumps(message["value"]))
    assert json.loads(value.to_bytes()) == message["value"]
    assert model.model_validate_json(value.to_bytes()) == value


def test_examples_cover_every_type_of_every_topic() -> None:
    covered = {(example(name)["topic"], example(name)["type"]) for name in NAMES}
    assert covered == {(topic.name, type_.name) for topic in TOPICS for type_ in topic.types}


@pytest.mark.parametrize("name", NAMES)
def test_reader_ignores_unknown_fields_and_writer_emits_none(name: str) -> None:
    message = example(name)
    model = BY_NAME[message["topic"]].model_of(message["type"])
    assert model is not None
    value = model.model_validate_json(json.dumps({**message["value"], "from_the_future": 1}))
    assert "from_the_future" not in json.loads(value.to_bytes())


def test_message_is_frozen() -> None:
    value = EnrichedArticle.model_validate_json(example_bytes("enriched"))
    with pytest.raises(ValidationError):
        value.claims = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("article", "recipe"), "1"),
        (("article", "canary"), 1),
        (("article", "published"), "30 November"),
        (("article", "published"), "2024-11-30T10:00:00"),
        (("article", "text"), "another text"),
        (("claims", 0, "start"), 1.0),
        (("claims", 0, "type"), "rumour"),
        (("claims", 0, "text"), "not what stands there"),
        (("claims", 0, "confidence"), 1.5),
        (("entities", 0, "entity_id"), "gn:Aleppo"),
        (("entities", 0, "mentions"), []),
        (("dates", 0, "end"), 100_000),
        (("dates", 0, "latest"), "2024-11-28"),
    ],
)
def test_enriched_refuses(path: tuple[str | int, ...], value: object) -> None:
    message = example("enriched")["value"]
    inner = message
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(ValidationError):
        EnrichedArticle.model_validate_json(json.dumps(message))


@pytest.mark.parametrize(
    "path",
    [
        ("article", "published_from"),
        ("entities", 0, "category"),
        ("claims", 0, "quantities", 0, "unit"),
        ("claims", 0, "quantities", 0, "what"),
        ("dates", 0, "warning"),
    ],
)
def test_reader_keeps_a_member_that_it_does_not_know(path: tuple[str | int, ...]) -> None:
    message = example("enriched")["value"]
    inner = message
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = "from_the_future"
    value = EnrichedArticle.model_validate_json(json.dumps(message))
    assert json.loads(value.to_bytes()) == message
    for bad in ("From the future", "", 1, None if path[-1] != "warning" else 2):
        inner[path[-1]] = bad
        if (bad, path[-1]) != (None, "published_from"):
            with pytest.raises(ValidationError):
                EnrichedArticle.model_validate_json(json.dumps(message))


def test_known_members_keep_their_type_and_unknown_ones_are_strings() -> None:
    message = example("rejected_by_ingest")["value"]
    known = Rejection.model_validate_json(json.dumps(message))
    assert isinstance(known.code, RejectionCode)
    unknown = Rejection.model_validate_json(json.dumps(message | {"code": "too_strange"}))
    assert unknown.code == "too_strange"
    assert source_rank("watermark") > source_rank("defaults") > source_rank("filename") > source_rank("dateline")


def test_enriched_refuses_an_entity_listed_twice() -> None:
    message = example("enriched")["value"]
    message["entities"].append(message["entities"][0])
    with pytest.raises(ValidationError, match="listed twice"):
        EnrichedArticle.model_validate_json(json.dumps(message))


def test_rejection_carries_at_most_64_kib_and_the_whole_size() -> None:
    value = Rejection.model_validate_json(example_bytes("rejected_by_enrich"))
    assert value.size is not None
    assert value.record_key == value.article_id


def test_headers_are_cloudevents_in_binary_mode_and_read_back() -> None:
    value = example_bytes("enriched")
    raw = write(value, ENRICHED, "enrich", at="2024-11-30T00:00:00Z", trace="a" * 32, seconds=0.25, run="r1")  # type: ignore[arg-type]
    head = Headers.read(list(raw))
    assert (head.type, head.source, head.time) == ("sitrep.enriched.v1", "/sitrep/enrich", "2024-11-30T00:00:00Z")
    assert set(head.all) == {
        "ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion", "content-type", "traceparent", "sitrep_run",
        "sitrep_seconds",
    }  # fmt: skip
    assert head.all["traceparent"].split("-")[1] == "a" * 32
    assert write(value, ENRICHED, "enrich", at="2024-11-30T00:00:00Z") == raw[:6]  # type: ignore[arg-type]


def test_headers_read_survives_anything() -> None:
    head = Headers.read([("ce_type", b"\xff\x00"), ("x", None), ("ce_id", b"")])
    assert head.type == "\ufffd\ufffd"
    assert Headers.read(None).type == ""
