"""What an expression means: TIMEX3 value and inclusive interval, on a publish date and with the tense of its clause."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from services.enrich.language.numerals import number
from services.enrich.language.timex.clock import CLOCK_RULES
from services.enrich.language.timex.grammar import Found
from services.enrich.language.timex.meaning import DAY, Context, Granularity, Meaning, one, published_on, span
from services.enrich.language.timex.words import MONTHS, PARTS, SEASONS, UNITS, WEEKDAYS

SOON_DAYS = 30


def resolve(found: Found, context: Context) -> Meaning:
    """Return the meaning of an expression; one that names no day of the calendar has no interval."""
    try:
        meaning = _RULES[found.rule](found.parts, context)
    except (ValueError, OverflowError):
        return Meaning("date")
    if meaning.earliest is not None and meaning.latest is not None and meaning.latest < meaning.earliest:
        return Meaning("date")  # "19 to 2 June" is no interval
    return meaning


def _iso(parts: dict[str, str], _: Context) -> Meaning:
    return one(date(int(parts["year"]), int(parts["m"]), int(parts["day"])))


def _month_number(parts: dict[str, str]) -> int:
    return MONTHS[parts["month"].rstrip(".").lower()]


def _nearest_year(month: int, day: int, context: Context) -> int:
    """Return the year in which a day without one lies: the last such day, or the next one in the future tense."""
    if context.published is None:
        raise ValueError("no publish date to hang it on")
    published = context.published
    this = (month, day) <= (published.month, published.day)
    if context.tense == "past":
        return published.year if this else published.year - 1
    return published.year if not this or (month, day) == (published.month, published.day) else published.year + 1


def _is_soon(published: date, month: int, day: int) -> bool:
    """Return whether a day is so near that last year's would be called so: "unless they leave by January 31"."""
    try:
        return 0 < (date(published.year, month, day) - published).days <= SOON_DAYS
    except ValueError:
        return False


def _day(parts: dict[str, str], context: Context) -> Meaning:
    month, day = _month_number(parts), int(parts["day"])
    if "year" in parts:
        return one(date(int(parts["year"]), month, day))
    soon = context.published is not None and _is_soon(context.published, month, day)
    year = context.published.year if soon and context.published is not None else _nearest_year(month, day, context)
    return one(date(year, month, day), anchor="published")


