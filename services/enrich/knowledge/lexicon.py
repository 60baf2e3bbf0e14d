"""Finds the names of the data files in a text: case-sensitive, at word boundaries, the longest one first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from services.enrich.knowledge.entries import Entry, entries
from services.enrich.knowledge.names import fold, plain

_WORD = re.compile(r"\w+(?:\.(?=\w))?")


@dataclass(frozen=True)
class Hit:
    """A name that stands in a text, and what it names: the first entry, where two have the same name."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """The names of entries by their first word."""

    def __init__(self, known: Sequence[Entry]) -> None:
        self._by_first: dict[str, list[tuple[str, Entry]]] = {}
        self._by_plain: dict[str, list[Entry]] = {}
        seen: set[str] = set()
        for entry in known:
            for form in entry.forms:
                self._by_plain.setdefault(plain(form), []).append(entry)
                folded = fold(form)
                first = _WORD.match(folded)
                if entry.certain and first is not None and folded not in seen:
                    seen.add(folded)
                    self._by_first.setdefault(first[0], []).append((folded, entry))
        for forms in self._by_first.values():
            forms.sort(key=lambda form: -len(form[0]))

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the names in a text in order, without overlap. Linear in the text."""
        folded, free_from = fold(text), 0
        for word in _WORD.finditer(folded):
            start = word.start()
            if start < free_from:
                continue
            for form, entry in self._by_first.get(word[0], ()):
                end = start + len(form)
                if folded.startswith(form, start) and not folded[end : end + 1].isalnum():
                    yield Hit(start, end, entry)
                    free_from = end
                    break

    def named(self, name: str) -> Sequence[Entry]:
        """Return what a name, written in whatever way, may be."""
        return self._by_plain.get(plain(name), ())


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the data files, made once in a process."""
    return Lexicon(entries())
