"""Closed lists that may grow: a later version may add a member to them without a new message type.

So a reader takes a member that it does not know as it is, and a schema marks such a list with `x-growable`. What is not
marked never gets another member.
"""

import re
from enum import EnumType
from typing import Any, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_MEMBER = re.compile(r"[a-z][a-z0-9_]{0,63}")


class Growable:
    """Annotates a `Literal` or a `StrEnum` of strings: any other well-formed name is read too, as a plain string."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        """Return a validator that gives known members their type and keeps unknown ones."""
        del handler
        known = {str(member): member for member in _members(source)}

        def read(value: object) -> str:
            if not isinstance(value, str) or not _MEMBER.fullmatch(value):
                raise ValueError("a name in small letters is wanted, as in the list that it is from")
            return known.get(value, value)

        return core_schema.no_info_plain_validator_function(
            read,
            metadata={"members": list(known)},
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of the list, marked."""
        del handler
        return {"type": "string", "enum": schema["metadata"]["members"], "x-growable": True}


def _members(source: Any) -> tuple[str, ...]:  # noqa: ANN401 - a Literal is not a type
    return tuple(source) if isinstance(source, EnumType) else get_args(source)
