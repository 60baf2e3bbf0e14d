"""The contract for programs in any language: generated from the models, kept, and never broken."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic_asyncapi.v3 import AsyncAPI

from deploy.contracts import DIRECTORY, HEADERS, RELEASED, documents, schema, types
from sitrep.contracts.codes import Stage
from sitrep.contracts.headers import write
from tests.support.compatible import broken
from tests.support.make import EXAMPLES, example


def test_the_documents_are_those_of_the_models() -> None:
    written = {file.name: json.loads(file.read_text("utf-8")) for file in DIRECTORY.glob("*.json")}
    assert written == documents(), "make docs"


@pytest.mark.parametrize("path", sorted(RELEASED.glob("*.json")), ids=lambda path: path.stem)
def test_nothing_that_was_released_is_broken(path: Path) -> None:
    assert path.stem in types(), "a type that is gone"
    assert broken(json.loads(path.read_text("utf-8")), schema(types()[path.stem])) == []


def test_every_type_is_released() -> None:
    assert {path.stem for path in RELEASED.glob("*.json")} == set(types())


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_examples_follow_their_schema(path: Any) -> None:
    message = example(path.stem)
    validator = Draft202012Validator(schema(types()[message["type"]]))
    assert [error.message for error in validator.iter_errors(message["value"])] == []
    first = next(iter(message["value"]))
    assert list(validator.iter_errors({**message["value"], first: {"not": "this"}}))


def _fields(schema: dict[str, Any], model: str | None) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"][model] if model else schema
    return found


def add_optional(schema: dict[str, Any]) -> None:
    _fields(schema, "Claim")["properties"]["mood"] = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}


def reword(schema: dict[str, Any]) -> None:
    _fields(schema, "Claim")["description"] = "Somebody says something."
    _fields(schema, "Claim")["properties"]["start"]["description"] = "Where it begins."


def _more(schema: dict[str, Any], member: str, more: str) -> None:
    """Put one more member into every list that holds a member."""
    for key, value in _walk(schema):
        if key == "enum" and member in value:
            value.append(more)


def add_unit(schema: dict[str, Any]) -> None:
    _more(schema, "vehicle", "animal")


def add_source(schema: dict[str, Any]) -> None:
    _more(schema, "sidecar", "watermark")


@pytest.mark.parametrize("change", [add_optional, reword, add_unit, add_source])
def test_what_may_change(change: Callable[[dict[str, Any]], None]) -> None:
    old = schema(types()["sitrep.enriched.v1"])
    new = copy.deepcopy(old)
    change(new)
    assert new != old
    assert broken(old, new) == []


def _remove(schema: dict[str, Any]) -> None:
    del _fields(schema, "Claim")["properties"]["confidence"]


def _rename(schema: dict[str, Any]) -> None:
    fields = _fields(schema, "Article")["properties"]
    fields["headline"] = fields.pop("title")


def _require(schema: dict[str, Any]) -> None:
    claim = _fields(schema, "Claim")
    claim["properties"]["mood"] = {"type": "string"}
    claim["required"].append("mood")


def _drop_a_requirement(schema: dict[str, Any]) -> None:
    _fields(schema, "Article")["required"].remove("text")


def _another_type(schema: dict[str, Any]) -> None:
    _fields(schema, "Claim")["properties"]["start"]["type"] = "string"


def _one_more_word(schema: dict[str, Any]) -> None:
    _more(schema, "asserted", "perhaps")


def _one_unit_less(schema: dict[str, Any]) -> None:
    for key, value in _walk(schema):
        if key == "enum" and "vehicle" in value:
            value.remove("vehicle")


def _closed_from_now_on(schema: dict[str, Any]) -> None:
    del _fields(schema, "Quantity")["properties"]["unit"]["x-growable"]


def _growable_from_now_on(schema: dict[str, Any]) -> None:
    _fields(schema, "Claim")["properties"]["polarity"]["x-growable"] = True


def _longer(schema: dict[str, Any]) -> None:
    _fields(schema, "Article")["properties"]["text"]["maxLength"] = 300_000


def _anything(schema: dict[str, Any]) -> None:
    schema["$defs"]["Claim"] = {"type": "object"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_remove, "confidence is gone"),
        (_rename, "title is gone"),
        (_require, "mood is new and must be there"),
        (_drop_a_requirement, "text need not be there any more"),
        (_another_type, "integer has become string"),
        (_one_more_word, "perhaps"),
        (_one_unit_less, "vehicle is gone"),
        (_closed_from_now_on, "x-growable is gone"),
        (_growable_from_now_on, "x-growable is new"),
        (_longer, "200000 has become 300000"),
        (_anything, "properties is gone"),
    ],
)
def test_what_may_not_change(change: Callable[[dict[str, Any]], None], said: str) -> None:
    old = schema(types()["sitrep.enriched.v1"])
    new = copy.deepcopy(old)
    change(new)
    found = broken(old, new)
    assert len(found) >= 1
    assert any(said in sentence for sentence in found), found


def test_lists_that_may_grow_are_these_and_no_others() -> None:
    marked = {
        tuple(value["enum"])[:2] for type_ in types().values() for value in _schemas(schema(type_)) if "x-growable" in value
    }
    assert marked == {
        ("empty", "no_text"), ("sidecar", "front_matter"), ("person", "armed_group"), ("person", "place"),
        ("killed", "injured"), ("weekday_contradicts",), ("speaker", "via"),
    }  # fmt: skip
    assert documents()["asyncapi.json"]["components"]["schemas"]["headers"]["properties"]["ce_type"]["x-growable"] is True


def test_asyncapi_is_one_and_refers_to_what_there_is() -> None:
    document = documents()["asyncapi.json"]
    AsyncAPI.model_validate(document)
    refs = [value for key, value in _walk(document) if key == "$ref"]
    assert refs
    for ref in refs:
        if ref.startswith("./"):
            assert (DIRECTORY / ref).is_file(), ref
            continue
        found: Any = document
        for part in ref.removeprefix("#/").split("/"):
            found = found[part]
    for operation in document["operations"].values():
        assert operation["channel"]["$ref"].removeprefix("#/channels/") in document["channels"]


def test_every_header_that_is_written_is_described() -> None:
    head = write(b"{}", types()["sitrep.article.v1"], Stage.INGEST, at="now", trace="0" * 32, seconds=1.0, run="r", ready="now")
    assert {name for name, _ in head} == set(HEADERS)


def _walk(found: Any) -> Any:
    if isinstance(found, dict):
        for key, value in found.items():
            yield key, value
            yield from _walk(value)
    elif isinstance(found, list):
        for value in found:
            yield from _walk(value)


def _schemas(found: Any) -> Any:
    if isinstance(found, dict):
        yield found
    for inner in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from _schemas(inner)
