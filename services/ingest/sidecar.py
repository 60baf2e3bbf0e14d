"""What is said about a file beside it: its sidecar, and the defaults of its directory."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.ingest import fields
from services.ingest.decode import decode
from services.ingest.draft import IncompleteError
from services.ingest.formats import json_strict
from services.ingest.names import DEFAULTS_NAME
from sitrep.contracts.codes import RejectionCode
from sitrep.contracts.published import PublishedFrom
from sitrep.runtime.outcomes import Reject

LIMIT = 64 * 1024
DEFAULTS = ("published", "publisher", "language")


@dataclass(frozen=True)
class Beside:
    """Fields from beside a file: `sidecar` goes before what the file says itself, `defaults` after it."""

    sidecar: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[tuple[PublishedFrom, str | float], ...] = ()
    canary: bool = False
    warnings: tuple[str, ...] = ()


def read_sidecar(data: bytes) -> Beside:
    """Return the fields of a sidecar. Raises IncompleteError, or Reject where it is not a JSON object."""
    value = json_strict.loads(decode(data)[0])
    if not isinstance(value, dict):
        raise Reject(RejectionCode.MALFORMED, "the sidecar is not a JSON object")
    described, warnings = fields.textual(value)
    published = fields.pick(value, "published")
    dates: tuple[tuple[PublishedFrom, str | float], ...] = ()
    if isinstance(published, str | int | float) and not isinstance(published, bool):
        dates = ((PublishedFrom.SIDECAR, published),)
    elif published is not None:
        warnings.append("published: neither a text nor a number, so it is left out")
    return Beside(sidecar=described, dates=dates, canary=fields.pick(value, "canary") is True, warnings=tuple(warnings))


def read_defaults(data: bytes) -> Beside:
    """Return the defaults of a directory; one that cannot be read is a warning for each of its files, no refusal."""
    try:
        value: dict[str, Any] = tomllib.loads(decode(data)[0])
    except (ValueError, Reject, IncompleteError, RecursionError) as problem:
        return unreadable_defaults(str(problem))
    known = {name: value for name, value in value.items() if name.casefold() in DEFAULTS}
    published = fields.pick(known, "published")
    described, warnings = fields.textual(known)
    dates: tuple[tuple[PublishedFrom, str | float], ...] = ()
    if isinstance(published, str | date):  # TOML has dates of its own
        dates = ((PublishedFrom.DEFAULTS, published if isinstance(published, str) else published.isoformat()),)
    elif published is not None:
        warnings.append(f"published in {DEFAULTS_NAME}: not a date, so it is left out")
    return Beside(defaults=described, dates=dates, warnings=tuple(warnings))


def unreadable_defaults(why: str) -> Beside:
    """Return the warning that every file gets whose directory's defaults cannot be read."""
    return Beside(warnings=(f"{DEFAULTS_NAME} cannot be read: {why[:200]}",))


def together(sidecar: Beside, defaults: Beside, published: str | None) -> Beside:
    """Return what a sidecar, a directory's defaults and the publish date given for the run say together."""
    run = () if published is None else ((PublishedFrom.DEFAULTS, published),)
    return Beside(
        sidecar=sidecar.sidecar,
        defaults=defaults.defaults,
        dates=(*sidecar.dates, *defaults.dates, *run),
        canary=sidecar.canary,
        warnings=(*sidecar.warnings, *defaults.warnings),
    )
