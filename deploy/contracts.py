"""Writes the contract for programs in any language into docs/contracts (`make docs`): JSON Schema of every message, and AsyncAPI.

docs/contracts/released has the schemas as they were last released; nothing writes there but the making of a release.
"""

import json
from pathlib import Path
from typing import Any

from sitrep.contracts.topics import ALL, MessageType, Topic

DIRECTORY = Path(__file__).parents[1] / "docs" / "contracts"
RELEASED = DIRECTORY / "released"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
HEADERS = {
    "ce_specversion": "1.0",
    "ce_id": "32 hex digits of SHA-256 over the value: the same value has the same id.",
    "ce_type": "The type of the message; its schema has the same name.",
    "ce_source": "/sitrep/ and the stage that wrote it.",
    "ce_time": "When it was written (RFC 3339, UTC).",
    "content-type": "application/json",
    "traceparent": "W3C trace context; the trace id is the article's id.",
    "sitrep_seconds": "What the stage spent on it.",
    "sitrep_ready": "When the file was complete in the inbox (RFC 3339, UTC).",
    "sitrep_run": "The replay that it was sent again in.",
}
ALWAYS = ["ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type"]
ABOUT = {
    "news.raw": "Articles as they were read, and further sightings of articles.",
    "news.enriched": "Articles with who, where, when and who claims what; sightings passed on; what is taken back.",
    "news.rejected": "What was refused, with the reason and the place of the original.",
    "news.receipts": "What is stored in Postgres; compacted, the last one of a key counts.",
    "news.related": "How claims stand to each other; compacted, the highest seq of a key counts. Nothing writes it yet.",
    "news.corrections": "Entities that a person has merged or split. Nothing writes it yet.",
}


def types() -> dict[str, MessageType]:
    """Return every message type by name."""
    return {type_.name: type_ for topic in ALL for type_ in topic.types}


def schema(type_: MessageType) -> dict[str, Any]:
    """Return the JSON Schema of the values of a type."""
    return {"$schema": DIALECT, "$id": f"{type_.name}.json", **type_.model.model_json_schema()}


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI document of all topics."""
    headers = {
        "type": "object",
        "properties": {name: _header(name, said) for name, said in HEADERS.items()},
        "required": ALWAYS,
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Sitrep",
            "version": "1.0.0",
            "description": "News reports on a conflict, with who claims what. JSON values in CloudEvents 1.0 Kafka binary mode.",
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in ALL},
        "operations": {
            f"receive.{topic.name}": {
                "action": "receive",
                "channel": {"$ref": f"#/channels/{topic.name}"},
                "summary": f"Read {topic.name} from the earliest record on.",
            }
            for topic in ALL
        },
        "components": {
            "messages": {
                name: {
                    "name": name,
                    "contentType": "application/json",
                    "headers": {"$ref": "#/components/schemas/headers"},
                    "payload": {"$ref": f"./{name}.json"},
                }
                for name in types()
            },
            "schemas": {"headers": headers},
        },
    }


def _header(name: str, description: str) -> dict[str, Any]:
    types_only = {"enum": list(types()), "x-growable": True} if name == "ce_type" else {}
    return {"type": "string", "description": description, **types_only}


def _channel(topic: Topic) -> dict[str, Any]:
    return {
        "address": topic.name,
        "description": ABOUT[topic.name],
        "messages": {type_.name: {"$ref": f"#/components/messages/{type_.name}"} for type_ in topic.types},
        "bindings": {
            "kafka": {
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": [topic.config["cleanup.policy"]],
                    "retention.ms": int(topic.config["retention.ms"]),
                    "max.message.bytes": topic.max_record,
                },
                "bindingVersion": "0.5.0",
            }
        },
    }


def documents() -> dict[str, dict[str, Any]]:
    """Return every document by the name of its file."""
    return {"asyncapi.json": asyncapi(), **{f"{name}.json": schema(type_) for name, type_ in types().items()}}


if __name__ == "__main__":
    for file, document in documents().items():
        (DIRECTORY / file).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
