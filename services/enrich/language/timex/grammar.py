"""Which expressions of a text say when or how long: one list of patterns, the longest match at a place wins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.enrich.language.numerals import NUMBERS
from services.enrich.language.timex.words import MONTHS, PARTS, SEASONS, UNITS, WEEKDAYS


@dataclass(frozen=True)
class Found:
    """One expression: its span, the name of the rule that found it, and the named parts of the match."""

    start: int
    end: int
    rule: str
    parts: dict[str, str]


def _words(names: object) -> str:
    return "|".join(sorted(names, key=len, reverse=True))  # type: ignore[call-overload]


_FULL_MONTHS = _words([name for name in MONTHS if len(name) > 3 or name == "may"])
_SHORT_MONTHS = _words([name for name in MONTHS if len(name) <= 4 and name not in {"may", "june", "july"}])
MONTH = f"(?P<month>(?:{_FULL_MONTHS}|{_words(['june', 'july'])})\\b|(?:{_SHORT_MONTHS})\\b\\.?)"
WEEKDAY = f"(?P<weekday>{_words([name for name in WEEKDAYS if len(name) > 5])})"
PART = f"(?P<part>{_words(PARTS)})"
UNIT = f"(?P<unit>{_words(UNITS)})"
SEASON = f"(?P<season>{_words(SEASONS)})"
YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
NUMBER = (
    f"(?P<number>\\d{{1,3}}(?:,\\d{{3}})?|(?:{_TENS})[- ](?:one|two|three|four|five|six|seven|eight|nine)|{_words(NUMBERS)})"
)
THIRD = r"(?:(?P<third>early|mid|late|beginning of|end of|start of|middle of)[- ](?:in )?)?"
PREPOSITION = (
    "in|since|until|till|by|from|during|of|for|through|before|after|between|and|to|around|last|this|next|early|late|mid"
)

NEEDLES: dict[str, tuple[str, ...]] = {
    "decade": ("0s",), "season": tuple(SEASONS), "weekday": tuple(name for name in WEEKDAYS if len(name) > 5),
    "today": ("today", "yesterday", "tomorrow"), "tonight": ("tonight", "overnight"), "part": tuple(PARTS),
    "within": ("earlier", "later"), "recent": ("recent ",), "ago": (" ago",),
    "shifted": ("later", "earlier", "before", "after"), "set": ("every", "each", "daily", "weekly", "monthly", "yearly", "nightly"), "calendar": ("week", "month", "year", "decade",
    "century"), "past": ("past ", "last ", "previous ", "next ", "coming "),
}  # fmt: skip
"""What a text must have in it, in lower case, for a rule to be tried: most texts have nothing of most of these."""

_SECOND_DAY = DAY.replace("day", "day2")
_SECOND_MONTH = MONTH.replace("month", "month2")
_SECOND_YEAR = YEAR.replace("year", "year2")
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d)(?: ?(?P<half>[ap]\.?m\b\.?))?| ?(?P<half2>[ap]\.?m\b\.?))"
    r"(?: (?:GMT|UTC|local time|EST|ET|BST|CET))?"
)

# In each rule the span is that of the group `span` where there is one, else of the whole match.
RULES: tuple[tuple[str, str], ...] = (
    ("between", rf"between {DAY} {MONTH}(?:,? {YEAR})? and {_SECOND_DAY} {_SECOND_MONTH}(?:,? {_SECOND_YEAR})?"),
    ("between", rf"between {MONTH} {DAY}(?:,? {YEAR})? and {_SECOND_MONTH} {_SECOND_DAY}(?:,? {_SECOND_YEAR})?"),
    ("week_to", rf"(?P<span>week (?:to|ending|ended) (?:{DAY} {MONTH}|{MONTH.replace('month', 'month_')} {DAY.replace('day', 'day_')}))"),
    ("stamp", rf"{DAY} {MONTH} {YEAR},? (?:at )?{_CLOCK}"),
    ("stamp", rf"{MONTH} {DAY},? {YEAR},? (?:at )?{_CLOCK}"),
    ("clock_day", rf"{_CLOCK} (?:on )?{WEEKDAY}"),
    ("same", rf"(?:(?P<third>earlier|later) )?(?:the same|that same|that) (?P<same>day|week|month|year|{_words(PARTS)})"),
    ("noon", r"(?:at |until |by |before |after |around )(?P<span>noon|midday|midnight)"),
    ("past", r"(?:over|in|during|within) the (?P<span>(?P<deictic>past|last) (?P<unit>day|hour))"),
    ("set", r"(?P<often>daily|weekly|monthly|yearly|nightly)"),
    ("long", rf"(?:(?P<number>\d{{1,3}}|{_words(NUMBERS)})[- ])?(?P<unit>hour|day|week|month|year|decade)s?-long"),
    ("duration", rf"(?:spent|spend|took|takes|lasted) (?P<span>{NUMBER} {UNIT}s?)"),
    ("iso", rf"{YEAR}-(?P<m>\d\d)-(?P<day>\d\d)"),
    ("day_range", rf"(?:{DAY} ?(?:-|–|to) ?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? {MONTH}(?:,? {YEAR})?)"),
    ("day_range", rf"(?:{MONTH} {DAY} ?(?:-|–|to) ?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {YEAR})?)"),
    ("day", rf"(?:{DAY} (?:of )?{MONTH}(?:,? {YEAR})?)"),
    ("day", rf"(?:{MONTH} {DAY}(?:,? {YEAR})?)(?!\d|[:.]\d|,\d)"),
    ("month", rf"(?:{THIRD}{MONTH},? (?:of )?{YEAR})"),
    ("month", rf"(?:(?:{PREPOSITION}) (?:in )?|(?<=\())(?P<span>(?:(?P<third>early|mid|late)[- ])?"
              rf"(?P<deictic>last |this |next )?(?P<month>{_FULL_MONTHS}))"),
    ("month", rf"(?P<third>early|mid|late)[- ](?P<month>{_FULL_MONTHS})"),
    ("month", rf"(?P<deictic>last|this|next) (?P<month>{_FULL_MONTHS})"),
    ("years", r"(?P<year>(?:1[89]|20)\d\d) ?(?:-|–|to) ?(?P<year2>(?:1[89]|20)\d\d|\d\d)(?!\d)"),
    ("decade", rf"{THIRD}(?:the )?(?P<decade>(?:1[89]|20)\d0)s"),
    ("season", rf"(?:(?P<deictic>last|this|next) {SEASON}|{SEASON.replace('season', 'season2')},? (?:of )?{YEAR})"),
    ("year", rf"{THIRD}{YEAR}"),
    ("weekday", rf"(?:(?P<third>early|late|mid)[- ](?:on )?)?(?P<deictic>last |next |this |this past |this coming )?{WEEKDAY}"
                rf"(?: {PART})?"),
    ("today", rf"(?:(?P<third>early|late|earlier|later) )?(?P<word>today|yesterday|tomorrow)(?: {PART})?"),
    ("tonight", r"tonight|overnight"),
    ("part", rf"(?P<deictic>this|last|that) {PART}"),
    ("within", r"(?P<third>earlier|later) (?:this|in the|that) (?P<calendar>week|month|year)"),
    ("calendar", rf"{THIRD}(?P<deictic>last|this|next|past|previous|coming) "
                 r"(?P<calendar>week|weekend|month|year|decade|century)"),
    ("past", rf"(?P<deictic>past|last|previous|next|coming) (?P<number2>{NUMBER.partition('>')[2]} (?:or so )?{UNIT}s?"),
    ("past", rf"(?P<deictic>past|last|previous|next|coming) (?P<vague>few|several|couple of) {UNIT}s"),
    ("recent", rf"recent {UNIT}s"),
    ("ago", rf"(?:(?P<about>about|around|nearly|almost|some|more than|over) )?{NUMBER} {UNIT}s? ago"),
    ("shifted", rf"{NUMBER} {UNIT}s? (?P<direction>later|earlier|before|after)(?= *[.,;)]|\Z)"),
    ("duration", rf"(?:(?:for|in|within|of|after|nearly|almost|over|lasted|lasting|than) (?:the )?)(?P<span>{NUMBER}[- ]{UNIT}s?)"),
    ("duration", rf"(?P<number>\d{{1,3}}|(?:{_words([n for n in NUMBERS if n not in {'a', 'an'}])}))[- ]{UNIT}s?"),
    ("clock", r"(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?: ?(?P<half>[ap]\.?m\b\.?))?(?: (?:GMT|UTC|local time|EST|ET|BST|CET))"),
    ("clock", r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap]\.?m\b\.?)(?: (?:GMT|UTC|local time|EST|ET|BST|CET))?"),
    ("clock", r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"),
    ("set", rf"(?:every|each) (?:{WEEKDAY}|{UNIT}|{PART})"),
)  # fmt: skip

_COMPILED = [(name, re.compile(rf"(?<![\w$€£.,-])(?:{pattern})(?![\w])", re.IGNORECASE)) for name, pattern in RULES]
_NOT_AFTER = re.compile(r"(?:resolution|article|law|no\.?|number|route|highway|\$|€|£)\s*\Z", re.IGNORECASE)
_AGE = re.compile(r"(?:[- ]old\b|s old\b)", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s+(?:people|civilians|soldiers|troops|fighters|migrants|refugees|men|women|children|metres|meters|km|kilomet|miles|dollars|tonnes|tons)\b"
)


def find(text: str) -> Iterator[Found]:
    """Yield the expressions of a text in order, without overlap. Linear in the text for each rule."""
    lower = text.lower()
    tried = (
        (name, pattern) for name, pattern in _COMPILED if name not in NEEDLES or any(word in lower for word in NEEDLES[name])
    )
    candidates = [found for name, pattern in tried for found in _matches(name, pattern, text)]
    candidates.sort(key=lambda found: (found.start, -found.end))
    end = -1
    for found in candidates:
        if found.start >= end:
            end = found.end
            yield found


def _matches(name: str, pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        groups = {key: value for key, value in match.groupdict().items() if value is not None}
        start, end = match.span("span") if "span" in groups else match.span()
        if _is_meant(name, groups, text, start, end):
            yield Found(start, end, name, groups)


def _is_meant(name: str, parts: dict[str, str], text: str, start: int, end: int) -> bool:
    """Return whether a match is an expression of time: no age, no number of a law, no `may` and `march` in lower case."""
    month = parts.get("month", "")
    if month and not month[0].isupper() and "day" not in parts:
        return False
    if "often" in parts and text[start].isupper():  # the Daily Nation
        return False
    weekday = parts.get("weekday", "")
    if weekday and not weekday[0].isupper():
        return False
    if name == "year" and (_NOT_AFTER.search(text, max(0, start - 14), start) or _COUNTED.match(text, end)):
        return False
    return not (name == "duration" and _AGE.match(text, end))