def _day_range(parts: dict[str, str], context: Context) -> Meaning:
    month, first, last = _month_number(parts), int(parts["day"]), int(parts["day2"])
    given = "year" in parts
    year = int(parts["year"]) if given else _nearest_year(month, first, context)
    begin, end = date(year, month, first), date(year, month, last)
    value = f"{begin}/{end}"
    return span(begin, end, value, "range", anchor="none" if given else "published")


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _third(earliest: date, latest: date, third: str) -> tuple[date, date]:
    """Return the first, second or last third of an interval of a month or more."""
    months = (latest.year - earliest.year) * 12 + latest.month - earliest.month + 1
    which = {"early": 0, "beginning of": 0, "start of": 0, "mid": 1, "middle of": 1, "late": 2, "end of": 2}[third.lower()]
    if months == 1:
        begin = (1, 11, 21)[which]
        return date(earliest.year, earliest.month, begin), (latest if which == 2 else earliest.replace(day=begin + 9))
    size = months // 3
    first = earliest.month - 1 + which * size
    begin_year, begin_month = earliest.year + first // 12, first % 12 + 1
    last = first + size - 1
    end = latest if which == 2 else _last_day(earliest.year + last // 12, last % 12 + 1)
    return date(begin_year, begin_month, 1), end


def _month(parts: dict[str, str], context: Context) -> Meaning:
    month = _month_number(parts)
    anchor = "none" if "year" in parts else "published"
    deictic = parts.get("deictic", "").strip().lower()
    if "year" in parts:
        year = int(parts["year"])
    elif context.published is not None and deictic == "last":
        year = context.published.year - (month >= context.published.month)
    elif context.published is not None and deictic == "next":
        year = context.published.year + (month <= context.published.month)
    else:
        year = _nearest_year(month, 1, context)
    begin, end = date(year, month, 1), _last_day(year, month)
    if "third" in parts:
        return span(*_third(begin, end, parts["third"]), f"{year:04}-{month:02}", "part_of_month", anchor=anchor)
    return span(begin, end, f"{year:04}-{month:02}", "month", anchor=anchor)


def _year(parts: dict[str, str], _: Context) -> Meaning:
    year = int(parts["year"])
    begin, end = date(year, 1, 1), date(year, 12, 31)
    if "third" in parts:
        return span(*_third(begin, end, parts["third"]), str(year), "range")
    return span(begin, end, str(year), "year")


def _years(parts: dict[str, str], _: Context) -> Meaning:
    first, last = parts["year"], parts["year2"]
    end = int(last) if len(last) == 4 else int(first[:2] + last)
    if end <= int(first):
        raise ValueError("no range")
    return span(date(int(first), 1, 1), date(end, 12, 31), f"{first}/{end}", "range")


def _decade(parts: dict[str, str], _: Context) -> Meaning:
    first = int(parts["decade"])
    begin, end = date(first, 1, 1), date(first + 9, 12, 31)
    if "third" in parts:
        return span(*_third(begin, end, parts["third"]), f"{first // 10}", "range")
    return span(begin, end, f"{first // 10}", "decade")


def _season(parts: dict[str, str], context: Context) -> Meaning:
    name = (parts.get("season") or parts["season2"]).lower()
    first, last = SEASONS[name]

    def ends(year: int) -> date:
        return _last_day(year + (last < first), last)

    if "year" in parts:
        year, anchor = int(parts["year"]), "none"
    else:
        published, anchor = published_on(context), "published"
        years = range(published.year - 2, published.year + 3)
        match parts["deictic"].lower():
            case "last":
                year = max(y for y in years if ends(y) < published)
            case "next":
                year = min(y for y in years if date(y, first, 1) > published)
            case _:
                year = min(y for y in years if ends(y) >= published)
    end_year = year + 1 if last < first else year
    value = f"{year:04}-{'WI' if name == 'winter' else {'spring': 'SP', 'summer': 'SU'}.get(name, 'FA')}"
    return span(date(year, first, 1), _last_day(end_year, last), value, "season", anchor=anchor)


def _of_day(day: date, part: str | None) -> Meaning:
    """Return a day, or a part of it."""
    if part is None:
        return one(day, anchor="published")
    value = f"{day.isoformat()}T{PARTS[part.lower()]}"
    return Meaning("time", value, day, day, "part_of_day", "published")


def _weekday(parts: dict[str, str], context: Context) -> Meaning:
    published = published_on(context)
    back = (published.weekday() - WEEKDAYS[parts["weekday"].lower()]) % 7
    deictic = parts.get("deictic", "").strip().lower()
    if deictic in {"next", "this coming"}:
        day = published + timedelta(days=(7 - back) or 7)
    elif deictic == "last":
        day = published - timedelta(days=back or 7)
    elif context.tense == "future" and back:
        day = published + timedelta(days=7 - back)
    else:
        day = published - timedelta(days=back)
    return _of_day(day, parts.get("part"))


def _today(parts: dict[str, str], context: Context) -> Meaning:
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1}[parts["word"].lower()]
    return _of_day(published_on(context) + timedelta(days=shift), parts.get("part"))


def _tonight(_: dict[str, str], context: Context) -> Meaning:
    published = published_on(context)
    return Meaning("time", f"{published}TNI", published - DAY, published, "part_of_day", "published")


def _part(parts: dict[str, str], context: Context) -> Meaning:
    published = published_on(context)
    last = parts["deictic"].lower() == "last"
    return _of_day(published - DAY if last else published, parts["part"])


