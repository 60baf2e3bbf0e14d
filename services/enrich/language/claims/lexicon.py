"""The word lists of the claims, from the data files."""

from dataclasses import dataclass
from typing import cast

from services.enrich.language.tables import rows, values, word_lists
from sitrep.contracts.enriched import ClaimType


@dataclass(frozen=True)
class Cue:
    """A reporting verb: the type that it gives to its content (None: the content decides), and what that may be.

    `otherwise` is the type where the content decides and says nothing.
    """

    type: ClaimType | None
    takes: frozenset[str]
    otherwise: ClaimType = "other"


@dataclass(frozen=True)
class Topic:
    """A type of claim with the lemmas that speak for it; `part` says as what: `noun`, `verb`, or a verb with some object."""

    type: ClaimType
    part: str
    lemmas: frozenset[str]


def _cue(type_: str, takes: str) -> Cue:
    kinds = frozenset(values(takes))
    if type_ and not type_.startswith("-"):
        return Cue(cast("ClaimType", type_), kinds)
    return Cue(None, kinds, cast("ClaimType", type_.removeprefix("-") or "other"))


CUES = {row["lemma"]: _cue(row["type"], row["takes"]) for row in rows("cues.tsv")}
TOPICS = [Topic(cast("ClaimType", row["type"]), row["part"], frozenset(values(row["lemmas"]))) for row in rows("topics.tsv")]
SPEECH = word_lists("speech.tsv")
