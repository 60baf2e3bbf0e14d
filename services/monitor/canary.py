"""The canary: a report that says when it was made, dropped like any other, and what has to be found in it: pure."""

import json
from dataclasses import dataclass
from datetime import datetime

from sitrep.contracts import identity
from sitrep.contracts.text import normalise

DIRECTORY = "canary"
SPEAKER = "United Nations"
PLACE = "Geneva"
_TEXT = """\
Test report of {moment:%H:%M:%S} on {moment:%Y-%m-%d}

The United Nations said on {moment:%A} that a test report had been sent from its office in Geneva at {moment:%H:%M} UTC on \
{moment:%d %B %Y}. It said that no town had been captured and that nobody had been hurt.
"""


@dataclass(frozen=True)
class Canary:
    """One canary: the name of its file below the inbox, its text, and the sidecar that tells what it is."""

    name: str
    text: str
    sidecar: str

    @property
    def article_id(self) -> str:
        """Return the id that its article must have."""
        return identity.article_id(normalise(self.text))


@dataclass(frozen=True)
class Found:
    """What the database has of a canary: its places with an id of the gazetteer, and the speakers of its claims."""

    places: tuple[str, ...]
    speakers: tuple[str | None, ...]


def canary(moment: datetime) -> Canary:
    """Return the canary of a moment (UTC), which its title has to the second, so that no two are the same article."""
    text = _TEXT.format(moment=moment)
    about = {"canary": True, "published": f"{moment:%Y-%m-%d}", "publisher": "Sitrep"}
    return Canary(f"{DIRECTORY}/{moment:%Y%m%dT%H%M%S}.txt", text, json.dumps(about))


def missing(found: Found) -> str | None:
    """Return what a stored canary lacks, `entities` or `claims`; None where it is whole."""
    if not any(PLACE in place for place in found.places):
        return "entities"
    if not any(SPEAKER in (speaker or "") for speaker in found.speakers):
        return "claims"
    return None
