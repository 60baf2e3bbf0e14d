"""Which mentions name one thing: the same name, its acronym, the surname behind the full name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.enrich.language.coreference.gender import Gender, gender, title_gender
from services.enrich.language.entities.found import PLACES, Found, key
from services.enrich.language.knowledge.entries import Entry
from services.enrich.language.knowledge.names import plain
from sitrep.contracts.enriched import EntityLabel


@dataclass
class Group:
    """The mentions of one thing, whatever the model calls it in each place."""

    name: str
    mentions: list[Found] = field(default_factory=list)

    @property
    def entry(self) -> Entry | None:
        """Return what the data files say of it."""
        return next((one.entry for one in self.mentions if one.entry is not None), None)

    @property
    def tags(self) -> Counter[EntityLabel]:
        """Return how often the model gave it each label; of what it did not tag, how often that was found."""
        tagged = Counter(one.label for one in self.mentions if one.tagged)
        return tagged or Counter(one.label for one in self.mentions)


def group(text: str, found: Sequence[Found]) -> list[Group]:
    """Return the mentions by what they name, in the order of the first mention."""
    groups: dict[str, Group] = {}
    people = _People(text, found)
    for one in found:
        wanted = plain(one.full) if one.full and one.entry is None and one.head is None else key(one, text)
        if one.entry is None and one.head is None:
            wanted = people.of(one, wanted)
        made = groups.setdefault(wanted, Group(one.full or " ".join(text[one.start : one.end].split())))
        made.mentions.append(one)
        if one.entry is None and len(one.name(text)) > len(made.name) and one.label == "PERSON":
            made.name = one.name(text)
    return list(groups.values())


class _People:
    """The persons that a text calls by a full name somewhere, by the parts of their names."""

    def __init__(self, text: str, found: Sequence[Found]) -> None:
        self._text = text
        self._genders: dict[str, Gender | None] = {}
        self._named: dict[str, list[tuple[int, str]]] = {}
        for one in found:
            name = plain(one.name(text))
            if one.label == "PERSON" and " " in name:
                words = name.split()
                self._genders[key(one, text)] = self._genders.get(key(one, text)) or gender(
                    name, text[max(0, one.start - 24) : one.start]
                )
                for part in {" ".join(words[start:]) for start in range(1, len(words))} | {words[0]}:
                    self._named.setdefault(part, []).append((one.start, key(one, text)))

    def of(self, one: Found, wanted: str) -> str:
        """Return the key of the person whose name a mention is a part of: of several the one who was named last before it."""
        found = self._named.get(wanted)
        if not found or one.label in PLACES:
            return wanted
        title = title_gender(self._text[max(0, one.start - 12) : one.start])
        if title is not None:  # Mrs Okoro is not Mr Okoro
            found = [named for named in found if self._genders[named[1]] in {title, None}]
        first = found[0] if found else (0, wanted)
        return max((named for named in found if named[0] <= one.start), default=first)[1]
