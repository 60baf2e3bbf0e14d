"""Words that say what a name is the name of: "Aleppo airport", "Idlib province", "the energy firm DTEK", "M23 fighters"."""

from dataclasses import dataclass, field
from functools import cache
from typing import cast

from services.enrich.language.tables import rows
from sitrep.contracts.enriched import Category, EntityLabel


@dataclass(frozen=True)
class Head:
    """What a word makes of the name that it stands with."""

    label: EntityLabel
    category: Category


@dataclass(frozen=True)
class Heads:
    """The words by where they stand: behind the name and part of it, its last or first word, beside it and no part of it."""

    after: dict[str, Head] = field(default_factory=dict)
    last: dict[str, Head] = field(default_factory=dict)
    first: dict[str, Head] = field(default_factory=dict)
    before: dict[str, Head] = field(default_factory=dict)
    next: dict[str, Head] = field(default_factory=dict)

    def of_several(self, word: str) -> tuple[str, Head] | None:
        """Return the singular of a plural and what it makes of the names before it: "the Bulengo and Lushagala camps"."""
        for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
            one = word.removesuffix(ending) + instead
            if word.endswith(ending) and one in self.after:
                return one, self.after[one]
        return None


@cache
def heads() -> Heads:
    """Return the words of data/heads.tsv."""
    made = Heads()
    for row in rows("heads.tsv"):
        words: dict[str, Head] = getattr(made, row["where"])
        words[row["phrase"]] = Head(cast("EntityLabel", row["label"]), cast("Category", row["category"]))
    return made


@cache
def titles() -> frozenset[str]:
    """Return the words before a person's name that are no part of it."""
    return frozenset(row["title"] for row in rows("titles.tsv"))
