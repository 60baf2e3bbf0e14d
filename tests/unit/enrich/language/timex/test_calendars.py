"""Calendar arithmetic and holidays, against dates that calendars of the world have printed."""

from datetime import date

import pytest

from services.enrich.language.tables import rows
from services.enrich.language.timex.calendars import around, gregorian, holidays, moved, nth_weekday, season, year_of


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("christmas", 2024, "2024-12-25", "2024-12-25"),
        ("easter", 2024, "2024-03-31", "2024-03-31"),
        ("good_friday", 2024, "2024-03-29", "2024-03-29"),
        ("orthodox_easter", 2024, "2024-05-05", "2024-05-05"),
        ("thanksgiving", 2024, "2024-11-28", "2024-11-28"),
        ("black_friday", 2024, "2024-11-29", "2024-11-29"),
        ("memorial_day", 2024, "2024-05-27", "2024-05-27"),
        ("us_election_day", 2024, "2024-11-05", "2024-11-05"),
        ("us_election_day", 2025, "2025-11-04", "2025-11-04"),
        ("us_inauguration_day", 2021, "2021-01-20", "2021-01-20"),
        ("remembrance_sunday", 2024, "2024-11-10", "2024-11-10"),
        ("orthodox_palm_sunday", 2024, "2024-04-28", "2024-04-28"),
        ("ramadan", 2023, "2023-03-23", "2023-04-21"),
        ("eid_al_fitr", 2024, "2024-04-10", "2024-04-10"),
        ("eid_al_adha", 2023, "2023-06-28", "2023-06-28"),
        ("ashura", 2024, "2024-07-16", "2024-07-16"),
        ("nowruz", 2024, "2024-03-20", "2024-03-20"),
        ("yom_kippur", 2023, "2023-09-25", "2023-09-25"),
        ("rosh_hashanah", 2024, "2024-10-03", "2024-10-04"),
        ("passover", 2024, "2024-04-23", "2024-04-29"),
        ("purim", 2024, "2024-03-24", "2024-03-24"),
        ("purim", 2023, "2023-03-07", "2023-03-07"),
        ("hanukkah", 2023, "2023-12-08", "2023-12-15"),
        ("simchat_torah", 2023, "2023-10-07", "2023-10-07"),
    ],
)
def test_holiday(name: str, year: int, first: str, last: str) -> None:
    assert (date.fromisoformat(first), date.fromisoformat(last)) in holidays(name, year)


def test_every_holiday_has_a_rule_that_gives_days_near_today() -> None:
    for row in rows("timex/holidays.tsv"):
        assert any(holidays(row["name"], year) for year in (2023, 2024, 2025)), row["name"]


def test_holiday_outside_of_its_calendar_is_never() -> None:
    assert holidays("us_inauguration_day", 2024) == ()
    assert holidays("eid_al_fitr", 1500) == ()
    assert len(holidays("eid_al_fitr", 2000)) == 2


def test_days_of_other_calendars() -> None:
    assert gregorian("hijri", 1445, 9, 15) == (date(2024, 3, 25), date(2024, 3, 25))
    assert gregorian("hijri", 1445, 9, None) == (date(2024, 3, 11), date(2024, 4, 9))
    assert gregorian("persian", 1403, 1, 1) == (date(2024, 3, 20), date(2024, 3, 20))
    assert gregorian("persian", 1403, 12, None) == (date(2025, 2, 19), date(2025, 3, 20))
    assert gregorian("persian", 1402, 12, None)[1] == date(2024, 3, 19)
    assert (year_of("hijri", date(2024, 3, 25)), year_of("persian", date(2024, 3, 25))) == (1445, 1403)
    with pytest.raises(ValueError, match=r"."):
        gregorian("hijri", 1, 1, 1)
    with pytest.raises(ValueError, match=r"."):
        gregorian("persian", 1403, 7, 31)


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("day", "2024-11-30", "2024-11-30"), ("hour", "2024-11-30", "2024-11-30"), ("week", "2024-11-25", "2024-12-01"),
        ("weekend", "2024-11-30", "2024-12-01"), ("month", "2024-11-01", "2024-11-30"), ("quarter", "2024-10-01", "2024-12-31"),
        ("year", "2024-01-01", "2024-12-31"), ("decade", "2020-01-01", "2029-12-31"), ("century", "2000-01-01", "2099-12-31"),
    ],
)  # fmt: skip
def test_unit_around_a_day(unit: str, first: str, last: str) -> None:
    assert around(unit, date(2024, 11, 30)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_moved_by_units() -> None:
    day = date(2024, 3, 31)
    assert moved(day, "month", -1) == date(2024, 2, 29)
    assert moved(day, "fortnight", 1) == date(2024, 4, 14)
    assert moved(day, "hour", 72) == date(2024, 4, 3)
    assert moved(day, "century", -1) == date(1924, 3, 31)
    assert moved(day, "year", 0.5) == date(2024, 9, 30)
    with pytest.raises((ValueError, OverflowError)):
        moved(date(1, 1, 1), "year", -1)


def test_weekdays_of_an_interval() -> None:
    october = (date(2023, 10, 1), date(2023, 10, 31))
    assert nth_weekday(2, 6, october) == date(2023, 10, 8)
    assert nth_weekday(-1, 4, october) == date(2023, 10, 27)
    with pytest.raises(ValueError, match="no such weekday"):
        nth_weekday(5, 4, october)


def test_seasons_are_turned_in_the_south() -> None:
    assert season("WI", 2023, south=False) == (date(2023, 12, 1), date(2024, 2, 29))
    assert season("WI", 2023, south=True) == (date(2023, 6, 1), date(2023, 8, 31))
    assert season("SU", 2023, south=True) == (date(2023, 12, 1), date(2024, 2, 29))
