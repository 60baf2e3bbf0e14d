"""The grammar of a language: whatever its patterns can match is resolved, and nothing makes it fail."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from services.enrich.language.tables import rows, values
from services.enrich.language.timex import grammar as module
from services.enrich.language.timex.grammar import Grammar, grammar
from services.enrich.language.timex.meaning import Context, Meaning
from services.enrich.language.timex.resolve import RULES, resolve
from services.enrich.language.timex.terms import Term, carried

LANGUAGES = ("en", "fr")
NUMBERS = {
    "number": ["3", "12", "48"], "day": ["3", "27"], "year": ["2016", "1999"], "old_year": ["1403", "1445"], "hour": ["9", "23"],
    "yy": ["17"], "hhmm": ["0300", "1545"], "grouped": ["1,500"], "decimal": ["2.5"], "clock_colon": ["09:30"], "clock_dot": ["9.30"],
    "iso": ["2024-11-02", "2024-11-02T14:05Z"], "numeric": ["27.11.2024", "11/27/2024", "3/4/24"], "year_first": ["2024/11/02"],
    "slashed": ["3/4", "11/27"], "month_year": ["09/2019"], "ordinal_digits": ["1st", "21st"], "short_decade": ["'90s"],
    "decade": ["1990s", "années 1990"], "short_year": ["'23"], "quarter_code": ["Q3"], "half": ["a.m."], "possessive": ["'s"], "always": ["24/7"],
    "line": ["\n"], "stop": [".", "\n"], "clock_h": ["15h30"],
}  # fmt: skip
"""What stands for the classes that digits are in."""


class Writer:
    """Writes what the patterns of a language match, at random."""

    def __init__(self, language: str) -> None:
        lines = list(rows(f"timex/{language}/patterns.tsv"))
        self.macros = {row["category"]: row["pattern"] for row in lines if row["stage"] == "define"}
        self.patterns = [row for row in lines if row["stage"] != "define"]
        self.of_category: dict[str, list[str]] = defaultdict(list)
        for row in self.patterns:
            self.of_category[row["category"]].append(row["pattern"])
        self.words: dict[str, list[str]] = defaultdict(list)
        for row in rows(f"timex/{language}/words.tsv"):
            self.words[row["class"]] += values(row["words"])

    def written(self, pattern: str, chance: random.Random, depth: int = 0) -> str:
        """Return a text that a pattern may match."""
        while "{" in pattern:
            pattern = re.sub(r"\{\w+\}", lambda match: self.macros[match.group()], pattern)
        tokens = re.findall(r"<[^>]*>[?*]?|[()\[\]|][?*]?|[^\s()\[\]|<>]+", pattern)
        return " ".join(self._alternatives(iter(tokens), chance, depth))

    def _alternatives(self, tokens: Iterator[str], chance: random.Random, depth: int) -> list[str]:
        options: list[list[str]] = [[]]
        for token in tokens:
            if token[0] in ")]":
                return [] if token.endswith(("?", "*")) and chance.random() < 0.5 else chance.choice(options)
            if token == "|":
                options.append([])
            elif token[0] in "([":
                options[-1] += self._alternatives(tokens, chance, depth)
            elif not (len(token) > 1 and token[-1] in "?*" and chance.random() < 0.5):
                options[-1].append(self._word(token.rstrip("?*") if len(token) > 1 else token, chance, depth))
        return chance.choice(options)

    def _word(self, token: str, chance: random.Random, depth: int) -> str:
        if not token.startswith("<"):
            return token
        name = chance.choice(token.strip("<>").rpartition(":")[2].split("|"))
        choices = [*NUMBERS.get(name, []), *self.words.get(name, [])]
        if depth < 4 and self.of_category.get(name) and (not choices or chance.random() < 0.7):
            return self.written(chance.choice(self.of_category[name]), chance, depth + 1)
        return chance.choice(choices) if choices else "May"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_patterns_match_is_resolved(language: str) -> None:
    writer, chance = Writer(language), random.Random(1)
    previous: Meaning | None = None
    for row in writer.patterns:
        for _ in range(20):
            text = f"They came {writer.written(row['pattern'], chance)} ."
            for found in grammar(language).find(text):
                assert 0 <= found.start < found.end <= len(text)
                for published in (date(2024, 11, 30), date(1, 1, 1), date(9999, 12, 31), None):
                    context = Context(published, chance.choice(["past", "present", "future"]), previous, day_first=True)
                    meaning = resolve(found.term, context)
                    assert meaning.earliest is None or meaning.latest is None or meaning.earliest <= meaning.latest
                previous = meaning if meaning.earliest else previous


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_known_to_the_resolver_or_to_the_grammar(language: str) -> None:
    kinds = {row["kind"] for row in Writer(language).patterns}
    assert kinds <= RULES.keys() | {"none", "keep", "list", "sum", "product", "hundreds", "fraction"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_of_words_stands_in_a_pattern(language: str) -> None:
    writer = Writer(language)
    named = " ".join([*writer.macros.values(), *(row["pattern"] for row in writer.patterns)])
    assert writer.words.keys() <= set(re.findall(r"\w+", named))
    assert all(name in named for name in writer.macros)


def test_pattern_of_a_class_that_nothing_is_in_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_row(name: str) -> list[dict[str, str]]:
        line = {"stage": "date", "category": "date", "kind": "calendar", "pattern": "on <nobody>", "constants": ""}
        return [line] if name.endswith("patterns.tsv") else list(rows(name))

    monkeypatch.setattr(module, "rows", one_row)
    with pytest.raises(ValueError, match="nothing is a <nobody> in 'on <nobody>'"):
        Grammar("en")


def test_there_is_no_grammar_of_a_language_that_nobody_wrote() -> None:
    with pytest.raises(FileNotFoundError):
        grammar("xx")


def spans(text: str, language: str = "en") -> list[str]:
    return [text[found.start : found.end] for found in grammar(language).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Friday, Oct. 23, they", ["Friday, Oct. 23"]),
        ("on Friday 29 November they", ["Friday 29 November"]),
        ("on November 25, 26 and 27, he", ["November 25", "26", "27"]),
        ("on 16 July, 6 August and 3 September 2020", ["16 July", "6 August", "3 September 2020"]),
        ("from 27-30 Nov the", ["27-30 Nov"]),
        ("between May and June 2017", ["May and June 2017"]),
        ("from Wednesday to Saturday", ["Wednesday to Saturday"]),
        ("overnight Thursday into Friday", ["overnight Thursday into Friday"]),
        ("on the night of 29 to 30 November", ["the night of 29 to 30 November"]),
        ("on Wednesday last week", ["Wednesday last week"]),
        ("at 15:00 GMT Saturday", ["15:00 GMT Saturday"]),
        ("for 5 1/2 hours", ["5 1/2 hours"]),
        ("A paragraph ends in May\n\n2016 was worse", ["May", "2016"]),
        ("see https://news.example/2019/06/03/x and #Jan25 and a@may3.example", []),
        ("open 24/7", []),
        ("the March 23 Movement and the 7 October Brigade and Black September", []),
        ("Resolution 1701, Room 1984 and a 52-48 vote", []),
        ("COVID-19, F-16 and 2019-nCoV", []),
    ],
)
def test_spans(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


def test_dates_of_a_list_share_what_only_one_of_them_has() -> None:
    day, month, year = (
        Term("calendar", {"day": 25}),
        Term("calendar", {"day": 3, "month": 9, "year": 2020}),
        Term("calendar", {"month": 5}),
    )
    assert carried([day, month])[0].slots == {"day": 25, "month": 9, "year": 2020, "year_carried": 1}
    assert carried([month, day])[1].slots == {"day": 25, "month": 9, "year": 2020, "year_carried": 1}
    assert carried([year, month])[0].slots == {"month": 5, "year": 2020, "year_carried": 1}
    early = Term("modified", {"third": "early", "of": year})
    assert carried([early, month])[0].term("of").slots["year"] == 2020
    weekday = Term("weekday", {"weekday": 1})
    assert carried([day, weekday, month]) == [day, weekday, month]
    last = Term("calendar", {"month": 5, "dir": -1})
    assert carried([last, month])[0] is last


def test_slot_that_is_no_number_means_nothing_rather_than_failing() -> None:
    term = Term("calendar", {"day": Term("calendar"), "count": 1.5})
    with pytest.raises(ValueError, match="day is no number"):
        term.number("day")
    with pytest.raises(ValueError, match="count is not whole"):
        term.whole("count")
    with pytest.raises(ValueError, match="calendar has no month"):
        term.term("month")
    assert resolve(term, Context(date(2024, 1, 1), "past", None)) == Meaning("date")
