"""The words of English calendars, from the data files."""

from services.enrich.language.tables import rows, values

_ROWS = [(row["kind"], values(row["words"]), row["value"]) for row in rows("calendar.tsv")]


def _values_of(wanted: str) -> dict[str, str]:
    return {word: value for kind, words, value in _ROWS if kind == wanted for word in words}


def _words_of(wanted: str) -> frozenset[str]:
    return frozenset(word for kind, words, _ in _ROWS if kind == wanted for word in words)


def _months(first_and_last: str) -> tuple[int, int]:
    first, last = first_and_last.split("-")
    return int(first), int(last)


MONTHS = {name: int(number) for name, number in _values_of("month").items()}
WEEKDAYS = {name: int(number) for name, number in _values_of("weekday").items()}
SEASONS = {name: _months(months) for name, months in _values_of("season").items()}
"""First and last month of a season in the northern half of the world."""

UNITS = _values_of("unit")
PARTS = _values_of("part")
"""Parts of a day, as TIMEX3 writes them."""

FUTURE, DUE, EXPECTED = _words_of("future"), _words_of("due"), _words_of("expected")
OPEN_END, OPEN_START = _words_of("open_end"), _words_of("open_start")
