"""Finds the names of the data files in a text: case-sensitive, at word boundaries, the longest one first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from services.enrich.language.knowledge.entries import Entry, entries
from services.enrich.language.knowledge.names import fold, plain
from services.enrich.language.tables import rows, values

T = TypeVar("T")
_WORD = re.compile(r"\w+(?:\.(?=\w))?")


@dataclass(frozen=True)
class Hit:
    """A name that stands in a text, and what it names: the first entry, where two have the same name."""

    start: int
    end: int
    entry: Entry


class Forms(Generic[T]):
    """What stands for what: finds forms in a text, case-sensitive, at word boundaries, the longest one first."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[str, T]]] = {}
        self._known: set[str] = set()

    def add(self, form: str, meant: T) -> None:
        """Add a form (folded); of two that are the same the first is meant."""
        first = _WORD.match(form)
        if first is not None and form not in self._known:
            self._known.add(form)
            forms = self._by_first.setdefault(first[0], [])
            forms.append((form, meant))
            forms.sort(key=lambda known: -len(known[0]))

    def find(self, folded: str) -> Iterator[tuple[int, int, T]]:
        """Yield the forms in a folded text in order, without overlap, as (start, end, what is meant). Linear in the text."""
        free_from = 0
        for word in _WORD.finditer(folded):
            start = word.start()
            if start < free_from:
                continue
            for form, meant in self._by_first.get(word[0], ()):
                end = start + len(form)
                if folded.startswith(form, start) and not folded[end : end + 1].isalnum():
                    yield start, end, meant
                    free_from = end
                    break


class Lexicon:
    """The names of entries."""

    def __init__(self, known: Sequence[Entry]) -> None:
        self._forms: Forms[Entry] = Forms()
        self._by_plain: dict[str, list[Entry]] = {}
        self._by_id = {entry.entity_id: entry for entry in known}
        for entry in known:
            for form in entry.forms:
                self._by_plain.setdefault(plain(form), []).append(entry)
                if entry.certain:
                    self._forms.add(fold(form), entry)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the names in a text in order, without overlap."""
        yield from (Hit(start, end, entry) for start, end, entry in self._forms.find(fold(text)))

    def abbreviated(self, name: str) -> Sequence[Entry]:
        """Return the provinces that a short form behind the name of a town may be: "Va.", "VA"."""
        return [self._by_id[slug] for slug in _abbreviations().get(name, ()) if slug in self._by_id]

    def named(self, name: str) -> Sequence[Entry]:
        """Return what a name, written in whatever way, may be."""
        return self._by_plain.get(plain(name), ())


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("abbreviations.tsv"):
        for form in values(row["forms"]):
            found[form] = (*found.get(form, ()), f"kb:{row['slug']}")
    return found


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the data files, made once in a process."""
    return Lexicon(entries())
