"""Publish dates as they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest import dates

TODAY = date(2024, 12, 1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-11-30", "2024-11-30"),
        ("2024/11/3", "2024-11-03"),
        ("2024-11-30T10:00:00Z", "2024-11-30T10:00:00Z"),
        ("2024-11-30 10:00 +0200", "2024-11-30T10:00:00+02:00"),
        ("2024-11-30T23:30:00-05:00", "2024-11-30T23:30:00-05:00"),
        ("2024-11-30T10:00:00", "2024-11-30"),
        ("Sat, 30 Nov 2024 10:00:00 GMT", "2024-11-30T10:00:00+00:00"),
        ("30 November 2024", "2024-11-30"),
        ("Saturday, November 30, 2024", "2024-11-30"),
        ("Nov. 30, 2024", "2024-11-30"),
        ("30th Nov 2024, 10:15", "2024-11-30"),
        ("30/11/2024", "2024-11-30"),
        ("11/30/2024", "2024-11-30"),
        ("04/04/2024", "2024-04-04"),
        ("03.04.2024", "2024-04-03"),
        (1732960800, "2024-11-30T10:00:00Z"),
        (1732960800000, "2024-11-30T10:00:00Z"),
        ("2024-12-03", "2024-12-03"),
    ],
)
def test_published_reads(written: str | float, expected: str) -> None:
    assert dates.published(written, TODAY) == expected


@pytest.mark.parametrize(
    "written",
    ["03/04/2024", "2024-12-04", "1899-12-31", "2024-02-30", "0000-01-01", "10000-01-01", "yesterday", "", "1732960800",
     True, float("nan"), 10**400, -(10**400), 1e300, "2024-11-30T25:00:00Z", "99 Nov 2024", "12 Foo 2024", "x" * 100],
)  # fmt: skip
def test_published_refuses(written: str | float) -> None:
    assert dates.published(written, TODAY) is None


@given(st.one_of(st.text(max_size=80), st.integers(), st.floats()))
def test_published_never_raises(written: str | float) -> None:
    dates.published(written, TODAY)
