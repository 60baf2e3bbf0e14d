"""Strict JSON: no duplicate keys, no NaN, no number that does not fit, nothing deeper than 100."""

import json
import math
from typing import Any

from services.ingest.draft import IncompleteError
from services.ingest.formats.json_outline import OutlineError, outline
from sitrep.contracts.codes import RejectionCode
from sitrep.runtime.outcomes import Reject


def loads(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a JSON text.

    Raises IncompleteError where it ends too early, Reject with `malformed` or `too_deep` for everything else.
    """
    stripped = text.strip()
    try:
        whole = outline(stripped).complete if stripped[:1] in {"{", "["} else True
        value = json.loads(stripped, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int)
    except OutlineError as problem:
        code = RejectionCode.TOO_DEEP if problem.too_deep else RejectionCode.MALFORMED
        raise Reject(code, str(problem)) from None
    except json.JSONDecodeError as problem:
        if not whole and _at_the_end(stripped, problem):
            raise IncompleteError(f"it ends inside a JSON value: {problem.msg}") from None
        raise Reject(RejectionCode.MALFORMED, f"{problem.msg} in line {problem.lineno}, column {problem.colno}") from None
    return value


def _at_the_end(text: str, problem: json.JSONDecodeError) -> bool:
    """Return whether nothing but the beginning of a value stands after the place of the problem."""
    rest = text[problem.pos :]
    return problem.msg.startswith("Unterminated string") or all(c.isalnum() or c in "+-." for c in rest)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Reject(RejectionCode.MALFORMED, f"the key {twice[:80]!r} is there twice")
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
