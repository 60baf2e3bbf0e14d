"""Numbers written in a text, in digits and words, as ranges: "twenty-six", "half a million", "20-30", "between 20 and 30", "one in four"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.enrich.language.numerals import FRACTIONS, NUMBERS, SCALES
from services.enrich.language.tables import alternatives

_DIGITS = (  # grouped by commas, full stops or spaces; with a decimal comma before a scale; with a decimal point
    r"\d{1,3}(?:,\d{2,3})*,\d{3}|[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])|\d{1,3}(?: \d{3})+(?!\d)|\d+,\d{1,2}(?= (?:million|billion)\b)|\d+(?:\.\d+)?"
)
_SHORT = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion"}
"""Letters behind a number that stand for its scale, before a noun in the plural: "1.5m people", and not "300m from the gate"."""


_WORD = alternatives(word for word in NUMBERS if word not in {"a", "an", "couple", "dozen", "hundred"})
_SCALE = alternatives(SCALES)
_CARDINAL = (  # atomic: "twenty-six" is never twenty to six
    rf"(?>\d+(?:\.\d+)?(?:k|mn?|bn)(?= (?:[a-z]+ )?(?:people|[a-z]{{3,}}s)\b)"
    rf"|half an? (?:{_SCALE}|dozen)\b"
    rf"|(?:an?|half an?|{_WORD}|\d+) (?:{_SCALE}) and a half\b"
    rf"|(?:{_WORD}|\d+|an?) and a half (?:{_SCALE}|dozen)\b"
    rf"|(?:an?|one|three) quarters? of a (?:{_SCALE})\b"
    rf"|(?:an?|{_WORD}) score(?= of [a-z]| [a-z]{{3,}}s\b)"
    rf"|(?:{_DIGITS})(?:[- ]?(?:{_SCALE})\b)?"
    rf"|(?:{_WORD}|an?)[- ](?:dozen|{_SCALE})\b(?:[- ](?:and[- ])?(?:{_WORD}|{_SCALE})\b){{0,6}}"
    rf"|(?:{_WORD})\b(?:[- ](?:and[- ])?(?:{_WORD}|dozen|{_SCALE})\b){{0,6}})"
)
_COUNT = re.compile(
    rf"(?<![\w.,:/$€£#-])(?:(?P<first>{_CARDINAL})(?:(?P<in> in | out of (?:every )?)|(?P<to> ?[-\u2013] ?|[- ](?:to|or)[- ]))(?P<second>{_CARDINAL})"
    rf"|between (?P<low>{_CARDINAL}) and (?P<high>{_CARDINAL})"
    rf"|(?P<alone>{_CARDINAL})(?:[- ](?P<part>{alternatives(FRACTIONS)})\b(?= of\b))?)"
    rf"(?P<more> or more)?(?![\w%]|[.,/:-]\d|-[a-z]|[- ]?(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)


SETS = {"dozen": 12, "score": 20}


@dataclass(frozen=True)
class Count:
    """A number in a text: its span, its bounds (null is open), and whether it is a fraction of 1."""

    start: int
    end: int
    low: float
    high: float | None
    share: bool = False


def counts(text: str) -> Iterator[Count]:
    """Yield the numbers of a text in order. Linear in the text."""
    for match in _COUNT.finditer(text):
        count = _count(match)
        if count is not None:
            yield count


def _count(match: re.Match[str]) -> Count | None:
    start, end = match.span()
    if match["alone"] is not None:
        value = cardinal(match["alone"])
        if value is not None and match["part"] is not None:  # "two-thirds of"
            return _share(start, end, value * FRACTIONS[match["part"].lower()])
        return None if value is None else Count(start, end, value, None if match["more"] else value)
    first, second = match["first"] or match["low"], match["second"] or match["high"]
    low, high = cardinal(first), cardinal(second)
    if low is None or not high:
        return None
    if match["in"] is not None:  # "one in four"
        return _share(start, end, low / high)
    low = _in_the_scale_of(second, first, low)
    return Count(start, end, low, None if match["more"] else high) if low < high else None


def _share(start: int, end: int, share: float) -> Count | None:
    return Count(start, end, round(share, 4), round(share, 4), share=True) if 0 < share <= 1 else None


def _in_the_scale_of(second: str, first: str, low: float) -> float:
    """Return the lower end of a range, in the scale that stands behind the upper one alone: "three to four million"."""
    scale = re.search(rf"\b({_SCALE})\Z", second, re.IGNORECASE)
    if scale is None or re.search(rf"\b(?:{_SCALE})\b", first, re.IGNORECASE):
        return low
    return low * SCALES[scale[1].lower()]


def cardinal(text: str) -> float | None:
    """Return what a number in digits or words is worth, or None where it is none: "one hundred and twenty", "1,00,000", "half a million"."""
    text = text.lower()
    return _cardinal(text) if (special := _special(text)) is None else special[0]


def _special(text: str) -> tuple[float | None] | None:
    """Return what a number with a half, a quarter or a short scale is worth, in a tuple; None where it is none of these."""
    if (half := re.fullmatch(r"(.+?) and a half(?: (\w+))?", text)) is not None:
        return (_and_a_half(half[1], half[2]),)
    if (quarter := re.fullmatch(r"(an?|one|three) quarters? of a (\w+)", text)) is not None:
        return (SCALES[quarter[2]] * (3 if quarter[1] == "three" else 1) // 4,)
    if (short := re.fullmatch(r"([\d.]+)(k|mn?|bn)", text)) is not None:
        return (_cardinal(f"{short[1]} {_SHORT[short[2]]}"),)
    return None


def _cardinal(text: str) -> float | None:
    words = re.findall(r"[\d.,]+(?: \d{3})*|[a-z]+", text)
    total, current = 0.0, 0.0
    named = False
    for word in words:
        if word[0].isdigit():
            value = _digits(word)
            if value is None or named:
                return None
            current, named = value, True
        elif word in {"a", "an", "and"}:
            continue
        elif word == "half":
            current, named = 0.5, True
        elif word in SCALES or word in SETS:
            size = SCALES.get(word) or SETS[word]
            current = (current if named else 1) * size
            if size > 100:  # "two thousand three hundred"
                total, current, named = total + current, 0.0, False
            else:
                named = True
        elif word in NUMBERS:
            current, named = current + NUMBERS[word], True
        else:
            return None
    value = round(total + current, 4)
    if not value and words != ["zero"]:
        return None
    return int(value) if value == int(value) else value


def _and_a_half(text: str, scale: str | None) -> float | None:
    """Return the value of "two and a half million", and of "a million and a half"."""
    size = SETS.get(scale or "") or SCALES.get(scale or "")
    if size is not None:
        value = 1.0 if text in {"a", "an"} else cardinal(text)
        return None if value is None else int((value + 0.5) * size)
    value = cardinal(text)
    return None if value is None else int(value + SCALES.get(text.rsplit(maxsplit=1)[-1], 0) / 2)


def _digits(text: str) -> float | None:
    """Return the value of digits, grouped by commas, full stops or spaces."""
    plain = re.sub(r",(?=\d{1,2}\Z)", ".", text).replace(",", "").replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if value < 1e15 else None
