"""What kind of claim it is, whether it is asserted, and whether it is history."""

from datetime import date, timedelta

import pytest

from services.enrich.language.claims.classify import is_background, polarity, topic, type_of
from services.enrich.language.claims.lexicon import CUES
from services.enrich.language.claims.spans import Range
from sitrep.contracts.enriched import Interval
from tests.support.parses import doc

TOPICS = [
    ("Twelve civilians were killed.", "casualties"),
    ("Hundreds of families fled Rutshuru.", "displacement"),
    ("People walked to the border.", "displacement"),
    ("The road was closed.", "closure"),
    ("The army cut the road.", "closure"),
    ("The two sides signed a truce.", "agreement"),
    ("Rebels captured six villages.", "control"),
    ("Rebels took the airport.", "control"),
    ("Rebels took Goma.", "control"),
    ("Russia fired 40 missiles.", "attack"),
    ("Troops withdrew from the border.", "movement"),
    ("The strike was near the market.", "attack"),
    ("Prices rose 40 per cent.", None),
    ("The man took the bread.", None),
]


@pytest.mark.parametrize(("text", "expected"), TOPICS)
def test_topic(text: str, expected: str | None) -> None:
    parsed = doc(text)
    root = next(iter(parsed.sents)).root
    assert topic(parsed, Range(0, len(parsed)), root) == expected


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Rebels captured six villages.", "say", "control"),
        ("Rebels captured six villages.", "deny", "denial"),
        ("Rebels captured six villages.", "condemn", "position"),
        ("Rebels must leave the city.", "say", "position"),
        ("Rebels will leave the city.", "say", "plan"),
        ("This is a shame.", "say", "position"),
        ("We hope so.", "say", "position"),
        ("The bridge was old.", "say", "other"),
        ("They are in Goma.", "say", "other"),
        ("The attack is unacceptable.", "say", "position"),
        ("Prices rose 40 per cent.", "say", "other"),
        ("Prices rose 40 per cent.", "warn", "position"),
        ("Prices rose 40 per cent.", None, "other"),
    ],
)
def test_type_of_an_attributed_claim(text: str, cue: str | None, expected: str) -> None:
    parsed = doc(text)
    root = next(iter(parsed.sents)).root
    assert type_of(parsed, Range(0, len(parsed)), root, CUES[cue] if cue else None) == expected


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Rebels captured six villages.", "say", "asserted"),
        ("Rebels captured six villages.", "deny", "denied"),
        ("Rebels have not entered the city.", None, "denied"),
        ("No civilians were killed.", None, "denied"),
        ("Nobody was killed.", None, "denied"),
        ("Rebels must not enter the city.", None, "asserted"),
        ("Rebels reportedly left, and the army came.", None, "uncertain"),
        ("Rebels may enter the city.", None, "uncertain"),
        ("It is unclear who fired.", None, "uncertain"),
    ],
)
def test_polarity(text: str, cue: str | None, expected: str) -> None:
    parsed = doc(text)
    root = next(iter(parsed.sents)).root
    assert polarity(Range(0, len(parsed)), root, CUES[cue] if cue else None) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, False), (21, False), (300, False), (301, True), (3000, True), (-10, False)])
def test_background_is_what_ended_more_than_three_hundred_days_before(days: int, expected: bool) -> None:
    ended = date(2024, 11, 30) - timedelta(days=days)
    assert is_background("2024-11-30T08:00:00+02:00", Interval(earliest=None, latest=ended)) is expected


def test_background_needs_both_days() -> None:
    long_ago = Interval(earliest=date(2001, 1, 1), latest=date(2001, 1, 2))
    assert not is_background(None, long_ago)
    assert not is_background("2024-11-30", None)
    assert not is_background("2024-11-30", Interval(earliest=date(2001, 1, 1), latest=None))
