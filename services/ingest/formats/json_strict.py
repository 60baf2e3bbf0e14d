"""Strict JSON: no duplicate keys, no NaN, no number that does not fit, nothing deeper than 100."""

import json
import math
from typing import Any

from services.ingest.draft import IncompleteError
from services.ingest.formats.json_outline import OutlineError, outline
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime.outcomes import Reject

ARTICLE_LIMIT = 8 * 1024 * 1024
TOKEN_LIMIT = 100_000
"""Brackets, commas and strings of one article: it has a dozen fields, and a million of them take memory without end."""


def loads(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a JSON text.

    Raises IncompleteError where it ends too early, Reject with `malformed` or `too_deep` for everything else.
    """
    stripped = text.strip()
    try:
        shape = outline(stripped) if stripped[:1] in {"{", "["} else None
        if len(stripped) > ARTICLE_LIMIT or (shape is not None and shape.tokens > TOKEN_LIMIT):
            raise Reject(RejectionCode.TOO_LARGE, f"one article of {len(stripped):,} characters in JSON")
        value = json.loads(stripped, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int)
    except RecursionError:
        raise Reject(RejectionCode.TOO_DEEP) from None
    except OutlineError as problem:
        code = RejectionCode.TOO_DEEP if problem.too_deep else RejectionCode.MALFORMED
        raise Reject(code, str(problem)) from None
    except json.JSONDecodeError as problem:
        if shape is not None and not shape.complete and _at_the_end(stripped, problem):
            raise IncompleteError(f"it ends inside a JSON value: {problem.msg}") from None
        raise Reject(RejectionCode.MALFORMED, f"{problem.msg} in line {problem.lineno}, column {problem.colno}") from None
    return value


def _at_the_end(text: str, problem: json.JSONDecodeError) -> bool:
    """Return whether nothing but the beginning of a value stands after the place of the problem."""
    rest = text[problem.pos :]
    return problem.msg.startswith("Unterminated string") or all(c.isalnum() or c in "+-." for c in rest)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Reject(RejectionCode.MALFORMED, f"the key {name[:80]!r} is there twice")
        found[name] = value
    return found


def _constant(name: str) -> Any:  # noqa: ANN401 - never returns
    raise Reject(RejectionCode.MALFORMED, f"{name} is not JSON")


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise Reject(RejectionCode.MALFORMED, f"the number {digits[:20]} is too large")
    return value


def _int(digits: str) -> int:
    if len(digits) > 4300:
        raise Reject(RejectionCode.MALFORMED, f"a number has {len(digits)} digits")
    return int(digits)
