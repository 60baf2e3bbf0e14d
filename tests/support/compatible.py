"""Whether a schema may take the place of an older one: those who read with either must be able to read what either describes."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
SILENT = {"title", "description", "examples", "$schema", "$id", "$defs"}
"""Keywords that say nothing of the values."""


def broken(old: Schema, new: Schema) -> list[str]:
    """Return what would break; nothing where only fields were added that need not be there, or members of a list that may grow.

    Readers ignore what they do not know, and the topics keep every record for ever: so a field may be added, if a record without it
    is still one. Everything else is another type, with a number of its own.
    """
    return list(_differences(_resolved(old, old), _resolved(new, new), ""))


def _resolved(schema: Any, root: Schema, inside: tuple[str, ...] = ()) -> Any:
    """Return a schema with what it refers to in its place."""
    if isinstance(schema, list):
        return [_resolved(one, root, inside) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if (ref := schema.get("$ref")) is not None:
        if ref in inside:  # a type within itself: what it is has been compared already
            return {"same": ref}
        target = root["$defs"][ref.removeprefix("#/$defs/")]
        return {**_resolved(target, root, (*inside, ref)), **{k: v for k, v in schema.items() if k not in SILENT | {"$ref"}}}
    # A field may be called `title` or `description` as well: names of fields are no keywords.
    return {
        key: {name: _resolved(one, root, inside) for name, one in value.items()}
        if key == "properties"
        else _resolved(value, root, inside)
        for key, value in schema.items()
        if key not in SILENT
    }


def _differences(old: Any, new: Any, where: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        if "properties" in old and "properties" in new:
            yield from _fields(old, new, where)
        compared = {"properties", "required"} if "properties" in old and "properties" in new else set()
        if old.get("x-growable") is True and new.get("x-growable") is True and "enum" in old and "enum" in new:
            compared = compared | {"enum"}
            yield from (f"{where}: {member} is gone" for member in old["enum"] if member not in new["enum"])
        for key in sorted((old.keys() | new.keys()) - compared):
            if key not in old or key not in new:
                yield f"{where or 'the value'}: {key} {'is new' if key in new else 'is gone'}"
            else:
                yield from _differences(old[key], new[key], f"{where}.{key}" if key in {"items", "anyOf"} else f"{where} {key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) and any(isinstance(one, dict) for one in old):
        for one, other in zip(old, new, strict=True):
            yield from _differences(one, other, where)
    elif old != new:
        yield f"{where}: {old} has become {new}"


def _fields(old: Schema, new: Schema, where: str) -> Iterator[str]:
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    for name, schema in old["properties"].items():
        here = f"{where}.{name}".lstrip(".")
        if name not in new["properties"]:
            yield f"{here} is gone"
            continue
        if (name in before) != (name in after):
            yield f"{here} {'must be there now' if name in after else 'need not be there any more'}"
        yield from _differences(schema, new["properties"][name], here)
    for name in new["properties"].keys() - old["properties"].keys():
        if name in after:
            yield f"{where}.{name}".lstrip(".") + " is new and must be there, and older records do not have it"
