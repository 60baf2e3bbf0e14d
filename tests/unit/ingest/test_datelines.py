"""The date of a dateline, which is the publish date where nothing better is there."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.datelines import dateline_date
from services.ingest.dates import published
from tests.unit.ingest.test_build import TODAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SARMADA, November 21, 2024 (Orontes Post) - The talks have been postponed.", "2024-11-21"),
        ("Talks postponed\n\nSARMADA, Nov. 21, 2024 (Orontes Post) — The talks have been postponed.", "2024-11-21"),
        ("IDLIB, Syria, Nov. 21, 2024 (AP) — Twelve people were killed.", "2024-11-21"),
        ("Nairobi – 14 June 2023 – Floods have cut the road.", "2023-06-14"),
        ("GOMA, DR Congo, 5 Feb 2024 -- The army left.", "2024-02-05"),
        ("Port-au-Prince, 3rd March 2024: Gunmen freed the prisoners.", "2024-03-03"),
        ("KYIV (Ukraine), 2024-11-02 — Drones fell.", "2024-11-02"),
        ("Geneva/Khartoum, Tuesday, 5 March 2024 - The agency said so.", "2024-03-05"),
        ("BEIRUT, Sept. 30, 2024 (Reuters) - The minister resigned.", "2024-09-30"),
    ],
)
def test_dateline_tells_the_day(text: str, day: str) -> None:
    written = dateline_date(text)
    assert written is not None
    assert published(written, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "The pact of 3 March 2024 - the second - has failed.",
        "On 3 March 2024 - a Sunday - they came.",
        "Since Monday, 3 March 2024 - a holiday - they wait.",
        "Updated, 3 March 2024 - a holiday - they wait.",
        "Nelson Mandela (18 July 1918 – 5 December 2013) was a president.",
        "Jimmy Carter, October 1, 1924 – December 29, 2024",
        "Battle of Aleppo, 27 November 2024 – 1 December 2024",
        "Rukban Camp, 3 May 2019 (AP Photo) - file",
        "KABUL, Aug. 15 (Xinhua) -- The city fell.",
        "SARMADA, November 21, 2024, was quiet.",
        "The army said that in SARMADA, November 21, 2024 - a Thursday - nothing happened.",
        "November 21, 2024 - The talks have been postponed.",
        "x" * 700 + "\nSARMADA, November 21, 2024 - The talks have been postponed.",
        "",
    ],
)
def test_what_is_no_dateline_tells_nothing(text: str) -> None:
    assert dateline_date(text) is None


@given(st.text(max_size=700))
def test_any_text_is_read(text: str) -> None:
    dateline_date(text)


@pytest.mark.parametrize(
    "text", ["A" * 600, "A " * 300, "A, " * 200, "A/" * 300, ("Aa de " * 100), "A" + "-" * 599, "\n" * 600]
)
def test_time_is_bounded(text: str) -> None:
    began = time.process_time()
    dateline_date(text)
    assert time.process_time() - began < 1