def _calendarspan(name: str, day: date) -> tuple[date, date, str, Granularity]:
    """Return the week, weekend, month … that a day lies in."""
    if name == "week":
        begin = day - timedelta(days=day.weekday())
        year, week, _ = begin.isocalendar()
        return begin, begin + timedelta(days=6), f"{year:04}-W{week:02}", "week"
    if name == "weekend":
        begin = day - timedelta(days=day.weekday()) + timedelta(days=5)
        year, week, _ = begin.isocalendar()
        return begin, begin + DAY, f"{year:04}-W{week:02}-WE", "range"
    if name == "month":
        return day.replace(day=1), _last_day(day.year, day.month), f"{day.year:04}-{day.month:02}", "month"
    if name == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31), f"{day.year:04}", "year"
    size = {"decade": 10, "century": 100}[name]
    first = day.year - day.year % size
    return date(first, 1, 1), date(first + size - 1, 12, 31), str(first // size), "decade" if size == 10 else "century"


def _shift(day: date, unit: str, count: int) -> date:
    """Return a day `count` units away; the end of a month where it has no such day."""
    if unit in {"hour", "minute"}:
        hours = count if unit == "hour" else count / 60
        return day + timedelta(days=round(hours / 24))
    if unit in {"day", "night"}:
        return day + timedelta(days=count)
    if unit in {"week", "weekend", "fortnight"}:
        return day + timedelta(weeks=count * (2 if unit == "fortnight" else 1))
    months = count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _calendar(parts: dict[str, str], context: Context) -> Meaning:
    published, name = published_on(context), parts["calendar"].lower()
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(parts["deictic"].lower(), 0)
    if parts["deictic"].lower() == "past" and name != "weekend":
        return _back(published, name, 1, f"P1{UNITS.get(name, 'Y')}")
    begin, end, value, granularity = _calendarspan(name, _shift(published, name, shift))
    if "third" in parts and name in {"month", "year", "decade"}:
        begin, end = _third(begin, end, parts["third"])
        granularity = "part_of_month" if name == "month" else "range"
    return span(begin, end, value, granularity, anchor="published")


def _within(parts: dict[str, str], context: Context) -> Meaning:
    published = published_on(context)
    begin, end, value, _ = _calendarspan(parts["calendar"].lower(), published)
    if parts["third"].lower() == "earlier":
        return span(begin, max(begin, published - DAY), value, "range", anchor="published")
    return span(min(end, published + DAY), end, value, "range", anchor="published")


def _back(published: date, unit: str, count: int, value: str) -> Meaning:
    return span(_shift(published, unit, -count), published, value, "range", anchor="published")


def _past(parts: dict[str, str], context: Context) -> Meaning:
    published, unit = published_on(context), parts["unit"].lower()
    forward = parts["deictic"].lower() in {"next", "coming"}
    count = number(parts["number2"]) if "number2" in parts else None if "vague" in parts else 1
    if count is None:
        open_ = {"earliest": published, "latest": None} if forward else {"earliest": None, "latest": published}
        return Meaning("date", f"PX{UNITS[unit]}", granularity="range", anchor="published", approximate=True, **open_)
    value = _duration_value(unit, count)
    if forward:
        return span(published, _shift(published, unit, count), value, "range", anchor="published")
    return _back(published, unit, count, value)


def _recent(parts: dict[str, str], context: Context) -> Meaning:
    latest = published_on(context)
    return Meaning("date", f"PX{UNITS[parts['unit'].lower()]}", None, latest, "range", "published", approximate=True)


def _duration_value(unit: str, count: int) -> str:
    factor = {"decade": 10, "century": 100, "fortnight": 2}.get(unit, 1)
    time = "T" if unit in {"hour", "minute"} else ""
    return f"P{time}{count * factor}{UNITS[unit]}"


def _ago(parts: dict[str, str], context: Context) -> Meaning:
    published, unit = published_on(context), parts["unit"].lower()
    count = number(parts["number"]) or 1
    day = _shift(published, unit, -count)
    about = "about" in parts
    if unit in {"hour", "minute", "day", "night"}:
        return one(day, anchor="published", approximate=about)
    name = {"fortnight": "week", "decade": "year", "century": "year"}.get(unit, unit)
    begin, end, value, granularity = _calendarspan(name, day)
    return span(begin, end, value, granularity, anchor="published", approximate=about)


def _shifted(parts: dict[str, str], context: Context) -> Meaning:
    """Return a date that hangs on the one before it in the text, at the granularity of its unit."""
    unit, count = parts["unit"].lower(), number(parts["number"]) or 1
    base = context.previous
    if base is None or base.earliest is None:
        return Meaning("duration", _duration_value(unit, count))
    back = parts["direction"].lower() in {"earlier", "before"}
    day = _shift(base.earliest, unit, -count if back else count)
    if unit in {"hour", "minute", "day", "night"}:
        return one(day, anchor="text")
    name = {"fortnight": "week", "decade": "year", "century": "year"}.get(unit, unit)
    return span(*_calendarspan(name, day), anchor="text")


def _duration(parts: dict[str, str], _: Context) -> Meaning:
    return Meaning("duration", _duration_value(parts["unit"].lower(), number(parts["number"]) or 1))


def _between(parts: dict[str, str], context: Context) -> Meaning:
    month, month2 = _month_number(parts), MONTHS[parts["month2"].rstrip(".").lower()]
    day, day2 = int(parts["day"]), int(parts["day2"])
    year2 = (
        int(parts["year2"])
        if "year2" in parts
        else int(parts["year"])
        if "year" in parts
        else _nearest_year(month2, day2, context)
    )
    year = int(parts["year"]) if "year" in parts else year2 - ((month, day) > (month2, day2))
    begin, end = date(year, month, day), date(year2, month2, day2)
    return span(begin, end, f"{begin}/{end}", "range", anchor="none" if "year" in parts or "year2" in parts else "published")


def _week_to(parts: dict[str, str], context: Context) -> Meaning:
    month = MONTHS[(parts.get("month") or parts["month_"]).rstrip(".").lower()]
    day = int(parts.get("day") or parts["day_"])
    end = date(_nearest_year(month, day, context), month, day)
    return span(end - 6 * DAY, end, f"{end - 6 * DAY}/{end}", "range", anchor="published")


def _same(parts: dict[str, str], context: Context) -> Meaning:
    """Return the day, week, month or year of the date before it in the text."""
    base = context.previous
    if base is None or base.earliest is None:
        raise ValueError("no date before it to hang it on")
    name = parts["same"].lower()
    if name in PARTS:
        return Meaning("time", f"{base.earliest}T{PARTS[name]}", base.earliest, base.earliest, "part_of_day", "text")
    if name == "day":
        return one(base.earliest, anchor="text")
    return span(*_calendarspan(name, base.earliest), anchor="text")


def _long(parts: dict[str, str], _: Context) -> Meaning:
    return Meaning("duration", _duration_value(parts["unit"].lower(), number(parts.get("number", "1")) or 1))


def _set(parts: dict[str, str], _: Context) -> Meaning:
    often = {"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y"}
    if "often" in parts:
        return Meaning("set", often[parts["often"].lower()])
    return Meaning("set", f"P1{UNITS.get(parts.get('unit', 'week').lower(), 'W')}")


_RULES: dict[str, Callable[[dict[str, str], Context], Meaning]] = CLOCK_RULES | {
    "iso": _iso, "day": _day, "day_range": _day_range, "month": _month, "year": _year, "years": _years,
    "decade": _decade, "season": _season, "weekday": _weekday, "today": _today, "tonight": _tonight, "part": _part,
    "calendar": _calendar, "within": _within, "past": _past, "recent": _recent, "ago": _ago, "shifted": _shifted,
    "duration": _duration, "set": _set, "between": _between, "week_to": _week_to, "same": _same, "long": _long,
}  # fmt: skip
