"""The entities of a document by where they are named."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from sitrep.contracts.enriched import Entity, Mention

CAN_SPEAK = frozenset({"PERSON", "ORG", "GPE"})


class Mentions:
    """Every mention of some entities, in the order of the text. Positions are code points of the article's text."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        pairs: list[tuple[Mention, Entity]] = [(mention, entity) for entity in entities for mention in entity.mentions]
        self._pairs = sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [mention.start for mention, _ in self._pairs]

    def speaker_at(self, position: int) -> Entity | None:
        """Return the person, body or place whose name covers a character."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        mention, entity = self._pairs[index]
        return entity if position < mention.end and mention.label in CAN_SPEAK else None

    def within(self, start: int, end: int, labels: frozenset[str]) -> tuple[str, ...]:
        """Return the ids of the entities with these labels that are named in a span, each once, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        inside = (pair for pair in self._pairs[first:last] if pair[0].end <= end and pair[0].label in labels)
        return tuple(dict.fromkeys(entity.entity_id for _, entity in inside))
