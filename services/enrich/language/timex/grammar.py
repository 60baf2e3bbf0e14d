"""Which expressions of a text say when or how long: the patterns of a language, matched in stages.

A text becomes a string with one sign for each token (tokens.py), and the patterns are regular expressions over such strings. In
each stage the leftmost longest matches become items of their own, which the later stages name: a cascade of finite automata, as
in FASTUS (Hobbs and others, 1997). The time is linear in the text for each pattern.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from services.enrich.language.tables import rows
from services.enrich.language.timex.terms import Term, Value, carried
from services.enrich.language.timex.tokens import BREAK, OTHER, Item, Vocabulary

MOST_PASSES = 4
LONGEST_ADDRESS = 200
"""Characters before an expression that are looked at for an address that it is part of."""

_ELEMENT = re.compile(
    r"<(?P<name>\w*)(?P<renamed>:?)(?P<classes>[\w|]*)>(?P<times>[?*]?)|(?P<group>[()\[\]|])(?P<often>[?*]?)|(?P<literal>[^\s()\[\]|<>]+)"
)
_NOT_BEFORE = re.compile(r"[\w$€£.,\-]\Z")
_HYPHENED = re.compile(r"\w-[a-z]*[A-Z]")
_NET = re.compile(r"[^\s]*(?:://|@|www\.)|#\w")
_TERM = "term"
_NUMBERS = frozenset({"sum", "product", "hundreds", "fraction"})
"""Kinds that make a number of several words, which is no expression of time by itself."""


@dataclass(frozen=True)
class Found:
    """One expression: its span, its category in the grammar, and what it says."""

    start: int
    end: int
    category: str
    term: Term


@dataclass(frozen=True)
class _Pattern:
    """A row of the grammar: `slots` names each group of the regular expression with its slot and classes."""

    category: str
    kind: str
    expression: re.Pattern[str]
    slots: Mapping[str, tuple[str, tuple[str, ...], bool]]
    constants: Mapping[str, Value]
    needs: frozenset[str]
    in_context: bool


class Grammar:
    """The grammar of a language, which `find` applies."""

    def __init__(self, language: str) -> None:
        lines = list(rows(f"timex/{language}/patterns.tsv"))
        macros = {row["category"]: row["pattern"] for row in lines if row["stage"] == "define"}
        written = [row | {"pattern": _expanded(row["pattern"], macros)} for row in lines if row["stage"] != "define"]
        literals = {
            _split(match["literal"])[0] for row in written for match in _ELEMENT.finditer(row["pattern"]) if match["literal"]
        }
        categories = {row["category"] for row in written} - {"=of"}
        self._vocabulary = Vocabulary(language, literals, categories)
        self._triggers = self._vocabulary.triggers()
        self._codes = {self._vocabulary.code(category): category for category in categories}
        self._stages = [
            (name.endswith("!"), [self._compiled(row) for row in some])
            for name, some in groupby(written, key=lambda row: row["stage"])
        ]

    def find(self, text: str) -> Iterator[Found]:
        """Yield the expressions of a text in order, without overlap."""
        items = self._windows(self._vocabulary.items(text))
        for once, patterns in self._stages:
            for _ in range(1 if once else MOST_PASSES):
                replaced = self._pass(items, patterns)
                if replaced is None:
                    break
                items = replaced
        for item in items:
            category = self._codes.get(item.code)
            if category is None or category.startswith("_") or _is_part_of_word(text, item):
                continue
            term = item.readings[category][_TERM]
            if isinstance(term, Term):
                yield Found(item.start, item.end, category, term)

    def _windows(self, items: list[Item]) -> list[Item]:
        """Return the items round what can be an expression; whatever is between is one item that no pattern names."""
        kept: list[Item] = [Item(0, 0, BREAK, {})]
        window: list[Item] = []
        triggered = False
        for item in items:
            if item.code in {OTHER, BREAK}:
                if triggered:
                    kept += window
                window, triggered = [], False
                if kept[-1].code != item.code:
                    kept.append(item)
            else:
                window.append(item)
                triggered = triggered or item.code in self._triggers
        if triggered:
            kept += window
        kept.append(Item(0, 0, BREAK, {}))
        return kept

    def _pass(self, items: list[Item], patterns: list[_Pattern]) -> list[Item] | None:
        """Return the items with the matches of a stage replaced, or None where nothing matches."""
        string = "".join(item.code for item in items)
        present = set(string)
        found = [
            (first, -last, number, match)
            for number, pattern in enumerate(patterns) if not pattern.needs or not pattern.needs.isdisjoint(present)
            for match in pattern.expression.finditer(string)
            for first, last in [match.span("span") if pattern.in_context else match.span()]
        ]  # fmt: skip
        if not found:
            return None
        found.sort(key=lambda match: match[:3])
        replaced: list[Item] = []
        end = 0
        for first, minus_last, number, match in found:
            if first >= end:
                replaced += items[end:first]
                replaced += self._made(patterns[number], match, items, first, -minus_last)
                end = -minus_last
        return replaced + items[end:]

    def _made(self, pattern: _Pattern, match: re.Match[str], items: list[Item], first: int, last: int) -> list[Item]:
        if pattern.kind == "keep":
            return items[first:last]
        if pattern.kind == "list":
            return self._members(items[first:last])
        slots: dict[str, Value] = {}
        category = pattern.category
        for group, (name, classes, renamed) in pattern.slots.items():
            at = match.start(group)
            if at < 0:
                continue
            item = items[at]
            reading_class = next(one for one in classes if one in item.readings)
            reading = item.readings[reading_class]
            if name == "of" and category == "=of":
                category = reading_class
            if _TERM in reading:
                slots[name] = reading[_TERM]
            elif renamed and len(reading) == 1:
                slots[name] = next(iter(reading.values()))
            else:
                slots |= reading
        slots = {**slots, **pattern.constants}
        value: Value = _number(pattern.kind, slots) if pattern.kind in _NUMBERS else _term(pattern.kind, slots)
        key = _TERM if isinstance(value, Term) else category
        return [Item(items[first].start, items[last - 1].end, self._vocabulary.code(category), {category: {key: value}})]

    def _members(self, items: list[Item]) -> list[Item]:
        """Return the items of a list of dates, with the dates as expressions of their own that share month and year."""
        terms = {at: term for at, item in enumerate(items) if (term := _date(item)) is not None}
        year_alone = [at for at, term in terms.items() if set(term.slots) == {"year"}]
        shared = dict(zip(terms, carried(list(terms.values())), strict=True))
        for at in year_alone:
            shared.pop(at)
        dates = {at: "date" if "day" in term.slots else "month_ref" for at, term in shared.items()}
        return [
            Item(item.start, item.end, self._vocabulary.code(dates[at]), {dates[at]: {_TERM: shared[at]}}) if at in shared else item
            for at, item in enumerate(items) if at not in year_alone
        ]  # fmt: skip

    def _compiled(self, row: Mapping[str, str]) -> _Pattern:
        slots: dict[str, tuple[str, tuple[str, ...], bool]] = {}
        parts: list[str] = []
        needs: list[str] = []
        depth = 0
        for element in _ELEMENT.finditer(row["pattern"]):
            if element["group"]:
                depth += {"(": 1, ")": -1}.get(element["group"], 0)
                parts.append(
                    {"[": "(?P<span>", "]": ")", "(": "(?:"}.get(element["group"], element["group"])
                    + _repeated(element["often"])
                )
                continue
            if element["literal"]:
                literal, times = _split(element["literal"])
                codes, name = self._vocabulary.codes_of({"=" + literal}), ""
            else:
                times, name = element["times"], element["name"]
                classes = tuple((element["classes"] or name).split("|"))
                codes = self._vocabulary.codes_of(classes)
            if not codes:
                raise ValueError(f"nothing is a {element.group()} in {row['pattern']!r}")
            if not times and depth == 0:
                needs.append(codes)
            sign = f"[{re.escape(codes)}]"
            if name:
                group = f"g{len(slots)}"
                slots[group] = (name, classes, bool(element["renamed"]))
                sign = f"(?P<{group}>{sign})"
            parts.append(sign + _repeated(times))
        rarest = min(needs, key=len) if needs else ""
        return _Pattern(
            row["category"], row["kind"], re.compile("".join(parts)), slots, _constants(row["constants"]), frozenset(rarest),
            "[" in row["pattern"],
        )  # fmt: skip


@cache
def grammar(language: str) -> Grammar:
    """Return the grammar of a language, by its ISO 639 code. Raises FileNotFoundError where there is none."""
    return Grammar(language)


def _expanded(pattern: str, macros: Mapping[str, str]) -> str:
    while "{" in pattern:
        pattern = re.sub(r"\{\w+\}", lambda match: macros[match.group()], pattern)
    return pattern


def _split(literal: str) -> tuple[str, str]:
    """Return a word of a pattern and how often it may stand there."""
    return (literal[:-1].lower(), literal[-1]) if len(literal) > 1 and literal[-1] in "?*" else (literal.lower(), "")


def _repeated(times: str) -> str:
    """Return a quantifier; what may stand any number of times does so at most a dozen times, so that no chain is read again and again."""
    return "{0,12}" if times == "*" else times


def _constants(cell: str) -> dict[str, Value]:
    pairs = (constant.partition("=") for constant in cell.split())
    return {name: float(value) if re.fullmatch(r"-?\d+(?:\.\d+)?", value) else value for name, _, value in pairs}


def _number(kind: str, slots: Mapping[str, Value]) -> Value:
    """Return the number that several words are worth together."""
    numbers = {name: float(value) for name, value in slots.items() if isinstance(value, int | float)}
    match kind:
        case "product":
            return numbers["count"] * numbers["times"]
        case "hundreds":
            return numbers["count"] * 100 + numbers["count2"] + numbers.get("count3", 0)
        case "fraction":
            return numbers["count"] + (numbers["first"] / numbers["second"] if numbers["second"] else 0)
        case _:
            return sum(numbers.values())


def _term(kind: str, slots: Mapping[str, Value]) -> Term:
    if (
        kind == "range"
        and isinstance(slots.get("start"), Term | int | float)
        and isinstance(slots.get("end"), Term | int | float)
    ):
        ends = [_end(slots["start"], slots["end"]), _end(slots["end"], slots["start"])]
        year = slots.get("end_year")
        if isinstance(year, Term):
            ends[1] = ends[1].having(**year.slots)
        if ends[0].kind == ends[1].kind == "clock" and "half" in ends[1].slots and "half" not in ends[0].slots:
            ends[0] = ends[0].having(half=ends[1].slots["half"])  # "6:00-7:00 p.m."
        if ends[0].kind == "clock" and ends[1].kind == "at":  # "9 a.m. to 1 p.m. on Sunday"
            ends[0] = Term("at", {"of_clock": ends[0], "of": ends[1].slots.get("of", 0)})
        start, end = carried(ends)
        return Term(kind, {**slots, "start": start, "end": end})
    return Term(kind, slots)


def _end(value: Value, other: Value) -> Term:
    """Return one end of a range as a term; a number alone is what the other end has: an hour, a month or a day."""
    if isinstance(value, Term):
        return value
    if isinstance(other, Term) and other.kind == "clock":
        return Term("clock", {"hour": value, **({"half": other.slots["half"]} if "half" in other.slots else {})})
    if isinstance(other, Term) and "month" in other.slots and "day" not in other.slots:
        return Term("calendar", {"month": value})
    return Term("calendar", {"day": value})


def _date(item: Item) -> Term | None:
    """Return the date that an item of a list is: a date or month, a year, or the number of a day."""
    for category in ("date", "month_ref", "year_ref"):
        term = item.readings.get(category, {}).get(_TERM)
        if isinstance(term, Term):
            return term
    day = item.readings.get("day", {}).get("day", item.readings.get("_ordinal", {}).get("_ordinal"))
    return None if day is None else Term("calendar", {"day": day})


def _is_part_of_word(text: str, item: Item) -> bool:
    """Return whether an item is only part of a longer word or number: "2019-nCoV", "$2,016", "Fridays", or of an address."""
    after = text[item.end : item.end + 1]
    begin = max(text.rfind(space, max(0, item.start - LONGEST_ADDRESS), item.start) for space in " \n") + 1
    if _NET.match(text[max(begin, item.start - LONGEST_ADDRESS) : item.end + 40]):
        return True
    before = text[max(0, item.start - 1) : item.start]
    return bool(_NOT_BEFORE.search(before)) or after.isalnum() or after == "_" or bool(_HYPHENED.match(text, item.end - 1))
