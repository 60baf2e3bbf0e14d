"""What stands before the first sentence of a paragraph and is no part of it: a dateline, the stamp of a post."""

import re
from bisect import bisect_right
from functools import lru_cache

_NAME = r"[A-Z\u00c0-\u00de][\w'\u2019.-]*(?: (?:(?:of|the|de|la|el|al|and|du|des) )?[A-Z\u00c0-\u00de][\w'\u2019.-]*){0,3}"
_SHOUTED = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'\u2019.-]+(?: [A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'\u2019.-]+){0,3}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:(?:[A-Z][a-z]+day,? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)"
_SOURCE = r" ?[(\[][A-Z\u00c0-\u00de][^()\[\]\n]{1,40}[)\]]"
_DASH = r"(?: ?[\u2014\u2013] ?| -{1,2} )"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?(?:[A-Z]{2,4}|local time|hrs?))?"
_LEAD = re.compile(
    rf"(?:{_SHOUTED}(?:[,/] ?{_NAME}){{0,2}}(?:,? {_DATE})?(?:{_SOURCE})?|{_NAME}(?:, ?{_NAME}){{0,2}}(?:,? {_DATE}(?:{_SOURCE})?|{_SOURCE}))"
    rf"(?:{_DASH}|: )|{_DATE}{_SOURCE}{_DASH}|(?:{_DATE},? )?{_CLOCK}(?:{_DASH}|: | ?\| ?)",
)
_LINE = re.compile(r"^[ \t\u2022*-]*", re.MULTILINE)


@lru_cache(maxsize=8)
def leads(text: str) -> tuple[tuple[int, int], ...]:
    """Return where datelines and stamps stand in a text, each with the dash behind it."""
    starts = (line.end() for line in _LINE.finditer(text))
    return tuple((match.start(), match.end()) for start in starts if (match := _LEAD.match(text, start)) is not None)


def behind_lead(text: str, at: int) -> int:
    """Return where the sentence begins that an offset in a dateline or stamp stands before; else the offset itself."""
    found = leads(text)
    index = bisect_right(found, (at, len(text))) - 1
    return found[index][1] if index >= 0 and at < found[index][1] else at
