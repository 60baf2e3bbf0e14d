"""Datelines and stamps before a sentence, which are no part of it."""

import time

import pytest

from services.enrich.language.claims.leads import behind_lead, leads


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GENEVA, Nov 29 - Nine people were killed.", "GENEVA, Nov 29 - "),
        ("GOMA, Congo (Reuters) -- Rebels took the airport.", "GOMA, Congo (Reuters) -- "),
        ("GOMA, North Kivu, Congo - Rebels left.", "GOMA, North Kivu, Congo - "),
        ("Goma, Congo (Reuters) \u2014 Rebels took the airport.", "Goma, Congo (Reuters) \u2014 "),
        ("Goma, 12 April \u2014 Rebels took the airport.", "Goma, 12 April \u2014 "),
        ("Goma (AFP) \u2013 Rebels took the airport.", "Goma (AFP) \u2013 "),
        ("PORT-AU-PRINCE, 12 April 2024 \u2013 Nearly", "PORT-AU-PRINCE, 12 April 2024 \u2013 "),
        ("CARACAS/BOGOTA, July 3 (Reuters) - The", "CARACAS/BOGOTA, July 3 (Reuters) - "),
        ("17:05 GMT - The highway is open.", "17:05 GMT - "),
        ("9.30am: The highway is open.", "9.30am: "),
        ("Nov 29, 17:05 | The highway is open.", "Nov 29, 17:05 | "),
        ("* 17:05: The highway is open.", "17:05: "),
        ("Rebels left.\n\nKABUL, Nov 29 - They came back.", "KABUL, Nov 29 - "),
    ],
)
def test_lead(text: str, found: str) -> None:
    assert [text[start:end] for start, end in leads(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Goma \u2014 once a port \u2014 is calm.",
        "Goma: nine people died.",
        "Ana Ruiz: The curfew ended.",
        "the GENEVA, Nov 29 - Nine people were killed.",
        "12:30 on Friday the road was closed.",
        "The army \u2013 which fled \u2013 came back.",
        "Goma (Reuters) reported it.",
        "",
    ],
)
def test_what_is_no_lead(text: str) -> None:
    assert leads(text) == ()


def test_an_offset_in_a_lead_stands_before_the_sentence_behind_it() -> None:
    text = "Rebels left.\nKABUL, Nov 29 - They came back.\nGENEVA, Nov 30 - Talks began."
    first, second = text.index("KABUL"), text.index("GENEVA")
    they, talks = text.index("They"), text.index("Talks")
    assert [behind_lead(text, at) for at in (first, first + 9, they - 1)] == [they] * 3
    assert [behind_lead(text, at) for at in (second, talks - 1)] == [talks] * 2
    for at in (0, first - 1, they, they + 3, second - 1, talks, len(text) - 1):
        assert behind_lead(text, at) == at


@pytest.mark.parametrize(
    "text", ["A, " * 20_000, "KABUL " * 20_000, "Nov 12 " * 20_000, "- " * 30_000, "12:30 " * 20_000, "A\n" * 30_000]
)
def test_time_is_linear(text: str) -> None:
    began = time.process_time()
    leads(text)
    assert time.process_time() - began < 2
