"""On which day a part of a text was written: its publish date, its dateline, or the stamp of its post in a live blog."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from services.enrich.language.timex.calendars import DAY
from services.enrich.language.timex.grammar import Found
from services.enrich.language.timex.meaning import ON_A_DAY, Meaning

OLDEST = timedelta(days=31)
"""How long before the publish date a dateline may be; what is older is a date of something else."""

_NAME = r"[A-Z\u00c0-\u00de][\w'\u2019.-]{0,30}(?: (?:(?:of|the|de|la|el|al|and|du|des) )?[A-Z\u00c0-\u00de][\w'\u2019.-]{0,30}){0,4}"
_BEFORE_DATE = re.compile(rf"\n?{_NAME}(?:(?:, ?|/| ?\(){_NAME}\)?){{0,2}}(?:, ?| ?[\u2013\u2014-] ?)(?:[A-Z]\w+, )?")
_AFTER_DATE = re.compile(
    r"(?: ?[(\[][^()\[\]\n]{2,40}[)\]])?(?: ?[\u2013\u2014]| ?--| -\s|:\s)\s*[\"\u201c\u2018]?[A-Z\u00c0-\u00de]"
)
DAY_HEADINGS = frozenset({"date", "weekday", "day_word"})
"""Categories of the headings of a diary."""

DAY_MINUTES = 24 * 60
_NEAR_START = 80
_SIGNS = " \t:,.|*-\u2013\u2014[](){}\u2022"


class Posts:
    """The posts of a live blog, a chat or a diary: which expressions are their stamps, and on which day each was written.

    A stamp is a clock time with which a line begins, be it after words such as "published at", or a day that has its line to itself. A
    clock time without a day is on that of the stamp before it. Stamps may run backwards, newest first, and pass midnight.
    """

    def __init__(self, text: str, expressions: Sequence[Found], words: frozenset[str], published: date | None) -> None:
        self._text, self._words, self._published, self._written = text, words, published, published
        stamps = [(found, _minutes(found)) for found in expressions if self.begins(found)]
        bare = [minutes for _, minutes in stamps if minutes is not None]
        falls = sum(later < earlier for earlier, later in pairwise(bare))
        ahead = sum((later - earlier) % DAY_MINUTES for earlier, later in pairwise(bare))
        back = sum((earlier - later) % DAY_MINUTES for earlier, later in pairwise(bare))
        self._backwards = back <= ahead  # whichever way takes less time
        self._is_diary = sum(found.category in DAY_HEADINGS for found, _ in stamps) > 1
        if published is not None and not self._backwards and len(bare) == len(stamps):
            self._written = published - falls * DAY  # the last post is of the publish date
        self._last: int | None = None

    def begins(self, found: Found) -> bool:
        """Return whether an expression is the stamp of a post, or may be: a day that has its line to itself."""
        line = self._text.rfind("\n", 0, found.start) + 1
        if found.start - line > _NEAR_START:
            return False
        before = self._text[line : found.start].strip(_SIGNS).lower()
        if before and before not in self._words:
            return False
        if found.category == "clock":
            return True
        end = self._text.find("\n", found.end)
        rest = self._text[found.end : end if end >= 0 else len(self._text)].strip(_SIGNS)
        return not rest and end >= 0

    def day(self, found: Found, meaning: Meaning) -> date | None:
        """Return the day of the post that a stamp begins; `meaning` is that of the stamp, read by the publish date."""
        minutes = _minutes(found)
        if minutes is None:
            self._last = None
            day = meaning.latest if meaning.granularity in ON_A_DAY else None
            says_when = day is not None and (found.category == "clock" or self._is_diary or self._is_near(day))
            self._written = day if says_when else self._published
            return self._written
        if self._last is not None and self._written is not None:
            if self._backwards and minutes > self._last:
                self._written -= DAY
            elif not self._backwards and minutes < self._last:
                self._written += DAY
        self._last = minutes
        return self._written

    def _is_near(self, day: date) -> bool:
        """Return whether a day is shortly before the publish date: a lone old date is that of something else."""
        return self._published is None or timedelta() <= self._published - day <= OLDEST


def _minutes(found: Found) -> int | None:
    """Return the minutes since midnight of a stamp without a day."""
    if found.term.kind != "clock":
        return None
    hour, minute = found.term.slots.get("hour"), found.term.slots.get("minute", 0)
    half = str(found.term.slots.get("half", ""))[:1]
    if not isinstance(hour, int | float) or not isinstance(minute, int | float):
        return None
    return int(hour % 12 + 12 if half == "p" else hour % 12 if half == "a" else hour) * 60 + int(minute)


def dateline(text: str, found: Found, meaning: Meaning, published: date | None) -> date | None:
    """Return the day of a dateline with which a text begins, "SARMADA, November 21, 2024 (Orontes Post) -"; None for any other date."""
    if meaning.granularity != "day" or found.start > 2 * _NEAR_START:
        return None
    line = text.rfind("\n", 0, found.start)
    before = text[max(line, 0) : found.start]
    if not _BEFORE_DATE.fullmatch(before) or not _AFTER_DATE.match(text, found.end):
        return None
    day = meaning.earliest
    if day is None or (published is not None and not timedelta() <= published - day <= OLDEST):
        return None
    return day
