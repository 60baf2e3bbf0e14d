"""The date of a dateline, with which a wire report begins: "SARMADA, November 21, 2024 (Orontes Post) -"."""

import re

FARTHEST = 600
"""Characters from the beginning within which a dateline stands: behind a title and a byline at most."""

# Only a date with its year is read: what is left out is found by the publish date, which is what is looked for here.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b\.?"
)
_DATE = rf"(?:(?i:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? (?i:{_MONTH}),? \d{{4}}|\d{{4}}-\d\d-\d\d)"
_NAME = r"[A-Z\u00c0-\u00de][\w'\u2019.-]{0,30}(?: (?:(?:of|the|de|la|el|al|and|du|des) )?[A-Z\u00c0-\u00de][\w'\u2019.-]{0,30}){0,4}"
_NO_PLACE = (
    r"(?:On|In|At|By|Since|From|Until|After|Before|As|For|The|An?|It|He|She|They|We|But|And|This|That|Updated|Published|Posted|Date"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_DATELINE = re.compile(
    rf"(?:\A|\n)[ \t]*(?!(?i:{_MONTH}) \d|{_NO_PLACE}\b){_NAME}(?:(?:, ?|/| ?\(){_NAME}\)?){{0,2}}(?:, ?| ?[\u2013\u2014-] ?)"
    rf"(?:[A-Z][a-z]+, )?(?P<date>{_DATE})(?: ?[(\[][^()\[\]\n]{{2,40}}[)\]])?(?: ?[\u2013\u2014]| ?--| -\s|:\s)\s*(?!(?i:{_MONTH}) \d)[\"\u201c\u2018]?[A-Z\u00c0-\u00de]"
)


def dateline_date(text: str) -> str | None:
    """Return the date of the dateline of a text as it is written there, or None where it has none with a year."""
    match = _DATELINE.search(text, 0, FARTHEST)
    return None if match is None else match["date"].replace(".", "")
