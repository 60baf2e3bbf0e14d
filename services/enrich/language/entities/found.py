"""One name in a text, and what several of them have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from services.enrich.language.entities.heads import Head
from services.enrich.language.knowledge.entries import Entry
from services.enrich.language.knowledge.names import plain
from sitrep.contracts.enriched import EntityLabel

LABELS = frozenset(get_args(EntityLabel))
PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True)
class Found:
    """One name in a text. `bare` ends where the name proper does: "Idlib province" is Idlib, with a head that says of what.

    `full` is the name with a head that it shares ("the Bulengo and Lushagala camps") or the long form of a short one;
    `tagged`: the model tags it.
    """

    start: int
    end: int
    label: EntityLabel
    entry: Entry | None = None
    head: Head | None = None
    bare: int = 0
    tagged: bool = True
    full: str = ""

    def name(self, text: str) -> str:
        """Return the name without its head."""
        return " ".join(text[self.start : self.bare or self.end].split())


def apart(found: Iterable[Found]) -> list[Found]:
    """Return mentions without overlap: the longer one wins, then the one that is in the data files."""
    order = sorted(found, key=lambda one: (one.start - one.end, one.entry is None, not one.tagged, one.start))
    taken: set[int] = set()
    kept = []
    for one in order:
        if taken.isdisjoint(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def key(one: Found, text: str) -> str:
    """Return what two mentions of one thing have in common."""
    if one.entry is not None and one.head is None:
        return one.entry.entity_id
    return plain(one.name(text)) + ("" if one.head is None else f" {one.head.category}")
