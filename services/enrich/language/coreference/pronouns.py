"""Which name a pronoun stands for: the most salient one before it that agrees with it in kind, number and gender."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.enrich.language.coreference.gender import Gender, gender
from sitrep.contracts.enriched import Entity, Mention

PERSONAL: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
NEUTER = frozenset({"it", "its"})
REACH = 700
"""Characters before a pronoun in which a name may be its antecedent."""


@dataclass
class Pronouns:
    """The persons and bodies of a document, asked which of them a pronoun stands for."""

    text: str
    entities: Sequence[Entity]
    _places: list[tuple[Mention, Entity]] = field(default_factory=list)
    _genders: dict[str, Gender | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = [e for e in self.entities if e.label in {"PERSON", "ORG", "GPE", "NORP"}]
        self._places = sorted(((m, e) for e in wanted for m in e.mentions), key=lambda pair: pair[0].start)
        self._starts = [mention.start for mention, _ in self._places]
        for entity in wanted:
            if entity.label == "PERSON":
                self._genders[entity.entity_id] = self._gender(entity)

    def _gender(self, entity: Entity) -> Gender | None:
        for mention in entity.mentions:
            before, behind = self.text[max(0, mention.start - 24) : mention.start], self.text[mention.end : mention.end + 4]
            name = mention.text if " " in mention.text else entity.name
            if (found := gender(name, before, behind if behind.startswith("\u2019s") else "")) is not None:
                return found
        return gender(entity.name)

    def antecedents(self, word: str, at: int) -> list[Entity]:
        """Return who a pronoun at a place in the text may stand for, the one named last before it first."""
        word = word.lower()
        last, seen = bisect_left(self._starts, at), []
        for mention, entity in reversed(self._places[:last]):
            if at - mention.end > REACH:
                break
            if entity not in seen and self._agrees(word, entity):
                seen.append(entity)
        return seen

    def _agrees(self, word: str, entity: Entity) -> bool:
        if word in PERSONAL:
            return entity.label == "PERSON" and self._genders.get(entity.entity_id) in {None, PERSONAL[word]}
        if word in NEUTER:
            return entity.label in {"ORG", "GPE"}
        return entity.label in {"ORG", "NORP", "GPE"}

    def last_named(self, entity: Entity, before: int) -> int:
        """Return where an entity is named last before a place; -1 where it is not."""
        index = bisect_left(entity.mentions, before, key=lambda mention: mention.start) - 1
        return entity.mentions[index].start if index >= 0 else -1

    def certain(self, word: str, entity: Entity) -> bool:
        """Return whether gender or number says that a pronoun is this one's."""
        return word.lower() not in PERSONAL or self._genders.get(entity.entity_id) == PERSONAL[word.lower()]
