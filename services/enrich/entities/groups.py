"""Which mentions name one thing: the same name, its acronym, the surname behind the full name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from services.enrich.entities.mentions import Found, key
from services.enrich.knowledge.entries import Entry
from services.enrich.knowledge.names import plain
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
    short = _defined(text, found)
    groups: dict[str, Group] = {}
    people = _full_names(text, found)
    for one in found:
        wanted = key(one, text)
        wanted = short.get(wanted, wanted)
        if one.entry is None:
            wanted = people.get(wanted, wanted)
        made = groups.setdefault(wanted, Group(one.full or _spaced(text[one.start : one.end])))
        made.mentions.append(one)
        if one.entry is None and len(one.name(text)) > len(made.name) and one.label == "PERSON":
            made.name = one.name(text)
    return list(groups.values())


def _spaced(name: str) -> str:
    return " ".join(name.split())


def _defined(text: str, found: Sequence[Found]) -> dict[str, str]:
    """Return the keys of short names that stand in brackets behind a long one, with the key of the long one."""
    defined = {}
    for long_, short in pairwise(found):
        between = text[long_.end : short.start]
        if between.strip(" \"\u201c'").endswith("(") and len(between) <= 8 and short.entry is None:
            defined[key(short, text)] = key(long_, text)
    return defined


def _full_names(text: str, found: Sequence[Found]) -> dict[str, str]:
    """Return the keys of parts of a person's name, with the key of the longest name that ends with them, or begins."""
    full: dict[str, str] = {}
    names = [plain(one.name(text)) for one in found if one.label == "PERSON" and one.entry is None]
    for name in sorted({name for name in names if " " in name}, key=len):
        words = name.split()
        for start in range(1, len(words)):
            full[" ".join(words[start:])] = name
        full.setdefault(words[0], name)
    return full
