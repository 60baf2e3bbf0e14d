"""A text as tokens, each with the classes of a language's vocabulary that it is in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.enrich.language.tables import rows, values
from services.enrich.language.timex.terms import Value

Readings = Mapping[str, Mapping[str, Value]]
"""The classes that a token or item is in, each with what it is worth by slot."""

OTHER, BREAK = "\u0100", "\u0101"
"""Codes of a word that no pattern names, and of the end of a line or of the text."""

FIRST_CODE = 0x0102
_ITEM = "(item)"
"""Tells an item that a pattern made from a word of the class that has the same name."""

STOP, LINE = "stop", "line"
"""Classes that the end of a line is in."""

REMEMBERED = 20_000
"""Words whose classes are remembered at most."""

_SIGNS = {"\u2013": "-", "\u2014": "-", "\u2011": "-", "\u2010": "-", "\u2019": "'"}
_YEARS, _OLD_YEARS, _DAYS, _HOURS = range(1500, 2200), range(1000, 1500), range(1, 32), range(25)


@dataclass(frozen=True, slots=True)
class Item:
    """Part of a text, as one sign of the string that the patterns are matched on."""

    start: int
    end: int
    code: str
    readings: Readings
    of_phrase: bool = False
    """Whether it may be part of a phrase of the vocabulary."""


_UNKNOWN = Item(0, 0, OTHER, {})
"""Stands for all the words that no pattern names."""


@dataclass(frozen=True)
class _Word:
    classes: Readings
    capital: bool


class Vocabulary:
    """The words and shapes of a language, and the words that its patterns name.

    A set of classes has a sign of its own, its code, so that a text becomes a string and a pattern a regular expression.
    """

    def __init__(self, language: str, literals: Iterable[str], categories: Iterable[str]) -> None:
        self._codes: dict[frozenset[str], str] = {}
        self._shapes = [
            (row["class"], re.compile(row["shape"], re.IGNORECASE), row["begins"] or r"\d")
            for name in (f"timex/{language}/shapes.tsv", "timex/shapes.tsv") for row in rows(name)
        ]  # fmt: skip
        # Most words begin with no sign that a shape begins with, and none is tried on them.
        parts = [(begins, re.sub(r"\(\?P<\w+>", "(?:", shape.pattern)) for _, shape, begins in self._shapes]
        any_of = "".join(sorted({begins for begins, _ in parts}))
        shapes = (
            f"(?=[{any_of}])(?:"
            + "|".join(f"(?P<s{number}>(?=[{part[0]}]){part[1]})" for number, part in enumerate(parts))
            + ")"
        )
        self._token = re.compile(
            rf"{shapes}|(?P<digits>\d+)|(?P<word>[^\W\d_]+)|(?P<line>\n)|(?P<sign>[^\s\w])|_", re.IGNORECASE
        )
        self._literals = frozenset(literals)
        self._words, self._phrases, context = self._read(language)
        self._of_phrases = frozenset(word for some in self._phrases.values() for phrase, _ in some for word in phrase)
        self._by_spelling: dict[str, tuple[str, Readings, bool]] = {}
        self.context = frozenset(context)
        self._code(frozenset())
        for category in categories:
            self._code(frozenset({category, _ITEM}))
        for number in range(10_000):
            self._code(frozenset(_digit_classes(str(number))))
        for digits in ("00", "01", "09", "0000", "0930"):
            self._code(frozenset(_digit_classes(digits)))
        for name, *_ in self._shapes:
            self._code(frozenset(_shape_classes(name)))
        for spelling in [*self._words, *self._literals]:
            for capital in (True, False):
                self._known(spelling, capital=capital)

    def codes_of(self, classes: Iterable[str]) -> str:
        """Return the codes of whatever is in one of some classes."""
        wanted = set(classes)
        found = [code for known, code in self._codes.items() if known & wanted]
        return "".join(found + ([BREAK] if wanted & {STOP, LINE} else []))

    def code(self, category: str) -> str:
        """Return the code of the items of a category."""
        return self._codes[frozenset({category, _ITEM})]

    def triggers(self) -> frozenset[str]:
        """Return the codes of what can make an expression of time, and is not only found beside one."""
        plain = self.context | {"number", "day", "hour", "yy", "hhmm", "old_year", "grouped", "decimal", "possessive"}
        return frozenset(
            code
            for classes, code in self._codes.items()
            if any(name not in plain and not name.startswith("=") for name in classes)
        )

    def items(self, text: str) -> list[Item]:
        """Return the tokens of a text in order; those of a phrase of the vocabulary are one."""
        found = [self._item(match) for match in self._token.finditer(text)]
        joined: list[Item] = []
        at = 0
        while at < len(found):
            item = found[at]
            phrase = self._phrase(text, found, at) if item.of_phrase else None
            if phrase is None:
                joined.append(item)
                at += 1
            else:
                length, item = phrase
                joined.append(item)
                at += length
        return joined

    def _phrase(self, text: str, found: list[Item], at: int) -> tuple[int, Item] | None:
        """Return how many tokens a phrase that begins with one has, and its item; None where none does."""
        first = text[found[at].start : found[at].end]
        for phrase, capital in self._phrases.get(_spelling(first), ()):
            last = at + len(phrase) - 1
            if last >= len(found) or (capital and not first[0].isupper()):
                continue
            if all(
                _spelling(text[item.start : item.end]) == word for item, word in zip(found[at : last + 1], phrase, strict=True)
            ):
                code, readings, _ = self._known(" ".join(phrase), capital=first[0].isupper())
                return len(phrase), Item(found[at].start, found[last].end, code, readings)
        return None

    def _item(self, match: re.Match[str]) -> Item:
        start, end, group, text = match.start(), match.end(), match.lastgroup, match.group()
        if group in {"word", "sign"}:
            known = self._by_spelling.get(text)
            if known is None:
                known = self._known(text, capital=text[0].isupper())
                if len(self._by_spelling) < REMEMBERED:
                    self._by_spelling[text] = known
            return _UNKNOWN if known[0] == OTHER and not known[2] else Item(start, end, *known)
        if group == "line":
            return Item(start, end, BREAK, {})
        if group == "digits":
            readings = _digit_readings(text)
            return Item(start, end, self._codes.get(frozenset(readings), OTHER), readings)
        if group is None:
            return Item(start, end, OTHER, {})
        name, shape, _ = self._shapes[int(group[1:])]
        whole = shape.match(match.string, start)
        slots = {} if whole is None else {slot: _worth(value) for slot, value in whole.groupdict().items() if value is not None}
        readings = {name: slots}
        if name in {"grouped", "decimal"}:
            readings["number"] = {"number": float(text.replace(",", ""))}
        return Item(start, end, self._codes[frozenset(readings)], readings)

    def _known(self, text: str, *, capital: bool) -> tuple[str, Readings, bool]:
        """Return the code and classes of a word or phrase, and whether it may be part of a phrase."""
        spelling = _spelling(text)
        readings: dict[str, Mapping[str, Value]] = {}
        for word in self._words.get(spelling, ()):
            if capital or not word.capital:
                readings |= word.classes
        if spelling in self._literals:
            readings["=" + spelling] = {}
        return self._code(frozenset(readings)), readings, spelling in self._of_phrases

    def _code(self, classes: frozenset[str]) -> str:
        if not classes:
            return OTHER
        return self._codes.setdefault(classes, chr(FIRST_CODE + len(self._codes)))

    def _read(self, language: str) -> tuple[dict[str, list[_Word]], dict[str, list[tuple[tuple[str, ...], bool]]], set[str]]:
        words: dict[str, list[_Word]] = {}
        phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
        context: dict[str, bool] = {}
        for row in rows(f"timex/{language}/words.tsv"):
            name, spellings = row["class"], values(row["words"]) if row["words"] != "|" else ("|",)
            context[name] = context.get(name, True) and row["context"] == "yes"
            for spelling, value in zip(spellings, _counted(row["value"], len(spellings)), strict=True):
                slots: Mapping[str, Value] = {} if value == "" else {name: _worth(value)}
                tokens = tuple(_spelling(token) for token in self._tokens(spelling))
                word = _Word({name: slots}, spelling[0].isupper())
                words.setdefault(" ".join(tokens), []).append(word)
                if len(tokens) > 1:
                    phrases.setdefault(tokens[0], []).append((tokens, spelling[0].isupper()))
        for found in phrases.values():
            found.sort(key=lambda phrase: -len(phrase[0]))
        return words, phrases, {name for name, plain in context.items() if plain}

    def _tokens(self, spelling: str) -> Iterator[str]:
        return (match.group() for match in self._token.finditer(spelling))


def _spelling(text: str) -> str:
    return _SIGNS.get(text) or text.lower().replace("\u2019", "'")


def _worth(value: str) -> Value:
    try:
        return int(value)
    except ValueError:
        try:
            return float(value)
        except ValueError:
            return value.lower() if len(value) == 1 else value


def _counted(cell: str, spellings: int) -> list[str]:
    """Return the value of each of some words: the same, or counted on as `1..` and `20..10` say."""
    if ".." not in cell:
        return [cell] * spellings
    first, _, step = cell.partition("..")
    return [str(int(first) + number * int(step or 1)) for number in range(spellings)]


def _digit_readings(text: str) -> dict[str, dict[str, Value]]:
    number = int(text[:9])
    readings: dict[str, dict[str, Value]] = {"number": {"number": number}}
    if len(text) <= 2:
        readings |= {"day": {"day": number}} if number in _DAYS else {}
        readings |= {"hour": {"hour": number}} if number in _HOURS else {}
        readings |= {"yy": {"yy": number}} if len(text) == 2 else {}
    if len(text) == 4:
        readings |= {"year": {"year": number}} if number in _YEARS else {}
        readings |= {"old_year": {"year": number}} if number in _OLD_YEARS else {}
        hour, minute = divmod(number, 100)
        readings |= {"hhmm": {"hour": hour, "minute": minute}} if hour in _HOURS and minute < 60 else {}
    return readings


def _digit_classes(text: str) -> set[str]:
    return set(_digit_readings(text))


def _shape_classes(name: str) -> set[str]:
    return {name, "number"} if name in {"grouped", "decimal"} else {name}
