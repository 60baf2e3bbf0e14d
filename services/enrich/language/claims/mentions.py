"""The entities of a document by where they are named."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from sitrep.contracts.enriched import Entity, Mention

CAN_SPEAK = frozenset({"PERSON", "ORG", "GPE"})
QUALIFY = frozenset({"amod", "compound", "poss", "nmod"})


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

    def of_tokens(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Return the ids of the entities that some nouns name or are qualified by ("Russian forces"), each once, in order."""
        found: list[str] = []
        for token in tokens:
            for word in (token, *(child for child in token.children if child.dep_ in QUALIFY)):
                index = bisect_right(self._starts, word.idx) - 1
                if index >= 0 and word.idx < self._pairs[index][0].end:
                    found.append(self._pairs[index][1].entity_id)
                    break
        return tuple(dict.fromkeys(found))
